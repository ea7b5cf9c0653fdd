import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Progress, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { agreementPath, request } from '../../api.ts';
import { useFormat } from '../../app/format.ts';
import { useIntent } from '../../app/intent.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import type { Agreement } from '../../wire.ts';
import { agreementKey } from '../agreement/agreement-queries.ts';
import { type Audit, type AuditRun, type AuditRunResult, type Workflow, isUnderWay, useAuditRun } from './audit.ts';
import { Checks } from './checks.tsx';
import { pageOf, useProcessName } from './process-name.ts';
import { Verdict, VerdictTag } from './verdict.tsx';

/** Strict replay of all workflows or of one, the comparison with the database, and what was found the last time. */
export function Verification({ agreement, audit }: { agreement: Agreement; audit: Audit }): ReactNode {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const intent = useIntent();
  const start = useMutation({
    mutationFn: (workflowId: string | null) => {
      const body = workflowId === null ? {} : { workflowId };
      return intent(body, (key) =>
        request<AuditRunResult>(`${agreementPath(agreement.id)}/audit-runs`, { method: 'POST', key, body }),
      );
    },
    onSettled: () => queries.invalidateQueries({ queryKey: [...agreementKey(agreement.id), 'audit'] }),
  });
  const under = audit.runs.filter(isUnderWay);
  const whole = audit.runs.find(({ workflowId, status }) => workflowId === null && status === 'done');
  const last = audit.runs.find(({ workflowId }) => workflowId === null);
  return (
    <div className="stack">
      <section className="panel stack">
        <h2>{t('audit.verifyTitle')}</h2>
        <p className="muted">{t('audit.explained')}</p>
        <div className="actions">
          <Button
            type="primary"
            loading={start.isPending}
            disabled={under.some(({ workflowId }) => workflowId === null)}
            onClick={() => start.mutate(null)}
          >
            {whole ? t('audit.again') : t('audit.run')}
          </Button>
        </div>
        <ProblemAlert error={start.error} />
        {under.map((run) => (
          <UnderWay key={run.id} agreement={agreement} run={run} workflows={audit.workflows} />
        ))}
        {last && (last.status === 'failed' || last.status === 'interrupted') ? <CameToNothing run={last} /> : null}
        {whole ? (
          <Found agreement={agreement} audit={audit} run={whole} />
        ) : under.length === 0 ? (
          <div className="empty">{t('audit.neverRun')}</div>
        ) : null}
      </section>
      <Workflows agreement={agreement} audit={audit} replay={(id) => start.mutate(id)} isBusy={start.isPending} />
    </div>
  );
}

function UnderWay({
  agreement,
  run,
  workflows,
}: {
  agreement: Agreement;
  run: AuditRun;
  workflows: Workflow[];
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useProcessName(agreement);
  const one = workflows.find(({ workflowId }) => workflowId === run.workflowId);
  const step =
    run.status === 'waiting'
      ? t('audit.waiting')
      : run.step === 'comparing'
        ? t('audit.comparing')
        : t('audit.replaying', { done: run.done, total: run.total });
  const percent = run.total === 0 ? 0 : Math.round((run.done / (run.total + (run.workflowId === null ? 1 : 0))) * 100);
  return (
    <Alert
      type="info"
      role="status"
      title={one ? nameOf(one.type, one.reference) : t('audit.allWorkflows')}
      description={
        <>
          <div>{step}</div>
          <Progress percent={percent} status="active" aria-label={step} />
          <div className="muted small">
            {t('audit.mayLeave', { at: format.instant(run.askedAt, agreement.zone), by: run.by ?? t('common.none') })}
          </div>
        </>
      }
    />
  );
}

function CameToNothing({ run }: { run: AuditRun }): ReactNode {
  const { t } = useTranslation();
  const code = run.status === 'interrupted' ? 'interrupted' : (run.failure ?? 'failed');
  return <Alert type="warning" showIcon title={t('audit.cameToNothing')} description={t(`auditFailure.${code}`)} />;
}

/** The last verdict on the whole: when, for whom, with which code, and what differs. */
function Found({ agreement, audit, run }: { agreement: Agreement; audit: Audit; run: AuditRun }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useProcessName(agreement);
  const found = useAuditRun(agreement.id, run);
  const { data } = found;
  if (found.isPending) return <Skeleton active />;
  if (found.error) return <ProblemAlert error={found.error} retry={() => void found.refetch()} />;
  const workflows = data?.result?.workflows ?? [];
  const others = workflows.filter(({ verdict }) => verdict !== 'identical');
  return (
    <div className="stack" aria-live="polite">
      <Alert
        type={run.verdict === 'identical' ? 'success' : run.verdict === 'incomplete' ? 'warning' : 'error'}
        showIcon
        title={<strong>{t(`verdict.${run.verdict ?? 'incomplete'}`)}</strong>}
        description={
          <>
            <div>{t(`verdictMeaning.${run.verdict ?? 'incomplete'}`)}</div>
            <div>
              {t('audit.compared', { count: workflows.reduce((sum, { compared }) => sum + compared, 0) })}
              {t('audit.workflowsReplayed', { count: workflows.length })}
            </div>
            <div className="small">
              {t('audit.foundAt', {
                at: format.instant(run.endedAt ?? run.askedAt, agreement.zone),
                zone: format.zone(agreement.zone),
                by: run.by ?? t('common.none'),
              })}
              {run.code ? (
                <>
                  {' '}
                  {t('audit.withCode', { version: run.code.version, sdk: run.code.sdk })}{' '}
                  <span className="mono break">{run.code.bundle.slice(0, 16)}</span>
                </>
              ) : null}
            </div>
          </>
        }
      />
      {others.map((verdict) => {
        const one = audit.workflows.find(({ workflowId }) => workflowId === verdict.workflowId);
        return (
          <Verdict
            key={verdict.workflowId}
            title={one ? nameOf(one.type, one.reference) : verdict.workflowId}
            verdict={verdict}
          />
        );
      })}
      {data?.result?.checks ? <Checks checks={data.result.checks} /> : null}
    </div>
  );
}

/** The agreement's workflows with the ends of their chains; each can be replayed alone. */
function Workflows({
  agreement,
  audit,
  replay,
  isBusy,
}: {
  agreement: Agreement;
  audit: Audit;
  replay: (workflowId: string) => void;
  isBusy: boolean;
}): ReactNode {
  const { t } = useTranslation();
  const nameOf = useProcessName(agreement);
  const lastOf = (id: string): AuditRun | undefined => audit.runs.find(({ workflowId }) => workflowId === id);
  return (
    <section className="panel stack">
      <h2>{t('audit.workflows')}</h2>
      <p className="muted">{t('audit.workflowsExplained')}</p>
      <Records
        label={t('audit.workflows')}
        rows={audit.workflows}
        rowKey={({ workflowId }) => workflowId}
        empty={t('common.none')}
        columns={[
          {
            key: 'name',
            title: t('audit.workflow'),
            heading: true,
            render: ({ type, id, reference, workflowId }) => (
              <>
                <Link to={pageOf(agreement.id, type, id)}>{nameOf(type, reference)}</Link>
                <div className="mono small muted break">{workflowId}</div>
              </>
            ),
          },
          { key: 'events', title: t('audit.events'), render: ({ events }) => events },
          {
            key: 'runs',
            title: t('audit.runs'),
            render: ({ runs, archived }) => t('audit.runsArchived', { count: runs, archived }),
          },
          {
            key: 'head',
            title: t('audit.head'),
            render: ({ head }) => (
              <span className="mono break" title={head ?? ''}>
                {head?.slice(0, 16) ?? t('common.none')}
              </span>
            ),
          },
          {
            key: 'replay',
            title: t('audit.single'),
            render: ({ workflowId, type, reference }) => (
              <span className="toolbar">
                <SingleVerdict agreement={agreement} run={lastOf(workflowId)} title={nameOf(type, reference)} />
                <Button
                  size="small"
                  disabled={isBusy || Boolean(lastOf(workflowId) && isUnderWay(lastOf(workflowId)!))}
                  onClick={() => replay(workflowId)}
                  aria-label={t('audit.replayOf', { what: nameOf(type, reference) })}
                >
                  {t('audit.replayOne')}
                </Button>
              </span>
            ),
          },
        ]}
      />
    </section>
  );
}

function SingleVerdict({
  agreement,
  run,
  title,
}: {
  agreement: Agreement;
  run: AuditRun | undefined;
  title: string;
}): ReactNode {
  const { t } = useTranslation();
  const found = useAuditRun(agreement.id, run);
  const { data } = found;
  if (!run) return null;
  if (isUnderWay(run)) return <span className="muted">{t('audit.running')}</span>;
  if (run.status !== 'done') {
    return <span>{t(`auditFailure.${run.status === 'interrupted' ? 'interrupted' : (run.failure ?? 'failed')}`)}</span>;
  }
  const verdict = data?.result?.workflows[0];
  if (run.verdict === 'identical' || !verdict) return <VerdictTag verdict={run.verdict ?? 'incomplete'} />;
  return <Verdict title={title} verdict={verdict} />;
}
