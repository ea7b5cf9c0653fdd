import { Alert, Tag } from 'antd';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ClauseLinks } from '../../app/clause-link.tsx';
import { useFormat } from '../../app/format.ts';
import { amountText, moneyText } from '../../app/moment.ts';
import { useRoleName } from '../../app/names.ts';
import { useTitled } from '../../app/occurrence.ts';
import { Records } from '../../app/records.tsx';
import { AccountLine } from './account.tsx';
import { Consents } from './consents.tsx';
import type { ActForm, Choice } from './act-dialog.tsx';
import type { Life, Termination, TerminationRule } from './life.ts';
import { useNumbered } from './numbered.ts';
import { occurrenceOptions } from './options.ts';
import { ActButton, Section, type SectionProps, clausesOf } from './section.tsx';

/** Written notices of breach and of the end, with their gates; they take effect when they reach the other side. */
export function FormalNotices({ agreement, life, open }: SectionProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const titled = useTitled();
  const numbered = useNumbered();
  const { provides, breaches, terminations, acts } = life;
  if (provides.terminations.length === 0 && breaches.length === 0) return null;
  const parties = Object.keys(agreement.parties);
  const byHand: ActForm['fields'] = [
    { name: 'byHand', label: t('life.byHand'), type: 'check' },
    {
      name: 'servedOn',
      label: t('life.servedOn'),
      type: 'date',
      help: t('life.servedOnHelp'),
      required: true,
      when: ({ byHand: hand }) => hand === true,
    },
    { name: 'reason', label: t('life.facts'), type: 'area', required: true },
  ];
  const withoutHand = ({ byHand: _hand, ...rest }: Record<string, unknown>): Record<string, unknown> => rest;
  const breachRule = provides.terminations.find(({ ground }) => ground === 'breach' || ground === 'serious-breach');
  const mustNameDuty = breachRule?.ground === 'breach';
  const late = agreement.obligations.filter(
    ({ status, daysLate }) => status === 'overdue' || status === 'fulfilled-late' || daysLate > 0,
  );
  const grounds = provides.terminations.filter(({ ground }) => ground !== 'expiry');
  const missedBy = (seat: string) =>
    late.filter(({ responsible }) => (agreement.seatParties[responsible] ?? responsible) !== seat);
  return (
    <Section
      title={t('life.formalNotices')}
      clauses={clausesOf(provides.terminations)}
      actions={
        acts.includes('serve') ? (
          <>
            {breachRule ? (
              <ActButton
                agreement={agreement}
                open={open}
                label={t('life.serveBreach')}
                form={{
                  act: 'serve',
                  path: '/formal-notices',
                  title: t('life.serveBreach'),
                  explained: t('life.serveExplained'),
                  seats: parties,
                  fields: [
                    {
                      name: 'breach',
                      label: t('life.missedDuty'),
                      type: 'select',
                      required: mustNameDuty,
                      options: (_values, seat) =>
                        occurrenceOptions({ ...agreement, obligations: missedBy(seat) }, titled),
                      ...(mustNameDuty ? {} : { help: t('life.missedDutyHelp') }),
                    },
                    {
                      name: 'code',
                      label: t('life.code'),
                      type: 'select',
                      required: ({ breach }) => breach === '',
                      when: ({ breach }) => breachRule.codes.length > 0 && breach === '',
                      options: codesOf([breachRule], breachRule.ground),
                    },
                    ...byHand,
                  ],
                  fixed: { notice: 'breach' },
                  toFields: withoutHand,
                }}
              />
            ) : null}
            {grounds.length > 0 ? (
              <ActButton
                agreement={agreement}
                open={open}
                label={t('life.serveTermination')}
                form={{
                  act: 'serve',
                  path: '/formal-notices',
                  title: t('life.serveTermination'),
                  warning: t('life.serveTerminationWarning'),
                  seats: parties,
                  danger: true,
                  fields: [
                    {
                      name: 'ground',
                      label: t('life.ground'),
                      type: 'select',
                      required: true,
                      options: grounds.map(({ ground }) => ({
                        value: ground,
                        label: t(`terminationGround.${ground}`),
                      })),
                    },
                    {
                      name: 'breach',
                      label: t('life.breach'),
                      type: 'select',
                      when: ({ ground }) => ground === 'breach' || ground === 'serious-breach',
                      help: t('life.breachHelp'),
                      options: ({ ground }, seat) => [
                        ...breaches
                          .filter(({ by, status }) => by.seat === seat && status !== 'cured')
                          .map(({ id, obligation }) => ({
                            value: id,
                            label: [
                              t('life.breachNotified', { id: numbered(id) }),
                              obligation ? format.text(obligation.title) : '',
                            ]
                              .filter(Boolean)
                              .join(' · '),
                          })),
                        ...(ground === 'serious-breach'
                          ? occurrenceOptions({ ...agreement, obligations: missedBy(seat) }, titled)
                          : []),
                      ],
                    },
                    {
                      name: 'code',
                      label: t('life.code'),
                      type: 'select',
                      // A breach that was notified, or a duty that was missed, says enough (S001b-67).
                      required: ({ ground, breach }) => ground === 'agreed-list' || breach === '',
                      when: ({ ground }) => codesOf(grounds, ground).length > 0,
                      options: ({ ground }) => codesOf(grounds, ground),
                    },
                    { name: 'endsOn', label: t('life.endsOn'), type: 'date', help: t('life.endsOnHelp') },
                    ...byHand,
                  ],
                  fixed: { notice: 'termination' },
                  toFields: withoutHand,
                }}
              />
            ) : null}
          </>
        ) : null
      }
    >
      <ul className="plain-list">
        {provides.terminations.map((rule) => (
          <li key={rule.id}>
            <strong>{t(`terminationGround.${rule.ground}`)}</strong>{' '}
            <span className="muted small">
              {[
                ...rule.gates.map((gate) => t(`terminationGate.${gate}`)),
                ...lengths(rule).map(([key, count]) => t(`life.${key}`, { count })),
              ]
                .filter((part) => part !== '')
                .join(' · ')}{' '}
              <ClauseLinks clauses={rule.clauses} />
            </span>
          </li>
        ))}
      </ul>
      {breaches.map((breach) => (
        <article key={breach.id} className="entry">
          <div className="heading">
            <strong className="grow">
              {t('life.breachOf', {
                id: numbered(breach.id),
                by: format.text(breach.by.title),
                against: format.text(breach.against.title),
                what: breach.obligation ? format.text(breach.obligation.title) : t('event.wholeAgreement'),
              })}{' '}
              <Tag color={breach.status === 'failed' ? 'red' : breach.status === 'cured' ? 'green' : 'gold'}>
                {t(`life.breachStatus.${breach.status}`)}
              </Tag>
            </strong>
            {acts.includes('cure') && (breach.status === 'notified' || breach.status === 'negotiating') ? (
              <ActButton
                agreement={agreement}
                open={open}
                label={t('life.do.cure')}
                form={{
                  act: 'cure',
                  path: `/breaches/${encodeURIComponent(breach.id)}/cure`,
                  title: t('life.do.cure'),
                  explained: t('life.cureExplained'),
                  seats: [breach.against.seat, breach.by.seat],
                  fields: [{ name: 'note', label: t('life.note'), type: 'area' }],
                }}
              />
            ) : null}
            {acts.includes('cure') && breach.status === 'negotiating' && breach.due === null ? (
              <ActButton
                agreement={agreement}
                open={open}
                label={t('life.negotiationFailed')}
                form={{
                  act: 'cure',
                  path: `/breaches/${encodeURIComponent(breach.id)}/cure`,
                  title: t('life.negotiationFailed'),
                  warning: t('life.negotiationFailedWarning'),
                  seats: [breach.by.seat],
                  fields: [{ name: 'note', label: t('life.note'), type: 'area' }],
                  fixed: { failed: true },
                }}
              />
            ) : null}
          </div>
          <Served servedOn={breach.servedOn} due={breach.due} />
          <AccountLine agreement={agreement} account={breach} />
        </article>
      ))}
      {terminations.map((notice) => (
        <article key={notice.id} className="entry">
          <div className="heading">
            <strong className="grow">
              {t('life.terminationBy', {
                id: numbered(notice.id),
                by: format.text(notice.by.title),
                ground: t(`terminationGround.${notice.ground}`),
              })}
              {notice.code
                ? t('common.colon') +
                  (codesOf(provides.terminations, notice.ground).find(({ value }) => value === notice.code)?.label ??
                    notice.code)
                : ''}
            </strong>
            {acts.includes('approve') && notice.waitsFor.length > 0 ? (
              <ActButton
                agreement={agreement}
                open={open}
                label={t('life.approve.termination')}
                primary
                form={{
                  act: 'approve',
                  path: '/approvals',
                  title: t('life.approve.termination'),
                  warning: t('life.terminationWarning'),
                  seats: notice.waitsFor.map(({ seat }) => seat),
                  fields: [{ name: 'note', label: t('life.note'), type: 'area' }],
                  fixed: { what: `termination:${notice.id}` },
                }}
              />
            ) : null}
            {acts.includes('object') && notice.mayObject.length > 0 ? (
              <ActButton
                agreement={agreement}
                open={open}
                label={t('life.objectToEnd')}
                form={{
                  act: 'object',
                  path: '/objection',
                  title: t('life.objectToEnd'),
                  explained: t('life.objectToEndExplained'),
                  seats: notice.mayObject.map(({ seat }) => seat),
                  fields: [{ name: 'reason', label: t('life.reason'), type: 'area' }],
                  fixed: { notice: notice.id },
                  files: 'may',
                }}
              />
            ) : null}
            {acts.includes('approve') && isToBePosted(notice) ? (
              <ActButton
                agreement={agreement}
                open={open}
                label={t('life.approve.posting')}
                primary
                form={{
                  act: 'approve',
                  path: '/approvals',
                  title: t('life.approve.posting'),
                  warning: t('life.terminationWarning'),
                  seats: Object.keys(agreement.parties),
                  fields: [{ name: 'note', label: t('life.note'), type: 'area' }],
                  fixed: { what: `posting:${notice.id}` },
                }}
              />
            ) : null}
          </div>
          <Served servedOn={notice.servedOn} due={notice.due} ends />
          {notice.endsOn ? <div>{t('life.notBefore', { on: format.date(notice.endsOn) })}</div> : null}
          <AccountLine agreement={agreement} account={notice} />
          <Consents agreement={agreement} life={life} what={notice.id} />
          {notice.objections.map((objection) => (
            <div key={objection.by.seat}>
              <strong>{t('life.objectionBy', { by: format.text(objection.by.title) })}</strong>
              <AccountLine agreement={agreement} account={objection} />
            </div>
          ))}
        </article>
      ))}
    </Section>
  );
}

/** The agreed grounds in the words that were agreed, by their codes. */
function codesOf(rules: TerminationRule[], ground: unknown): Choice[] {
  return rules
    .filter((rule) => rule.ground === ground)
    .flatMap(({ grounds }) => grounds.map(({ code, words }) => ({ value: code, label: words })));
}

/** The periods that a rule has, by the word for them. */
function lengths({ noticeDays, negotiationDays, cureDays }: TerminationRule): [string, number][] {
  const all: [string, number | null][] = [
    ['negotiationDays', negotiationDays],
    ['cureDays', cureDays],
    ['noticeDays', noticeDays],
  ];
  return all.flatMap(([key, count]): [string, number][] => (count === null || count === 0 ? [] : [[key, count]]));
}

function Served({
  servedOn,
  due,
  ends = false,
}: {
  servedOn: string | null;
  due: { dueAt: string; localDate: string } | null;
  /** The agreement ends then. */
  ends?: boolean;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div>
      {servedOn ? t('life.served', { on: format.date(servedOn) }) : t('life.notServed')}
      {due
        ? t('common.then') + t(ends ? 'life.endsAt' : 'life.periodEnds', { by: format.due(due.dueAt, due.localDate) })
        : ''}
    </div>
  );
}

/** After the end: what was open is settled one by one; then the final statement. */
export function Settlement({ agreement, life, open }: SectionProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const role = useRoleName();
  const { items, statedAt, statement } = life.settlement;
  if (items.length === 0 && statedAt === null) return null;
  return (
    <Section title={t('life.settlement')}>
      <Records
        label={t('life.settlement')}
        rows={items}
        rowKey={({ item }) => item}
        empty={t('common.none')}
        columns={[
          { key: 'item', title: t('life.item'), heading: true, render: ({ title }) => format.text(title) },
          {
            key: 'outcome',
            title: t('agreements.status'),
            render: ({ outcome }) =>
              outcome ? (
                <Tag color={outcome === 'disputed' ? 'orange' : 'green'}>{t(`settlementOutcome.${outcome}`)}</Tag>
              ) : (
                <Tag color="gold">{t('life.unsettled')}</Tag>
              ),
          },
          {
            key: 'account',
            title: t('common.who'),
            render: (item) => (item.outcome === null ? '' : <AccountLine agreement={agreement} account={item} />),
          },
          {
            key: 'act',
            title: t('obligations.act'),
            render: ({ item, title, outcome }) =>
              (outcome === null || outcome === 'disputed') && life.acts.includes('settle') ? (
                <ActButton
                  agreement={agreement}
                  open={open}
                  label={t('life.do.settle')}
                  form={{
                    act: 'settle',
                    path: `/settlement/${encodeURIComponent(item)}`,
                    title: t('life.settleItem', { what: format.text(title) }),
                    seats: ['coordinator', ...Object.keys(agreement.parties)],
                    fields: [
                      {
                        name: 'outcome',
                        label: t('life.outcome'),
                        type: 'select',
                        required: true,
                        options: (_values, seat) =>
                          (seat === 'coordinator' ? ['settled'] : ['waived', 'disputed'])
                            .filter((value) => value !== outcome)
                            .map((value) => ({ value, label: t(`settlementOutcome.${value}`) })),
                      },
                      { name: 'reason', label: t('life.reason'), type: 'area' },
                    ],
                    explained: t('life.settleExplained'),
                    files: (seat) => (seat === 'coordinator' ? 'must' : 'may'),
                  }}
                />
              ) : (
                ''
              ),
          },
        ]}
      />
      {statedAt ? (
        <Alert
          type="success"
          showIcon
          title={t('life.statement', { at: format.instant(statedAt, agreement.zone) })}
          description={
            statement && statement.length > 0 ? (
              <ul className="plain-list">
                {statement.map(({ debtor, creditor, currency, amount }) => (
                  <li key={`${debtor} ${creditor} ${currency}`}>
                    {t('ledger.owes', { debtor: role(debtor), creditor: role(creditor) })} {moneyText(amount, currency)}
                  </li>
                ))}
              </ul>
            ) : (
              t('life.nothingOwed')
            )
          }
        />
      ) : null}
    </Section>
  );
}

/** What runs on after the end, and for how long; before the end, what the contract promises for that time. */
export function Afterwards({ agreement, life, open }: SectionProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { afterwards, provides } = life;
  if (afterwards.length === 0 && provides.afterwards.length === 0) return null;
  return (
    <Section title={t('life.afterwards')} clauses={clausesOf(provides.afterwards)}>
      <ul className="plain-list">
        {afterwards.length > 0
          ? afterwards.map(({ rule, title, kind, responsible, until, endless, endedAt }) => (
              <li key={rule}>
                <strong>{format.text(title)}</strong> {format.text(responsible.title)}{' '}
                {until
                  ? t('life.until', { by: format.due(until.dueAt, until.localDate) })
                  : t(endless ? 'life.withoutEnd' : 'life.withoutDays')}{' '}
                <Tag color={endedAt ? 'default' : 'blue'}>{t(endedAt ? 'life.over' : 'life.running')}</Tag>
                {endedAt === null && (kind === 'data' || kind === 'hand-over') && life.acts.includes('settle') ? (
                  <ActButton
                    agreement={agreement}
                    open={open}
                    label={t('life.confirmAfterwards')}
                    form={{
                      act: 'settle',
                      path: `/settlement/${encodeURIComponent(rule)}`,
                      title: t('life.confirmAfterwardsOf', { what: format.text(title) }),
                      explained: t('life.confirmExplained'),
                      seats: ['coordinator', ...Object.keys(agreement.parties)],
                      fields: [{ name: 'reason', label: t('life.note'), type: 'area' }],
                      fixed: { outcome: 'settled' },
                      files: 'must',
                    }}
                  />
                ) : null}
              </li>
            ))
          : provides.afterwards.map((rule) => (
              <li key={rule.id}>
                {format.text(rule.title)} · {format.text(rule.responsible.title)} · {lengthAfter(rule, t)}{' '}
                <ClauseLinks clauses={rule.clauses} />
              </li>
            ))}
      </ul>
    </Section>
  );
}

/** How long after the end: in days, in months, for ever, or not agreed. */
function lengthAfter({ days, months, endless }: Life['provides']['afterwards'][number], t: TFunction): string {
  if (days !== null) return t('life.daysAfter', { count: days });
  if (months !== null) return t('life.monthsAfter', { count: months });
  return t(endless ? 'life.withoutEnd' : 'life.withoutDays');
}

/** Live balances of what was capped, and our own warning, told apart. */
export function Caps({ life }: SectionProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  if (life.caps.length === 0) return null;
  return (
    <Section title={t('life.caps')} clauses={clausesOf(life.caps)}>
      <Records
        label={t('life.caps')}
        rows={life.caps}
        rowKey={({ cap }) => cap}
        empty={t('common.none')}
        columns={[
          {
            key: 'cap',
            title: t('life.cap'),
            heading: true,
            render: ({ title }) => format.text(title),
          },
          {
            key: 'amount',
            title: t('life.limit'),
            align: 'right',
            render: ({ amount, currency, ours }) =>
              amount === null ? (
                <span className="muted">{t('life.noCap')}</span>
              ) : ours ? (
                <span className="muted">{t('life.warnedAt', { amount: moneyText(amount, currency) })}</span>
              ) : (
                <span className="amount">{moneyText(amount, currency)}</span>
              ),
          },
          {
            key: 'used',
            title: t('life.used'),
            align: 'right',
            render: ({ used, currency, percent }) => (
              <span className="amount">
                {moneyText(used, currency)}
                {percent === null ? '' : ` (${amountText(String(percent))}%)`}
              </span>
            ),
          },
          {
            key: 'left',
            title: t('life.left'),
            align: 'right',
            render: ({ left, currency, ours }) =>
              left === null || ours ? '' : <span className="amount">{moneyText(left, currency)}</span>,
          },
        ]}
      />
    </Section>
  );
}

/** A repeal that was approved ends the policy with its posting (S004-30). */
function isToBePosted({ ground, waitsFor, due }: Termination): boolean {
  return ground === 'repeal' && waitsFor.length === 0 && due === null;
}
