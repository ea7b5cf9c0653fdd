import { Alert, Button, Skeleton, Tabs, Tag } from 'antd';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useNavigate, useParams } from 'react-router';
import { useAddressFilters } from '../../app/address-filters.ts';
import { ClauseLinks, ClausesOf } from '../../app/clause-link.tsx';
import { Facts } from '../../app/facts.tsx';
import { useFormat } from '../../app/format.ts';
import { useMay } from '../../app/me.ts';
import { SeatTitles } from '../../app/names.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import { TermValueText } from '../../app/term-value.tsx';
import type { TemplateTerm } from '../../wire.ts';
import { ClauseLedger } from './ledger.tsx';
import {
  type ObligationContents,
  type RuleContents,
  type TemplateContents,
  startWith,
  useTemplateContents,
} from './template.ts';
import './templates.css';

/** One kind of agreement: what it is, between whom, what is asked for, what is owed when, and the clauses it was made from. */
export function TemplatePage(): ReactNode {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const { data, error, isPending, refetch } = useTemplateContents(id);
  return (
    <div className="page">
      <Link to="/templates">{t('templates.title')}</Link>
      {error ? <ProblemAlert error={error} retry={() => void refetch()} /> : null}
      {isPending ? <Skeleton active paragraph={{ rows: 8 }} /> : null}
      {data ? (
        <ClausesOf value={{ template: data.id }}>
          <SeatTitles
            value={{ ...data.parties, ...Object.fromEntries(data.seats.map((seat) => [seat.id, seat.title])) }}
          >
            <Contents template={data} />
          </SeatTitles>
        </ClausesOf>
      ) : null}
    </div>
  );
}

const TABS = ['overview', 'obligations', 'rules', 'terms', 'clauses'] as const;
type Tab = (typeof TABS)[number];

function Contents({ template }: { template: TemplateContents }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const mayStart = useMay('agreements.manage');
  const { address, narrow, clear } = useAddressFilters();
  usePageTitle(format.text(template.title));
  const asked = address.get('tab');
  const tab = TABS.find((one) => one === asked) ?? 'overview';
  const show = (chosen: string): void => (chosen === 'overview' ? clear() : narrow('tab', chosen));
  useShownAnchor(tab);
  const parts: Record<Tab, () => ReactNode> = {
    overview: () => <Overview template={template} />,
    obligations: () => <Obligations template={template} />,
    rules: () => <Rules template={template} />,
    terms: () => <Terms template={template} />,
    clauses: () => <ClauseLedger template={template.id} />,
  };
  const counts: Partial<Record<Tab, number>> = {
    obligations: template.obligations.length,
    rules: template.rules.length + template.penalties.length,
    terms: template.terms.length,
  };
  return (
    <>
      <div className="heading">
        <h1>{format.text(template.title)}</h1>
        <Tag>{t(template.nature === 'policy' ? 'templates.policy' : 'templates.contract')}</Tag>
        {mayStart ? (
          <Button type="primary" onClick={() => void navigate(startWith(template.id))}>
            {t('templates.start')}
          </Button>
        ) : null}
      </div>
      <section className="panel">
        <Tabs
          activeKey={tab}
          onChange={show}
          items={TABS.map((key) => ({
            key,
            label:
              counts[key] === undefined ? t(`templateTab.${key}`) : `${t(`templateTab.${key}`)} ${String(counts[key])}`,
            children: tab === key ? parts[key]() : null,
          }))}
        />
      </section>
    </>
  );
}

/** What the address points at within a tab comes into sight. */
function useShownAnchor(tab: Tab): void {
  const { hash } = useLocation();
  useEffect(() => {
    if (hash === '') return;
    document.getElementById(decodeURIComponent(hash.slice(1)))?.scrollIntoView({ block: 'start' });
  }, [hash, tab]);
}

function Overview({ template }: { template: TemplateContents }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { summary, parties, signatories, seats, source, version, versions, attachments, notices, terms } = template;
  const hours = [notices.days, notices.from, notices.to].flatMap(
    (name) => terms.find((one) => one.name === name) ?? [],
  );
  const [days, from, to] = hours.map((term) => (
    <TermValueText key={term.name} term={term} value={term.value} obligation={(id) => id} />
  ));
  const isOurs = hours.some(({ origin }) => origin !== 'fixed');
  const open = terms.filter((term) => term.value === undefined);
  return (
    <div className="stack">
      <p className="none-yet">{format.text(summary)}</p>
      <Facts
        facts={[
          [
            t('templates.between'),
            Object.entries(parties)
              .map(([role, title]) =>
                signatories.includes(role) ? t('templates.signs', { who: format.text(title) }) : format.text(title),
              )
              .join(t('common.listSeparator')),
          ],
          [t('templates.source'), t('templates.sourceOf', { source, version })],
          ...(versions.length > 1
            ? [
                [t('templates.versions'), t('templates.versionsKept', { list: versions.join(', ') })] as [
                  string,
                  string,
                ],
              ]
            : []),
          [
            t('templates.noticeHours'),
            <>
              {days} {from}–{to}
              {isOurs ? <span className="muted small"> {t('templates.ours')}</span> : null}
            </>,
          ],
        ]}
      />
      <Alert
        type="info"
        showIcon
        title={t('templates.openTerms', { count: open.length })}
        description={t('templates.openTermsExplained')}
      />
      {seats.length > 0 ? (
        <section>
          <h2>{t('templates.seats')}</h2>
          <Records
            label={t('templates.seats')}
            rows={seats}
            rowKey={({ id }) => id}
            empty=""
            columns={[
              {
                key: 'seat',
                title: t('templates.seat'),
                heading: true,
                render: ({ id, title }) => <span id={`seat:${id}`}>{format.text(title)}</span>,
              },
              {
                key: 'party',
                title: t('templates.ofParty'),
                render: ({ party }) => {
                  const title = parties[party] ?? terms.find(({ name }) => name === party)?.label;
                  return title ? format.text(title) : party === 'third' ? t('role.third') : party;
                },
              },
              {
                key: 'clauses',
                title: t('common.clauses'),
                render: ({ clauses }) => <ClauseLinks clauses={clauses} />,
              },
            ]}
          />
        </section>
      ) : null}
      {attachments.length > 0 ? (
        <section>
          <h2>{t('templates.attachments')}</h2>
          <ol className="plain-list">
            {attachments.map(({ number, title, clauses, obligation }) => (
              <li key={number} value={number}>
                {obligation === null ? (
                  format.text(title)
                ) : (
                  <Link className="listed-link" to={`?tab=obligations#${encodeURIComponent(obligation)}`}>
                    {format.text(title)}
                  </Link>
                )}{' '}
                <ClauseLinks clauses={clauses} />
              </li>
            ))}
          </ol>
        </section>
      ) : null}
      {template.wording.length > 0 ? (
        <section>
          <h2>{t('templates.wording')}</h2>
          <ul className="plain-list">
            {template.wording.map(({ notice, obligation, text }, index) => (
              <li key={index}>
                <span className="muted">
                  {t(`noticeKind.${notice}`, { defaultValue: notice })}
                  {obligation ? ` · ${titleOf(template, obligation, format)}` : ''}
                </span>
                <div>{format.text(text)}</div>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  );
}

function titleOf(
  { obligations }: TemplateContents,
  id: string,
  format: Pick<ReturnType<typeof useFormat>, 'text'>,
): string {
  const found = obligations.find((one) => one.id === id);
  return found ? format.text(found.title) : id;
}

function Obligations({ template }: { template: TemplateContents }): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="stack contents">
      <p className="muted none-yet">{t('templates.obligationsExplained')}</p>
      {template.obligations.map((one) => (
        <ObligationPart key={one.id} template={template} one={one} />
      ))}
    </div>
  );
}

function ObligationPart({ template, one }: { template: TemplateContents; one: ObligationContents }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const penalty = template.penalties.find(({ id }) => id === one.penalty);
  const facts: [string, ReactNode][] = [
    [t('templates.who'), format.text(one.who)],
    ...(one.rhythm ? [[t('templates.rhythm'), format.text(one.rhythm)] as [string, ReactNode]] : []),
    [t('templates.due'), format.text(one.due)],
    ...(one.when ? [[t('templates.condition'), format.text(one.when)] as [string, ReactNode]] : []),
    ...(one.review ? [[t('templates.review'), format.text(one.review)] as [string, ReactNode]] : []),
    ...(one.checklist.length > 0
      ? [
          [
            t('templates.mustHold'),
            <ul key="parts" className="plain-list">
              {one.checklist.map(({ id, title, clauses, mayOmit }) => (
                <li key={id}>
                  {format.text(title)}
                  {mayOmit ? <span className="muted"> {t('templates.orReason')}</span> : null}{' '}
                  <ClauseLinks clauses={clauses} />
                </li>
              ))}
            </ul>,
          ] as [string, ReactNode],
        ]
      : []),
    ...(one.reminders ? [[t('templates.reminders'), format.text(one.reminders)] as [string, ReactNode]] : []),
    ...(one.escalation.length > 0
      ? [
          [
            t('templates.escalation'),
            one.escalation.map(({ rung, to }) => rungText(rung, format.text(to), t)).join(t('common.then')),
          ] as [string, ReactNode],
        ]
      : []),
    ...(penalty ? [[t('templates.late'), format.text(penalty.says)] as [string, ReactNode]] : []),
  ];
  return (
    <article className="step" id={one.id}>
      <h3>
        {format.text(one.title)} <Tag>{t(`kind.${one.kind}`)}</Tag>
        {one.open.length > 0 ? (
          <Tag color="gold" title={one.open.map(({ label }) => format.text(label)).join(t('common.listSeparator'))}>
            {t('templates.onlyIfAgreed')}
          </Tag>
        ) : null}
      </h3>
      {one.summary ? <p className="none-yet">{format.text(one.summary)}</p> : null}
      <Facts facts={facts} />
      <ClauseLinks clauses={one.clauses} />
    </article>
  );
}

function rungText(rung: string, who: string, t: ReturnType<typeof useTranslation>['t']): string {
  const days = Number(/^overdue-(\d+)$/.exec(rung)?.[1] ?? 0);
  return days === 0 ? t('templates.toldWhenDue', { who }) : t('templates.toldWhenLate', { who, count: days });
}

const MONEY = ['payment', 'booking', 'liability'];

/** Rules beside the dated duties: those about money first, then the others by their kind. */
function Rules({ template }: { template: TemplateContents }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { rules, penalties } = template;
  const money = rules.filter(({ kind }) => MONEY.includes(kind));
  const kinds = [...new Set(rules.filter(({ kind }) => !MONEY.includes(kind)).map(({ kind }) => kind))];
  return (
    <div className="stack contents">
      {penalties.length + money.length > 0 ? (
        <section>
          <h2>{t('templates.money')}</h2>
          {penalties.map(({ id, title, says, clauses }) => (
            <article key={id} className="step" id={id}>
              <h3>{format.text(title)}</h3>
              <p className="none-yet">{format.text(says)}</p>
              <ClauseLinks clauses={clauses} />
            </article>
          ))}
          {money.map((rule) => (
            <RulePart key={rule.id} template={template} rule={rule} withKind />
          ))}
        </section>
      ) : null}
      {kinds.map((kind) => (
        <section key={kind}>
          <h2>{t(`ruleKind.${kind}`)}</h2>
          {rules
            .filter((rule) => rule.kind === kind)
            .map((rule) => (
              <RulePart key={rule.id} template={template} rule={rule} />
            ))}
        </section>
      ))}
    </div>
  );
}

function RulePart({
  template,
  rule,
  withKind = false,
}: {
  template: TemplateContents;
  rule: RuleContents;
  withKind?: boolean;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { id, kind, title, clauses, terms, obligation } = rule;
  const named = terms.flatMap((name) => {
    const [whole = name] = name.split('.');
    return template.terms.find((term) => term.name === whole) ?? [];
  });
  const once = named.filter((term, index) => named.indexOf(term) === index);
  return (
    <article className="step" id={id}>
      <h3>
        {format.text(title)} {withKind ? <Tag>{t(`ruleKind.${kind}`)}</Tag> : null}
      </h3>
      {obligation ? (
        <p className="none-yet small">
          {t('templates.belongsTo')}{' '}
          <Link to={`?tab=obligations#${encodeURIComponent(obligation)}`}>{titleOf(template, obligation, format)}</Link>
        </p>
      ) : null}
      {once.length > 0 ? (
        <Facts
          facts={once.map((term): [string, ReactNode] => [
            format.text(term.label),
            <Value key={term.name} term={term} template={template} />,
          ])}
        />
      ) : null}
      <ClauseLinks clauses={clauses} />
    </article>
  );
}

/** What the text fixes, our default, or that it is to be agreed. */
function Value({ term, template }: { term: TemplateTerm; template: TemplateContents }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  if (term.value === undefined) {
    return (
      <span className="muted">
        {t('templates.toAgree')}
        {term.proposal === undefined ? null : (
          <>
            {' '}
            {t('templates.weSuggest')}{' '}
            <TermValueText term={term} value={term.proposal} obligation={(id) => titleOf(template, id, format)} />
          </>
        )}
      </span>
    );
  }
  return (
    <>
      <TermValueText term={term} value={term.value} obligation={(id) => titleOf(template, id, format)} />
      {term.origin === 'fixed' ? null : <span className="muted small"> {t('templates.ours')}</span>}
    </>
  );
}

function Terms({ template }: { template: TemplateContents }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Records
      label={t('templateTab.terms')}
      rows={template.terms}
      rowKey={({ name }) => name}
      empty={t('templates.noTerms')}
      columns={[
        {
          key: 'term',
          title: t('templates.term'),
          heading: true,
          render: ({ name, label, hint }) => (
            <div id={`term:${name}`}>
              {format.text(label)}
              {hint ? (
                <div className="muted small" style={{ fontWeight: 400 }}>
                  {format.text(hint)}
                </div>
              ) : null}
            </div>
          ),
        },
        {
          key: 'origin',
          title: t('templates.origin'),
          width: 120,
          render: ({ origin }) => (
            <Tag color={origin === 'fixed' ? 'green' : origin === 'blank' ? 'gold' : 'default'}>
              {t(`termOrigin.${origin}`)}
            </Tag>
          ),
        },
        { key: 'value', title: t('templates.default'), render: (term) => <Value term={term} template={template} /> },
        { key: 'clauses', title: t('common.clauses'), render: ({ clauses }) => <ClauseLinks clauses={clauses} /> },
      ]}
    />
  );
}
