import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Checkbox, Form, Input, Radio, Select, Skeleton } from 'antd';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { download, queryString, request } from '../../api.ts';
import type { Party, Text } from '../../wire.ts';
import { useAddressFilters } from '../../app/address-filters.ts';
import { useFormat } from '../../app/format.ts';
import { fileFingerprint, useIntent } from '../../app/intent.ts';
import { todayIn } from '../../app/moment.ts';
import { useTitled } from '../../app/occurrence.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import { useTemplates } from '../agreement/agreement-queries.ts';
import { Between } from './between.tsx';
import { jobPath } from './bulk.ts';
import './agreements.css';

interface Remark {
  column: string | null;
  code: string;
  value: string;
  message: string;
  cure: string;
}

interface ImportLine {
  line: number;
  reference: string;
  title: Text;
  parties: Record<string, Party>;
  firstDue: { title: Text; localDate: string; occurrence?: string }[];
  already: { agreementId: string; at: string } | null;
  errors: Remark[];
  warnings: Remark[];
}

interface AgreementImport {
  dryRun: boolean;
  job: string | null;
  rows: number;
  ready: number;
  already: number;
  errorCount: number;
  columnErrors: Remark[];
  columnWarnings: Remark[];
  lines: ImportLine[];
}

const ZONE = 'Asia/Shanghai';

/** Agreements from a table: its form is downloaded, filled in, tried, and brought in when all of its rows are right. */
export function AgreementImportPage(): ReactNode {
  const { t } = useTranslation();
  usePageTitle(t('bulk.import'));
  const format = useFormat();
  const templates = useTemplates();
  const { address, narrow } = useAddressFilters({ replace: true });
  const template = address.get('template') ?? '';
  const all = templates.data?.items ?? [];
  const newest = all.filter(({ id, version }) => !all.some((other) => other.id === id && other.version > version));
  // A link may name a version that another has followed.
  const chosen = newest.find(({ id }) => id === template.split('@')[0]);
  const taking = useMutation({
    mutationFn: () =>
      download(`/bulk/import-table${queryString({ template: chosen?.ref })}`, `${chosen?.id ?? 'agreements'}.xlsx`),
  });
  return (
    <div className="page">
      <Link to="/agreements">{t('agreements.title')}</Link>
      <h1>{t('bulk.import')}</h1>
      <p className="muted none-yet">{t('bulk.importExplained')}</p>
      <section className="panel stack">
        <h2 className="none-yet">{t('bulk.stepTable')}</h2>
        <ProblemAlert error={templates.error} retry={() => void templates.refetch()} />
        {templates.isPending ? <Skeleton active paragraph={{ rows: 1 }} /> : null}
        <Form layout="vertical" component="div">
          <Form.Item label={t('start.template')} htmlFor="import-template" style={{ marginBottom: 10 }}>
            <Select<string>
              id="import-template"
              value={chosen?.ref ?? null}
              placeholder={t('bulk.chooseTemplate')}
              onChange={(ref) => narrow('template', ref)}
              options={newest.map(({ ref, title }) => ({ value: ref, label: format.text(title) }))}
              style={{ width: '100%', maxWidth: 420 }}
            />
          </Form.Item>
        </Form>
        {chosen ? <p className="none-yet">{format.text(chosen.summary)}</p> : null}
        <div>
          <Button disabled={!chosen} loading={taking.isPending} onClick={() => taking.mutate()}>
            {t('bulk.takeTable')}
          </Button>
        </div>
        <ProblemAlert error={taking.error} />
      </section>
      {chosen ? <Bringing key={chosen.ref} template={chosen.ref} /> : null}
    </div>
  );
}

/** The table is tried; what is answered holds for the settings that it was tried with. */
function Bringing({ template }: { template: string }): ReactNode {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const intent = useIntent();
  const chooser = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const [start, setStart] = useState(false);
  const [again, setAgain] = useState(false);
  const [signedOn, setSignedOn] = useState(todayIn(ZONE));
  const bring = useMutation({
    mutationFn: ({ chosen, fields }: { chosen: File; fields: Record<string, string> }) =>
      intent([fileFingerprint(chosen), fields], (key) => {
        const form = new FormData();
        for (const [name, value] of Object.entries(fields)) form.append(name, value);
        form.append('file', chosen, chosen.name);
        return request<AgreementImport>('/bulk/import', { method: 'POST', key, form });
      }),
    onSuccess: ({ job }) => {
      if (job !== null) void navigate(jobPath(job));
    },
  });
  const settings = { template, zone: ZONE, signedOn, start: String(start), again: String(again) };
  const tryIt = (chosen: File, change: Record<string, string> = {}): void =>
    bring.mutate({ chosen, fields: { ...settings, ...change, dryRun: 'true' } });
  const retry = (change: Record<string, string>): void => {
    if (file) tryIt(file, change);
  };
  const result = bring.data;
  return (
    <section className="panel stack">
      <h2 className="none-yet">{t('bulk.stepTry')}</h2>
      <Form layout="vertical" component="div">
        <Form.Item label={t('bulk.then')} style={{ marginBottom: 10 }}>
          <Radio.Group
            aria-label={t('bulk.then')}
            value={start}
            onChange={(event) => {
              const value = event.target.value as boolean;
              setStart(value);
              retry({ start: String(value) });
            }}
          >
            <Radio value={false}>{t('bulk.importDrafts')}</Radio>
            <Radio value={true}>{t('bulk.importStarts')}</Radio>
          </Radio.Group>
          <div className="muted small">{t(start ? 'bulk.startsExplained' : 'bulk.draftsExplained')}</div>
        </Form.Item>
        <Form.Item
          label={t('bulk.signedOn')}
          htmlFor="import-signed"
          extra={t('plan.trialOnly')}
          style={{ marginBottom: 10 }}
        >
          <Input
            id="import-signed"
            type="date"
            value={signedOn}
            onChange={(event) => {
              if (event.target.value === '') return;
              setSignedOn(event.target.value);
              retry({ signedOn: event.target.value });
            }}
            style={{ width: 170 }}
          />
        </Form.Item>
      </Form>
      <div className="toolbar">
        <input
          ref={chooser}
          type="file"
          hidden
          accept=".xlsx,.csv,.txt"
          aria-label={t('directory.chooseFile')}
          onChange={(event) => {
            const chosen = event.target.files?.[0] ?? null;
            event.target.value = '';
            setFile(chosen);
            if (chosen) tryIt(chosen);
          }}
        />
        <Button type={file ? 'default' : 'primary'} loading={bring.isPending} onClick={() => chooser.current?.click()}>
          {file ? t('bulk.otherFile') : t('bulk.chooseFile')}
        </Button>
        {file ? <span className="break">{file.name}</span> : <span className="muted small">{t('bulk.limits')}</span>}
      </div>
      <ProblemAlert error={bring.error} />
      {result && file ? (
        <>
          <Verdict result={result} />
          {result.already > 0 ? (
            <Checkbox
              checked={again}
              onChange={(event) => {
                setAgain(event.target.checked);
                retry({ again: String(event.target.checked) });
              }}
            >
              {t('bulk.again', { count: result.already })}
            </Checkbox>
          ) : null}
          <div>
            <Button
              type="primary"
              disabled={result.errorCount > 0 || result.ready === 0 || !result.dryRun}
              loading={bring.isPending}
              onClick={() => bring.mutate({ chosen: file, fields: { ...settings, dryRun: 'false' } })}
            >
              {t(start ? 'bulk.bringAndStart' : 'bulk.bringIn', { count: result.ready })}
            </Button>
          </div>
          <Rows lines={result.lines} />
        </>
      ) : null}
    </section>
  );
}

function Verdict({ result }: { result: AgreementImport }): ReactNode {
  const { t } = useTranslation();
  const { columnErrors, columnWarnings } = result;
  return (
    <Alert
      role="status"
      type={result.errorCount > 0 ? 'error' : result.already > 0 ? 'warning' : 'success'}
      showIcon
      title={
        result.errorCount > 0
          ? t('bulk.wrong', { count: result.errorCount })
          : t('bulk.right', { count: result.ready, rows: result.rows })
      }
      {...(result.already + columnErrors.length + columnWarnings.length > 0
        ? {
            description: (
              <>
                {result.already > 0 ? <div>{t('bulk.already', { count: result.already })}</div> : null}
                <Remarks remarks={[...columnErrors, ...columnWarnings]} />
              </>
            ),
          }
        : {})}
    />
  );
}

function Remarks({ remarks }: { remarks: Remark[] }): ReactNode {
  const { t } = useTranslation();
  if (remarks.length === 0) return null;
  return (
    <ul className="plain-list">
      {remarks.map(({ column, code, value, message, cure }) => (
        <li key={`${column ?? ''} ${code} ${message}`}>
          {column ? <strong>{column}</strong> : null}
          {column ? t('common.colon') : ''}
          {value === '' || value === column ? '' : <code className="break">{value}</code>} {message}
          {t('common.then')}
          {cure}
        </li>
      ))}
    </ul>
  );
}

function Rows({ lines }: { lines: ImportLine[] }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const titled = useTitled();
  const wrong = lines.filter(({ errors }) => errors.length > 0);
  const [isWrongOnly, setIsWrongOnly] = useState(false);
  return (
    <>
      <div className="heading">
        <h2 className="grow none-yet">{t('bulk.rows')}</h2>
        {wrong.length > 0 && wrong.length < lines.length ? (
          <Button size="small" aria-pressed={isWrongOnly} onClick={() => setIsWrongOnly(!isWrongOnly)}>
            {isWrongOnly ? t('bulk.showAll', { count: lines.length }) : t('bulk.showWrong', { count: wrong.length })}
          </Button>
        ) : null}
      </div>
      <Records
        label={t('bulk.rows')}
        rows={isWrongOnly ? wrong : lines}
        rowKey={({ line }) => String(line)}
        empty={t('bulk.noLines')}
        columns={[
          {
            key: 'line',
            title: t('bulk.row'),
            heading: true,
            width: 120,
            render: ({ line, reference }) => (
              <>
                {t('bulk.rowNumber', { line })}
                {reference ? <div className="muted small break">{reference}</div> : null}
              </>
            ),
          },
          {
            key: 'parties',
            title: t('agreements.parties'),
            render: ({ parties }) => <Between parties={parties} />,
          },
          {
            key: 'due',
            title: t('bulk.firstDue'),
            render: ({ firstDue }) =>
              firstDue.length === 0 ? (
                <span className="muted">{t('common.none')}</span>
              ) : (
                firstDue.map(({ title, localDate, occurrence }) => (
                  <div key={`${localDate} ${title.en} ${occurrence ?? ''}`} className="small">
                    <span className="nowrap">{format.date(localDate)}</span> {titled(title, occurrence)}
                  </div>
                ))
              ),
          },
          {
            key: 'verdict',
            title: t('bulk.verdict'),
            render: ({ errors, warnings, already }) => (
              <>
                {already ? (
                  <div>
                    <Link to={`/agreements/${already.agreementId}`}>
                      {t('bulk.madeBefore', { when: format.here(already.at) })}
                    </Link>
                  </div>
                ) : null}
                {errors.length > 0 ? (
                  <>
                    <span className="late">{t('bulk.errorCount', { count: errors.length })}</span>
                    <Remarks remarks={errors} />
                  </>
                ) : (
                  <span>{t('bulk.rowRight')}</span>
                )}
                {warnings.length > 0 ? (
                  <details>
                    <summary className="small">{t('bulk.stillOpen', { count: warnings.length })}</summary>
                    <Remarks remarks={warnings} />
                  </details>
                ) : null}
              </>
            ),
          },
        ]}
      />
    </>
  );
}
