import { useMutation, useQuery } from '@tanstack/react-query';
import { Alert, Button, Select, Spin } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { agreementPath, download, queryString, request } from '../../api.ts';
import type { AgreementSummary, Page, Replay } from '../../wire.ts';
import { useFormat } from '../../app/format.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import { useAgreement } from '../agreement/agreement-queries.ts';

/** The auditor's page: replays what really ran and says whether it is the same, to the value. */
export function AuditPage(): ReactNode {
  const { t } = useTranslation();
  const { id } = useParams();
  usePageTitle(t('audit.title'));
  return (
    <div className="page narrow">
      <h1>{t('audit.title')}</h1>
      <p className="muted" style={{ margin: 0 }}>
        {t('audit.explained')}
      </p>
      <AgreementChoice chosen={id} />
      {id ? <ReplayPanel key={id} id={id} /> : null}
    </div>
  );
}

function AgreementChoice({ chosen }: { chosen: string | undefined }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const [search, setSearch] = useState('');
  const agreements = useQuery({
    queryKey: ['agreements', 'choice', search],
    queryFn: ({ signal }) =>
      request<Page<AgreementSummary>>(`/agreements${queryString({ search, limit: 20 })}`, { signal }),
    placeholderData: (before) => before,
  });
  const label = ({ title, parties, status }: AgreementSummary): string =>
    `${format.text(title)} · ${Object.values(parties)
      .map(({ name }) => name)
      .join(' / ')} · ${t(`agreementStatus.${status}`)}`;
  const found = (agreements.data?.items ?? []).filter(({ status }) => status !== 'draft');
  const current = useAgreement(chosen).data;
  const isListed = !current || found.some(({ id }) => id === current.id);
  const options = (isListed ? found : [current, ...found]).map((agreement) => ({
    value: agreement.id,
    label: label(agreement),
  }));
  return (
    <section className="panel stack">
      <label htmlFor="audit-agreement">{t('audit.choose')}</label>
      <Select
        id="audit-agreement"
        showSearch={{ onSearch: setSearch, filterOption: false }}
        value={options.find(({ value }) => value === chosen)?.value ?? null}
        placeholder={t('audit.choosePlaceholder')}
        options={options}
        loading={agreements.isFetching}
        onChange={(value: string) => void navigate(`/audit/${value}`)}
        style={{ width: '100%' }}
        notFoundContent={t('audit.nothingToReplay')}
      />
      <ProblemAlert error={agreements.error} />
    </section>
  );
}

function ReplayPanel({ id }: { id: string }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const agreement = useAgreement(id);
  const replay = useMutation({ mutationFn: () => request<Replay>(`${agreementPath(id)}/replay`) });
  const evidence = useMutation({ mutationFn: () => download(`${agreementPath(id)}/evidence`, `evidence-${id}.zip`) });
  return (
    <section className="panel stack">
      {agreement.data ? (
        <div>
          <h2 style={{ marginBottom: 2 }}>
            <Link to={`/agreements/${id}`}>{format.text(agreement.data.title)}</Link>
          </h2>
          <div className="muted">
            {Object.values(agreement.data.parties)
              .map(({ name }) => name)
              .join(' / ')}
            {' · '}
            {t('audit.sequence', { count: agreement.data.sequence })}
          </div>
        </div>
      ) : null}
      <ProblemAlert error={agreement.error} retry={() => void agreement.refetch()} />
      <div className="actions">
        <Button type="primary" loading={replay.isPending} onClick={() => replay.mutate()}>
          {replay.data ? t('audit.again') : t('audit.run')}
        </Button>
        <Button loading={evidence.isPending} onClick={() => evidence.mutate()}>
          {t('audit.evidence')}
        </Button>
      </div>
      <p className="muted small" style={{ margin: 0 }}>
        {t('audit.evidenceExplained')}
      </p>
      <ProblemAlert error={evidence.error} retry={() => evidence.mutate()} />
      {replay.isPending ? <Spin description={t('audit.running')} /> : null}
      <ProblemAlert error={replay.error} retry={() => replay.mutate()} />
      {replay.data && !replay.isPending ? <Verdict replay={replay.data} /> : null}
    </section>
  );
}

const TONE = { identical: 'success', different: 'error', incomplete: 'warning' } as const;

function Verdict({ replay }: { replay: Replay }): ReactNode {
  const { t } = useTranslation();
  const { first } = replay;
  return (
    <div className="stack" aria-live="polite">
      <Alert
        type={TONE[replay.verdict]}
        showIcon
        title={<strong>{t(`verdict.${replay.verdict}`)}</strong>}
        description={
          <>
            <div>{t(`verdictMeaning.${replay.verdict}`)}</div>
            <div>{t('audit.compared', { count: replay.compared })}</div>
            {replay.reason ? <div className="break">{t('audit.reason', { reason: replay.reason })}</div> : null}
          </>
        }
      />
      {first ? (
        <div>
          <h2>{t('audit.first')}</h2>
          <dl className="facts">
            <div>
              <dt>{t('audit.event')}</dt>
              <dd>{first.event === undefined ? t('common.none') : String(first.event)}</dd>
            </div>
            <div>
              <dt>{t('audit.what')}</dt>
              <dd>{first.what ?? t('common.none')}</dd>
            </div>
            <div>
              <dt>{t('audit.runId')}</dt>
              <dd className="mono">{first.run ?? t('common.none')}</dd>
            </div>
          </dl>
          <div className="pair">
            <div>
              <h3>{t('audit.recorded')}</h3>
              <pre className="value">{shown(first.recorded)}</pre>
            </div>
            <div>
              <h3>{t('audit.now')}</h3>
              <pre className="value">{shown(first.now)}</pre>
            </div>
          </div>
        </div>
      ) : null}
      <div>
        <h2>{t('audit.runs')}</h2>
        <Records
          label={t('audit.runs')}
          rows={replay.runs}
          rowKey={({ runId }) => runId}
          empty={t('common.none')}
          columns={[
            {
              key: 'run',
              title: t('audit.runId'),
              render: ({ runId, workflowId }) => (
                <span className="mono" title={workflowId}>
                  {runId}
                </span>
              ),
            },
            { key: 'events', title: t('audit.events'), render: ({ events }) => events },
            {
              key: 'bundle',
              title: t('audit.bundle'),
              render: ({ bundle }) => <span className="mono">{bundle ?? t('common.none')}</span>,
            },
          ]}
        />
      </div>
    </div>
  );
}

function shown(value: unknown): string {
  if (value === undefined) return '—';
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}
