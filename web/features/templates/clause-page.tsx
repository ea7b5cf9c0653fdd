import { Button, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import { ApiProblem, queryString } from '../../api.ts';
import { clausePath } from '../../app/clause-link.tsx';
import { Facts } from '../../app/facts.tsx';
import { useFormat } from '../../app/format.ts';
import { useMay } from '../../app/me.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import { AgreementStatusTag } from '../../app/status-tag.tsx';
import { useAgreement } from '../agreement/agreement-queries.ts';
import { ClauseStatusTag } from './clause-status.tsx';
import { type ClauseDetail, templatePage, useClause, useClauseAgreements } from './template.ts';

/** One clause: what it says, what the product does about it, what rests on it, and where it is at work. */
export function ClausePage(): ReactNode {
  const { t } = useTranslation();
  const { id = '', clause: clauseId = '' } = useParams();
  usePageTitle(clauseId);
  const agreementId = useSearchParams()[0].get('agreement');
  const { data, error, isPending, refetch } = useClause(clauseId);
  const isUnknown = error instanceof ApiProblem && error.code === 'unknown-clause';
  return (
    <div className="page narrow">
      <nav className="toolbar" aria-label={t('templates.way')}>
        <Link to="/templates">{t('templates.title')}</Link>
        <Link to={ledgerOf(data, id)}>{t('templates.toLedger')}</Link>
        {agreementId === null ? null : <FromAgreement id={agreementId} />}
      </nav>
      {error ? (
        <ProblemAlert error={error} {...(isUnknown ? {} : { retry: () => void refetch() })} />
      ) : isPending ? (
        <Skeleton active paragraph={{ rows: 8 }} />
      ) : null}
      {data ? <Shown key={data.id} clause={data} template={id} agreement={agreementId} /> : null}
    </div>
  );
}

/** The ledger of the template that one came from; of guidance, which is of no template, that of its source. */
function ledgerOf(clause: ClauseDetail | undefined, template: string): string {
  return clause === undefined || clause.templates.some(({ id }) => id === template)
    ? templatePage(template, 'clauses')
    : `/templates${queryString({ view: 'clauses', source: clause.source })}`;
}

/** The agreement that one came from. */
function FromAgreement({ id }: { id: string }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { data } = useAgreement(id);
  return (
    <Link to={`/agreements/${encodeURIComponent(id)}`}>
      {t('templates.backTo', { what: data ? format.text(data.title) : t('templates.theAgreement') })}
    </Link>
  );
}

function Shown({
  clause,
  template,
  agreement,
}: {
  clause: ClauseDetail;
  template: string;
  agreement: string | null;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { id, says, status, source, article, kind, text, behaviour, reason, before, after } = clause;
  const home = { template, ...(agreement === null ? {} : { agreement }) };
  return (
    <>
      <div className="heading">
        <h1>{t('templates.clauseOf', { id })}</h1>
        <ClauseStatusTag status={status} />
        <div className="actions">
          {before === null ? null : <Link to={clausePath(home, before)}>{t('templates.before', { id: before })}</Link>}
          {after === null ? null : <Link to={clausePath(home, after)}>{t('templates.after', { id: after })}</Link>}
        </div>
      </div>
      <section className="panel stack">
        <p className="clause-says">{format.text(says)}</p>
        <p className="muted small none-yet">{t('templates.ourWords')}</p>
        <Facts
          facts={[
            [t('templates.place'), `${source} · ${article}`],
            [t('templates.clauseKind'), t(`clauseKind.${kind}`)],
            [t('templates.howItStands'), t(`clauseText.${text}`)],
            ...(behaviour.length === 0
              ? []
              : [
                  [
                    t('templates.behaviour'),
                    behaviour.map((one) => t(`clauseBehaviour.${one}`)).join(t('common.listSeparator')),
                  ] as [string, string],
                ]),
          ]}
        />
      </section>
      <section className="panel">
        <h2>{t('templates.does')}</h2>
        <p>{t(`clauseMeaning.${status}`)}</p>
        {reason ? <p>{t('templates.because', { why: format.text(reason) })}</p> : null}
        <Bearers clause={clause} />
      </section>
      <Readings clause={clause} />
      <Examples clause={clause} />
      <Agreements clause={id} />
    </>
  );
}

const TAB = {
  obligation: 'obligations',
  penalty: 'rules',
  rule: 'rules',
  statement: 'rules',
  event: 'overview',
  term: 'terms',
  seat: 'overview',
} as const;

function Bearers({ clause: { bearers } }: { clause: ClauseDetail }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  if (bearers.length === 0) return <p className="muted none-yet">{t('templates.noBearers')}</p>;
  return bearers.map(({ id, title, items }) => (
    <div key={id} className="step">
      <h3>
        <Link to={templatePage(id)}>{format.text(title)}</Link>
      </h3>
      <ul className="plain-list">
        {items.map((one) => (
          <li key={one.id}>
            <span className="muted small">{t(`bearerKind.${one.kind}`)}</span>{' '}
            <Link className="listed-link" to={`${templatePage(id, TAB[one.kind])}#${encodeURIComponent(one.id)}`}>
              {format.text(one.title)}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  ));
}

/** How we read what can be read in more than one way. */
function Readings({ clause: { readings } }: { clause: ClauseDetail }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const said = readings
    .map(({ id, title, says }) => ({ id, title, lines: format.language === 'en' ? says.en : says.zh }))
    .filter(({ lines }) => lines.length > 0);
  if (said.length === 0) return null;
  return (
    <section className="panel">
      <h2>{t('templates.readings')}</h2>
      {said.map(({ id, title, lines }) => (
        <div key={id}>
          {said.length > 1 ? <h3>{format.text(title)}</h3> : null}
          <ul className="plain-list">
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

function Examples({ clause: { examples, status } }: { clause: ClauseDetail }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  if (examples.length === 0 && status !== 'automated') return null;
  return (
    <section className="panel">
      <h2>{t('templates.shownBy')}</h2>
      <p className="muted small">{t('templates.shownByExplained')}</p>
      {examples.length === 0 ? <p className="muted none-yet">{t('templates.noExample')}</p> : null}
      <ul className="plain-list">
        {examples.map(({ id, title }) => (
          <li key={id}>
            {format.text(title)}
            <div className="muted small">
              <code>{id}</code>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Where it is at work now. */
function Agreements({ clause }: { clause: string }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const mayRead = useMay('agreements.read');
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useClauseAgreements(clause);
  if (!mayRead) return null;
  return (
    <section className="panel stack">
      <h2>{t('templates.running')}</h2>
      {error ? <ProblemAlert error={error} retry={() => void refetch()} /> : null}
      {isPending ? <Skeleton active /> : null}
      {data ? (
        <Records
          label={t('templates.running')}
          rows={data.pages.flatMap(({ items }) => items)}
          rowKey={({ id }) => id}
          empty={t('templates.noneRunning')}
          columns={[
            {
              key: 'agreement',
              title: t('templates.theAgreement'),
              heading: true,
              render: ({ id, title, parties }) => (
                <>
                  <Link to={`/agreements/${encodeURIComponent(id)}`}>{format.text(title)}</Link>
                  <div className="muted small" style={{ fontWeight: 400 }}>
                    {parties.join(t('common.listSeparator'))}
                  </div>
                </>
              ),
            },
            {
              key: 'status',
              title: t('templates.status'),
              render: ({ status }) => <AgreementStatusTag status={status} />,
            },
            {
              key: 'open',
              title: t('templates.openDuties'),
              render: ({ obligations }) =>
                obligations.map(({ id, occurrence, title, status, localDate }) => (
                  <div key={`${id}#${occurrence ?? ''}`} className={status === 'overdue' ? 'late' : ''}>
                    {format.text(title)} · {t(`obligationStatus.${status}`)}
                    {localDate ? ` · ${format.date(localDate)}` : ''}
                  </div>
                )),
            },
          ]}
        />
      ) : null}
      {hasNextPage ? (
        <div className="actions">
          <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('common.more')}
          </Button>
        </div>
      ) : null}
    </section>
  );
}
