import type { ReactNode } from 'react';
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { ClauseLinks } from '../../app/clause-link.tsx';
import { useFormat } from '../../app/format.ts';
import { isNothing, moneyText, todayIn } from '../../app/moment.ts';
import { useRoleName } from '../../app/names.ts';
import { useTitled } from '../../app/occurrence.ts';
import { Records } from '../../app/records.tsx';
import { ObligationStatusTag } from '../../app/status-tag.tsx';
import type { Agreement, ObligationStatus } from '../../wire.ts';
import { percent } from '../agreement/ledger.tsx';
import { AccountLine } from './account.tsx';
import { Consents } from './consents.tsx';
import type { ActForm } from './act-dialog.tsx';
import type { OwedSum, Payment } from './life.ts';
import { occurrenceOptions } from './options.ts';
import { ActButton, Section, type SectionProps, clausesOf } from './section.tsx';

/** Nothing more comes of these by themselves. */
const SETTLED = ['fulfilled', 'fulfilled-late', 'waived', 'cancelled'];

/** The dialog in which a sum, or part of it, is entered as paid. */
function usePayForm(
  agreement: Agreement,
): (sum: Omit<OwedSum, 'of' | 'id'>, where: Pick<ActForm, 'path' | 'fixed'>) => ActForm {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ title, debtor, creditor, currency, amount }, where) => ({
    act: 'pay',
    title: t('life.payTitle', { what: format.text(title) }),
    explained: t('life.payExplained', { unpaid: moneyText(amount, currency) }),
    seats: [debtor, creditor],
    fields: [
      { name: 'amount', label: t('life.amountIn', { currency }), type: 'money', required: true, initial: amount },
      {
        name: 'paidOn',
        label: t('life.paidOnLabel'),
        type: 'date',
        help: t('life.paidOnHelp'),
        required: true,
        initial: todayIn(agreement.zone),
      },
      { name: 'reference', label: t('life.reference'), type: 'text' },
    ],
    ...where,
  });
}

/** Penalties, agreed claims and booked sums that are owed, each to be paid to the cent. */
export function Owed({ agreement, life, open }: SectionProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const role = useRoleName();
  const payForm = usePayForm(agreement);
  const owed = life.owed.filter(({ of }) => of !== 'payment');
  if (owed.length === 0) return null;
  const where = ({ of, id, debtor, creditor }: OwedSum): Pick<ActForm, 'path' | 'fixed'> => {
    const name = encodeURIComponent(id);
    if (of === 'claim') return { path: `/claims/${name}/payments` };
    if (of === 'booking') return { path: `/bookings/${name}/payments`, fixed: { debtor, creditor } };
    return { path: `/obligations/${name}/payments` };
  };
  return (
    <Section title={t('life.owed')}>
      {owed.map((sum) => (
        <article key={`${sum.of} ${sum.id} ${sum.debtor} ${sum.creditor}`} className="entry">
          <div className="heading">
            <span className="grow">
              {t(`life.owedOf.${sum.of}`, { what: format.text(sum.title) })} ·{' '}
              {t('ledger.owes', { debtor: role(sum.debtor), creditor: role(sum.creditor) })} ·{' '}
              <span className="amount">{moneyText(sum.amount, sum.currency)}</span>
            </span>
            {life.acts.includes('pay') ? (
              <ActButton agreement={agreement} open={open} label={t('life.do.pay')} form={payForm(sum, where(sum))} />
            ) : null}
          </div>
        </article>
      ))}
    </Section>
  );
}

/** Sums that fall due: what was paid, what is held back, what is left, and what lateness costs. */
export function Payments({ agreement, life, open }: SectionProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const role = useRoleName();
  const { payments, owed, acts } = life;
  const payForm = usePayForm(agreement);
  if (payments.length === 0) return null;
  const owedOf = ({ reference }: Payment): OwedSum | undefined =>
    owed.find(({ of, id }) => of === 'payment' && id === reference);
  const path = ({ reference }: Payment, what: string): string =>
    `/obligations/${encodeURIComponent(reference)}/${what}`;
  return (
    <Section title={t('life.payments')}>
      <Records
        label={t('life.payments')}
        rows={payments}
        rowKey={({ reference }) => reference}
        empty={t('common.none')}
        columns={[
          {
            key: 'title',
            title: t('obligations.obligation'),
            heading: true,
            render: ({ title, debtor, creditor, clauses }) => (
              <>
                {format.text(title)}
                <div className="muted small" style={{ fontWeight: 400 }}>
                  {t('ledger.owes', { debtor: role(debtor), creditor: role(creditor) })}{' '}
                  <ClauseLinks clauses={clauses} />
                </div>
              </>
            ),
          },
          {
            key: 'status',
            title: t('obligations.status'),
            render: ({ status, daysLate }) => (
              <>
                <ObligationStatusTag status={status as ObligationStatus} />
                {daysLate > 0 ? <span className="late">{t('obligations.days', { count: daysLate })}</span> : null}
              </>
            ),
          },
          {
            key: 'due',
            title: t('obligations.due'),
            render: ({ due }) => (due ? format.due(due.dueAt, due.localDate) : t('common.none')),
          },
          {
            key: 'amount',
            title: t('ledger.amount'),
            align: 'right',
            render: ({ amount, currency }) => <span className="amount">{moneyText(amount, currency)}</span>,
          },
          {
            key: 'unpaid',
            title: t('life.unpaid'),
            align: 'right',
            render: ({ unpaid, held, paid, currency }) => (
              <>
                <span className="amount">{moneyText(unpaid, currency)}</span>
                {isNothing(held) ? null : (
                  <div className="small">{t('life.held', { amount: moneyText(held, currency) })}</div>
                )}
                {paid.map((one) => (
                  <div key={`${one.on} ${one.amount}`} className="muted small">
                    {t('life.paidOn', { on: format.date(one.on), amount: moneyText(one.amount, currency) })}
                  </div>
                ))}
              </>
            ),
          },
          {
            key: 'fee',
            title: t('life.lateFee'),
            render: ({ lateFee, lateFeeOpen }) =>
              lateFee ? (
                t('life.aDay', { rate: percent(lateFee.rate) })
              ) : lateFeeOpen ? (
                <span className="muted">{t('life.noRate')}</span>
              ) : (
                t('common.none')
              ),
          },
          {
            key: 'act',
            title: t('obligations.act'),
            render: (payment) =>
              SETTLED.includes(payment.status) && owedOf(payment) === undefined ? (
                ''
              ) : (
                <div className="actions">
                  {acts.includes('pay') ? (
                    <ActButton
                      agreement={agreement}
                      open={open}
                      label={t('life.do.pay')}
                      primary
                      form={payForm(
                        { ...payment, amount: owedOf(payment)?.amount ?? payment.unpaid },
                        { path: path(payment, 'payments') },
                      )}
                    />
                  ) : null}
                  {payment.mayHoldBack && acts.includes('hold-back') ? (
                    <ActButton
                      agreement={agreement}
                      open={open}
                      label={t('life.do.holdBack')}
                      form={{
                        act: 'holdBack',
                        path: path(payment, 'hold-backs'),
                        title: t('life.holdTitle', { what: format.text(payment.title) }),
                        explained: t('life.holdExplained'),
                        seats: [payment.debtor],
                        fields: [
                          {
                            name: 'amount',
                            label: t('life.amountIn', { currency: payment.currency }),
                            type: 'money',
                            required: true,
                          },
                          { name: 'reason', label: t('life.reason'), type: 'area', required: true },
                        ],
                      }}
                    />
                  ) : null}
                </div>
              ),
          },
        ]}
      />
    </Section>
  );
}

/** Days and sums that a creditor let go, by credit note; those that wait for the second approver. */
export function Waivers({ agreement, life, open }: SectionProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const titled = useTitled();
  const { waivers, acts } = life;
  // Only what costs something can be let go.
  const late = agreement.obligations.filter(
    ({ id, daysLate, penalty }) =>
      daysLate > 0 &&
      (penalty !== null || life.payments.some(({ reference, lateFee }) => reference === id && lateFee !== null)),
  );
  if (waivers.length === 0 && (late.length === 0 || !acts.includes('waive'))) return null;
  const sideOf = (seat: string): string => agreement.seatParties[seat] ?? seat;
  const isOwedTo =
    (seat: string) =>
    ({ responsible }: Agreement['obligations'][number]): boolean =>
      sideOf(responsible) !== seat;
  const creditors = Object.keys(agreement.parties).filter((party) => late.some(isOwedTo(party)));
  const currencyOf = (reference: string): string =>
    agreement.obligations.find(({ id }) => reference === id || reference.startsWith(`${id}#`))?.penalty?.currency ??
    life.balances[0]?.currency ??
    '';
  return (
    <Section
      title={t('life.waivers')}
      actions={
        acts.includes('waive') && late.length > 0 ? (
          <ActButton
            agreement={agreement}
            open={open}
            label={t('life.do.waive')}
            form={{
              act: 'waive',
              path: ({ obligation }) => `/obligations/${encodeURIComponent(String(obligation))}/waivers`,
              title: t('life.do.waive'),
              explained: t('life.waiveExplained'),
              seats: creditors,
              fields: [
                {
                  name: 'obligation',
                  label: t('obligations.obligation'),
                  type: 'select',
                  required: true,
                  options: (_values, seat) =>
                    occurrenceOptions({ ...agreement, obligations: late.filter(isOwedTo(seat)) }, titled),
                },
                {
                  name: 'by',
                  label: t('life.waiveBy'),
                  type: 'select',
                  required: true,
                  initial: 'days',
                  options: ['days', 'amount'].map((value) => ({ value, label: t(`life.waiveKind.${value}`) })),
                },
                {
                  name: 'days',
                  label: t('life.daysToWaive'),
                  type: 'text',
                  required: true,
                  when: ({ by }) => by === 'days',
                },
                {
                  name: 'amount',
                  label: t('life.amountToWaive'),
                  type: 'money',
                  required: true,
                  when: ({ by }) => by === 'amount',
                },
                { name: 'reason', label: t('life.reason'), type: 'area', required: true },
              ],
              toFields: ({ by: _by, obligation: _obligation, days, ...rest }) => ({
                ...rest,
                ...(days === undefined ? {} : { days: Number(days) }),
              }),
            }}
          />
        ) : null
      }
    >
      {waivers.map((waiver) => (
        <article key={waiver.number} className="entry">
          <div className="heading">
            <span className="grow">
              {format.text(waiver.obligation.title)} ·{' '}
              {waiver.days > 0
                ? t('life.waivedDays', { count: waiver.days })
                : moneyText(waiver.amount, currencyOf(waiver.obligation.reference))}{' '}
              <Tag color={waiver.approved ? 'green' : 'gold'}>
                {waiver.approved ? t('life.inEffect') : t('life.awaitsCreditor')}
              </Tag>
            </span>
            {!waiver.approved && acts.includes('approve') ? (
              <ActButton
                agreement={agreement}
                open={open}
                label={t('life.approve.waiver')}
                primary
                form={{
                  act: 'approve',
                  path: '/approvals',
                  title: t('life.approve.waiver'),
                  explained: t('life.approveWaiverExplained'),
                  seats: waiver.waitsFor.map(({ seat }) => seat),
                  ownOnly: true,
                  fields: [],
                  fixed: { what: `waiver:${waiver.number}` },
                }}
              />
            ) : null}
          </div>
          <AccountLine agreement={agreement} account={waiver} />
          <Consents agreement={agreement} life={life} what={`waiver:${waiver.number}`} />
        </article>
      ))}
    </Section>
  );
}

/** Sums that the contract provides for, booked by hand with their document: deposits, rewards, shared costs. */
export function Bookings({ agreement, life, open }: SectionProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const role = useRoleName();
  const { provides, bookings, acts } = life;
  if (provides.bookings.length === 0 && bookings.length === 0) return null;
  const sides = Object.keys(agreement.parties).map((value) => ({ value, label: role(value) }));
  const payers = [...sides, { value: 'third', label: role('third') }];
  return (
    <Section title={t('life.bookings')} clauses={clausesOf(provides.bookings)}>
      {acts.includes('book') ? (
        <div className="actions">
          {provides.bookings.map(({ id, title, kind }) => (
            <ActButton
              key={id}
              agreement={agreement}
              open={open}
              label={format.text(title)}
              form={{
                act: 'book',
                path: '/bookings',
                title: t('life.book', { what: format.text(title) }),
                explained: t('life.bookExplained'),
                seats: ['coordinator'],
                fields: [
                  { name: 'amount', label: t('ledger.amount'), type: 'money', required: true },
                  // A shared cost is owed to whoever paid it, by those who bear it.
                  ...(kind === 'cost-share'
                    ? [
                        {
                          name: 'creditor',
                          label: t('life.paidBy'),
                          type: 'select' as const,
                          required: true,
                          options: payers,
                        },
                      ]
                    : [
                        {
                          name: 'debtor',
                          label: t('life.debtor'),
                          type: 'select' as const,
                          required: true,
                          options: sides,
                        },
                      ]),
                  { name: 'reason', label: t('life.reason'), type: 'area' },
                ],
                fixed: { booking: id, kind },
                files: 'must',
              }}
            />
          ))}
        </div>
      ) : null}
      {bookings.length === 0 ? <p className="muted none-yet">{t('life.noBookings')}</p> : null}
      {bookings.map((one) => (
        <article key={`${one.booking} ${one.at ?? ''} ${one.amount}`} className="entry">
          {t(`bookingKind.${one.kind}`)} ·{' '}
          {t('ledger.owes', { debtor: role(one.debtor), creditor: role(one.creditor) })} ·{' '}
          {moneyText(one.amount, one.currency)}
          <AccountLine agreement={agreement} account={one} />
        </article>
      ))}
    </Section>
  );
}
