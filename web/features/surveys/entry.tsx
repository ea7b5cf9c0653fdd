import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Checkbox, Form, Input, Modal, Radio, Select, Upload } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem, request } from '../../api.ts';
import { fileFingerprint, useIntent } from '../../app/intent.ts';
import { useFormat } from '../../app/format.ts';
import { todayIn } from '../../app/moment.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import { CHANNELS } from './channels.ts';
import { type QuestionLine, linesOf, tableHeader } from './questionnaire.ts';
import type { Survey } from './survey.ts';
import { surveyKey, surveyPath } from './survey-queries.ts';

interface EntryProps {
  agreementId: string;
  survey: Survey;
  zone: string;
  close: () => void;
}

type Answer = string | number | boolean | (string | number | boolean)[] | Record<string, string | number | boolean>;

/** What somebody said by telephone, face to face or on paper, question by question. */
export function EntryDialog({ agreementId, survey, zone, close }: EntryProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const intent = useIntent();
  const lines = linesOf(survey.questionnaire?.json).filter(({ type }) => type !== 'file' && type !== 'ranking');
  const [customer, setCustomer] = useState('');
  const [channel, setChannel] = useState<string>('phone');
  const [receivedOn, setReceivedOn] = useState(() => todayIn(zone));
  const [answers, setAnswers] = useState<Record<string, Answer>>({});
  const body = {
    ...(customer.trim() === '' ? {} : { customer: customer.trim() }),
    channel,
    ...(receivedOn === '' ? {} : { receivedOn }),
    answers,
  };
  const enter = useMutation({
    mutationFn: () =>
      intent(['answer', survey.id, body], (key) =>
        request<{ late: boolean }>(`${surveyPath(agreementId, survey.id)}/answers`, { method: 'POST', key, body }),
      ),
    onSuccess: ({ late }) => {
      void queries.invalidateQueries({ queryKey: surveyKey(agreementId, survey.id) });
      void message.success(t(late ? 'surveys.enteredLate' : 'surveys.entered'));
      setCustomer('');
      setAnswers({});
    },
  });
  const set = (name: string, value: Answer | undefined): void => {
    const { [name]: _before, ...rest } = answers;
    setAnswers(value === undefined || value === '' ? rest : { ...rest, [name]: value });
  };
  return (
    <Modal
      open
      title={t('surveys.enterAnswers')}
      width="min(760px, 100%)"
      okText={t('surveys.enterThis')}
      cancelText={t('surveys.finish')}
      okButtonProps={{ disabled: Object.keys(answers).length === 0 }}
      confirmLoading={enter.isPending}
      onOk={() => enter.mutate()}
      onCancel={close}
      mask={{ closable: false }}
    >
      <Form layout="vertical" component="div">
        <div className="trio">
          <Form.Item label={t('surveys.customerKey')} htmlFor="entry-customer" help={t('surveys.customerHelp')}>
            <Input
              id="entry-customer"
              maxLength={100}
              value={customer}
              onChange={(event) => setCustomer(event.target.value)}
            />
          </Form.Item>
          <Form.Item label={t('surveys.channelLabel')} htmlFor="entry-channel">
            <Select<string>
              id="entry-channel"
              value={channel}
              onChange={setChannel}
              options={CHANNELS.map((value) => ({ value, label: t(`surveyChannel.${value}`) }))}
            />
          </Form.Item>
          <Form.Item label={t('surveys.receivedOn')} htmlFor="entry-day">
            <Input
              id="entry-day"
              type="date"
              value={receivedOn}
              onChange={(event) => setReceivedOn(event.target.value)}
            />
          </Form.Item>
        </div>
        {lines.map((line) => (
          <Form.Item key={line.name} label={format.text(line.title)} required={line.required}>
            <AnswerInput line={line} value={answers[line.name]} change={(value) => set(line.name, value)} />
          </Form.Item>
        ))}
      </Form>
      <ProblemAlert error={enter.error} />
    </Modal>
  );
}

function AnswerInput({
  line,
  value,
  change,
}: {
  line: QuestionLine;
  value: Answer | undefined;
  change: (value: Answer | undefined) => void;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const options = line.choices.map((choice) => ({ value: choice.value, label: format.text(choice.title) }));
  if (line.rows.length > 0) {
    const given = typeof value === 'object' && !Array.isArray(value) ? value : {};
    return (
      <div className="stack" style={{ gap: 4 }}>
        {line.rows.map((row) => (
          <div key={row.value} className="toolbar">
            <span className="pair-title">{format.text(row.title)}</span>
            <Radio.Group
              aria-label={format.text(row.title)}
              options={options}
              value={given[row.value] ?? null}
              onChange={(event) => change({ ...given, [row.value]: event.target.value as number })}
            />
          </div>
        ))}
      </div>
    );
  }
  if (line.type === 'checkbox')
    return (
      <Checkbox.Group
        aria-label={format.text(line.title)}
        value={Array.isArray(value) ? value : []}
        onChange={(values) => change(values.length === 0 ? undefined : values)}
        options={options}
      />
    );
  if (options.length > 0)
    return (
      <div className="toolbar">
        <Radio.Group
          aria-label={format.text(line.title)}
          options={options}
          value={value ?? null}
          onChange={(event) => change(event.target.value as number)}
        />
        {value === undefined ? null : (
          <Button type="link" size="small" className="inline-link" onClick={() => change(undefined)}>
            {t('surveys.clear')}
          </Button>
        )}
      </div>
    );
  return (
    <Input.TextArea
      autoSize={{ minRows: 2 }}
      aria-label={format.text(line.title)}
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => change(event.target.value)}
    />
  );
}

/** Answers from a table, tried first: all of them, or none. */
export function ImportDialog({ agreementId, survey, close }: Omit<EntryProps, 'zone'>): ReactNode {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const intent = useIntent();
  const [file, setFile] = useState<File | null>(null);
  const [source, setSource] = useState('');
  const [channel, setChannel] = useState<string>('paper');
  const bring = useMutation({
    mutationFn: (dryRun: boolean) =>
      intent(['import', survey.id, file && fileFingerprint(file), source, channel, dryRun], (key) => {
        const form = new FormData();
        form.append('source', source.trim());
        form.append('channel', channel);
        form.append('dryRun', String(dryRun));
        if (file) form.append('file', file, file.name);
        const path = `${surveyPath(agreementId, survey.id)}/answers/import`;
        return request<{ rows: number; late: number }>(path, { method: 'POST', key, form });
      }),
    onSuccess: ({ rows, late }, dryRun) => {
      if (dryRun) return;
      void queries.invalidateQueries({ queryKey: surveyKey(agreementId, survey.id) });
      void message.success(t('surveys.imported', { rows, late }));
      close();
    },
  });
  const format = useFormat();
  const header = tableHeader(survey.questionnaire?.json, {
    language: format.language,
    before: [t('surveys.tableCustomer'), t('surveys.tableChannel'), t('surveys.tableDay')],
  });
  const isReady = file !== null && source.trim() !== '';
  const tried = bring.isSuccess && bring.variables ? bring.data : undefined;
  return (
    <Modal
      open
      title={t('surveys.import')}
      okText={t('surveys.bringIn')}
      okButtonProps={{ disabled: !isReady || tried === undefined }}
      confirmLoading={bring.isPending}
      onOk={() => bring.mutate(false)}
      onCancel={close}
      mask={{ closable: false }}
    >
      <p className="muted">{t('surveys.importExplained')}</p>
      <p>
        <a
          download={`${t('surveys.tableName')}.csv`}
          href={`data:text/csv;charset=utf-8,${encodeURIComponent(header)}`}
        >
          {t('surveys.tableToFill')}
        </a>
      </p>
      <Form layout="vertical" component="div">
        <Form.Item label={t('surveys.source')} htmlFor="import-source" help={t('surveys.sourceHelp')} required>
          <Input
            id="import-source"
            maxLength={100}
            value={source}
            onChange={(event) => {
              setSource(event.target.value);
              bring.reset();
            }}
          />
        </Form.Item>
        <Form.Item label={t('surveys.channelOfRows')} htmlFor="import-channel">
          <Select<string>
            id="import-channel"
            value={channel}
            onChange={setChannel}
            options={CHANNELS.map((value) => ({ value, label: t(`surveyChannel.${value}`) }))}
          />
        </Form.Item>
        <div className="toolbar">
          <Upload
            accept=".csv,.xlsx"
            showUploadList={false}
            fileList={[]}
            beforeUpload={(chosen) => {
              setFile(chosen);
              bring.reset();
              return false;
            }}
          >
            <Button>{t('file.choose')}</Button>
          </Upload>
          <span className="break">{file?.name}</span>
          <Button disabled={!isReady} loading={bring.isPending} onClick={() => bring.mutate(true)}>
            {t('surveys.tryOut')}
          </Button>
        </div>
      </Form>
      {tried ? (
        <p role="status" style={{ marginTop: 12 }}>
          {t('surveys.wouldImport', { rows: tried.rows, late: tried.late })}
        </p>
      ) : null}
      <TableProblem error={bring.error} />
    </Modal>
  );
}

/** `line 3, service`: where in the table. */
function placeOf(path: string): { line: number; column: string } | null {
  const [, line, column] = /^line (\d+)(?:, (.*))?$/s.exec(path) ?? [];
  return line === undefined ? null : { line: Number(line), column: column ?? '' };
}

/** Why a table was refused: what is wrong with its cells by line and column, each with its cure. */
function TableProblem({ error }: { error: unknown }): ReactNode {
  const { t } = useTranslation();
  const errors = error instanceof ApiProblem ? (error.problem.errors ?? []) : [];
  const rows = errors.flatMap(({ path, message, cure }) => {
    const place = placeOf(path);
    return place ? [{ path, message, cure, ...place }] : [];
  });
  if (rows.length === 0) return <ProblemAlert error={error} />;
  const ours: Record<string, string> = { customer: t('surveys.tableCustomer'), channel: t('surveys.tableChannel') };
  return (
    <div className="stack" style={{ marginTop: 12 }}>
      <Alert type="error" showIcon role="alert" title={(error as ApiProblem).problem.title} />
      <Records
        label={t('surveys.wrongCells')}
        rows={rows}
        rowKey={({ path, message }) => `${path} ${message}`}
        empty=""
        columns={[
          { key: 'line', title: t('surveys.tableLine'), heading: true, width: 70, render: ({ line }) => line },
          { key: 'column', title: t('surveys.tableColumn'), render: ({ column }) => ours[column] ?? column },
          { key: 'message', title: t('surveys.tableFault'), render: ({ message }) => message },
          { key: 'cure', title: t('surveys.tableCure'), render: ({ cure }) => cure ?? '' },
        ]}
      />
    </div>
  );
}
