import { useMutation } from '@tanstack/react-query';
import { Button, Checkbox } from 'antd';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../../api.ts';
import { fileFingerprint, useIntent } from '../../app/intent.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';

/** Something about a cell: an error keeps its row out, a warning does not. */
export interface Remark {
  line: number;
  column: string | null;
  code: string;
  value: string;
  message: string;
  cure: string;
}

/** What the trial of a table, and bringing it in, answer whatever the table is of. */
export interface TableResult {
  dryRun: boolean;
  format: string;
  rows: number;
  changes: unknown[];
  errorCount: number;
  errors: Remark[];
  warningCount: number;
  warnings: Remark[];
}

/** Chooses a table, tries it, and brings it in when it is seen what it would do. */
export function TableImport<Result extends TableResult>({
  path,
  fields = {},
  brought,
  children,
}: {
  path: string;
  /** Sent along, where they are not empty; they are read when the table is brought in. */
  fields?: Record<string, string>;
  brought: () => void;
  children: (result: Result) => ReactNode;
}): ReactNode {
  const { t } = useTranslation();
  const intent = useIntent();
  const chooser = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const [skipErrors, setSkipErrors] = useState(false);
  const said = JSON.stringify(fields);
  const [tried, setTried] = useState(said);
  const bring = useMutation({
    mutationFn: ({ chosen, dryRun }: { chosen: File; dryRun: boolean }) =>
      intent([fileFingerprint(chosen), dryRun, skipErrors, fields], (key) => {
        const form = new FormData();
        form.append('dryRun', String(dryRun));
        form.append('skipErrors', String(skipErrors));
        for (const [name, value] of Object.entries(fields)) if (value.trim() !== '') form.append(name, value.trim());
        form.append('file', chosen, chosen.name);
        return request<Result>(path, { method: 'POST', key, form });
      }),
    onSuccess: ({ dryRun }) => {
      if (!dryRun) brought();
    },
  });
  const choose = (chosen: File | null): void => {
    setFile(chosen);
    setTried(said);
    bring.reset();
    if (chosen) bring.mutate({ chosen, dryRun: true });
  };
  const result = bring.data;
  const changes = result ? result.changes.length : 0;
  const mayBring = file !== null && result?.dryRun === true && changes > 0 && (result.errorCount === 0 || skipErrors);
  return (
    <>
      <div className="toolbar">
        <input
          ref={chooser}
          type="file"
          hidden
          accept=".csv,.txt,.xlsx"
          aria-label={t('directory.chooseFile')}
          onChange={(event) => {
            choose(event.target.files?.[0] ?? null);
            event.target.value = '';
          }}
        />
        <Button type={file ? 'default' : 'primary'} onClick={() => chooser.current?.click()} loading={bring.isPending}>
          {t('directory.chooseFile')}
        </Button>
        {file ? <span className="break">{file.name}</span> : null}
        {result && result.errorCount > 0 && result.dryRun ? (
          <Checkbox checked={skipErrors} onChange={(event) => setSkipErrors(event.target.checked)}>
            {t('directory.skipErrors')}
          </Checkbox>
        ) : null}
        {file && result?.dryRun && tried !== said ? (
          <Button loading={bring.isPending} onClick={() => choose(file)}>
            {t('directory.tryAgain')}
          </Button>
        ) : null}
        {file && result?.dryRun ? (
          <Button
            type="primary"
            disabled={!mayBring || tried !== said}
            loading={bring.isPending}
            onClick={() => bring.mutate({ chosen: file, dryRun: false })}
          >
            {t('directory.bringIn')}
          </Button>
        ) : null}
      </div>
      <ProblemAlert error={bring.error} />
      {result ? children(result) : null}
    </>
  );
}

/** Errors and warnings, each with its place in the table and its cure. */
export function Remarks({
  result,
  columnName,
}: {
  result: TableResult;
  columnName: (column: string) => string;
}): ReactNode {
  const { t } = useTranslation();
  return (['errors', 'warnings'] as const).map((kind) =>
    result[kind].length === 0 ? null : (
      <div key={kind}>
        <h2>{t(`importRemark.${kind}`)}</h2>
        <Records
          label={t(`importRemark.${kind}`)}
          rows={result[kind]}
          rowKey={({ line, column, code }) => `${String(line)} ${column ?? ''} ${code}`}
          empty=""
          columns={[
            { key: 'line', title: t('directory.line'), heading: true, width: 80, render: ({ line }) => line },
            {
              key: 'column',
              title: t('directory.column'),
              render: ({ column }) => (column ? columnName(column) : t('common.none')),
            },
            { key: 'value', title: t('directory.value'), render: ({ value }) => <code>{value}</code> },
            { key: 'message', title: t('directory.what'), render: ({ message }) => message },
            { key: 'cure', title: t('directory.cure'), render: ({ cure }) => cure },
          ]}
        />
      </div>
    ),
  );
}
