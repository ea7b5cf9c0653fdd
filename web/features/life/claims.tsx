import { Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import { isNothing, moneyText, todayIn } from '../../app/moment.ts';
import { useTitled } from '../../app/occurrence.ts';
import { AccountLine } from './account.tsx';
import { Caps } from './ending.tsx';
import type { Claim } from './life.ts';
import { useNumbered } from './numbered.ts';
import { occurrenceOptions } from './options.ts';
import { ActButton, Section, type SectionProps, clausesOf } from './section.tsx';

const COLOUR: Record<Claim['status'], string> = {
  made: 'gold',
  overdue: 'red',
  agreed: 'green',
  disputed: 'orange',
  dropped: 'default',
};

/** Claims with items, cause and evidence, their answers, and the caps that bound them. */
export function Claims({ agreement, life, open }: SectionProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const titled = useTitled();
  const { provides, claims, acts } = life;
  if (provides.liabilities.length === 0 && claims.length === 0 && !acts.includes('claim')) return null;
  const parties = Object.keys(agreement.parties);
  return (
    <div className="stack">
      <Section
        title={t('life.claims')}
        clauses={clausesOf(provides.liabilities)}
        actions={
          acts.includes('claim') ? (
            <ActButton
              agreement={agreement}
              open={open}
              label={t('life.do.claim')}
              primary
              form={{
                act: 'claim',
                path: '/claims',
                title: t('life.do.claim'),
                explained: t('life.claimExplained'),
                seats: parties,
                fields: [
                  {
                    name: 'obligation',
                    label: t('life.missedDuty'),
                    type: 'select',
                    options: occurrenceOptions(agreement, titled),
                    help: t('life.claimDutyHelp'),
                  },
                  ...(provides.liabilities.length > 1
                    ? [
                        {
                          name: 'liability',
                          label: t('life.liability'),
                          type: 'select' as const,
                          options: provides.liabilities.map(({ id, title, clauses }) => ({
                            value: id,
                            label: `${format.text(title)} · ${clauses.join(', ')}`,
                          })),
                        },
                      ]
                    : []),
                  { name: 'amount', label: t('ledger.amount'), type: 'money', required: true },
                  {
                    name: 'lossOn',
                    label: t('life.lossOn'),
                    type: 'date',
                    required: true,
                    initial: todayIn(agreement.zone),
                  },
                  { name: 'cause', label: t('life.cause'), type: 'area', required: true },
                  { name: 'items', label: t('life.claimItems'), type: 'area', help: t('life.claimItemsHelp') },
                ],
                files: 'may',
                toFields: ({ items, ...rest }) => ({
                  ...rest,
                  ...(typeof items === 'string' && items !== ''
                    ? {
                        items: JSON.stringify(
                          items
                            .split('\n')
                            .filter((line) => line.trim() !== '')
                            .map(itemOf),
                        ),
                      }
                    : {}),
                }),
              }}
            />
          ) : null
        }
      >
        {claims.length === 0 ? <p className="muted none-yet">{t('life.noClaims')}</p> : null}
        {claims.toReversed().map((claim) => (
          <ClaimEntry key={claim.id} claim={claim} agreement={agreement} life={life} open={open} />
        ))}
      </Section>
      <Caps agreement={agreement} life={life} open={open} />
    </div>
  );
}

/** `说明 1200.00`: the sum is the line's last word, where it is one. */
function itemOf(line: string): { what: string; amount?: string } {
  const [, what, amount] = /^(.*\S)\s+(\d+(?:\.\d{1,2})?)$/.exec(line.trim()) ?? [];
  return what !== undefined && amount !== undefined ? { what, amount } : { what: line.trim() };
}

function ClaimEntry({ claim, agreement, life, open }: SectionProps & { claim: Claim }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const numbered = useNumbered();
  const { id, by, against, amount, currency, obligation, status, lossOn, answerDue, payable, cause, items, answers } =
    claim;
  const path = `/claims/${encodeURIComponent(id)}/answer`;
  const isOpen = status === 'made' || status === 'overdue' || status === 'disputed';
  const may = life.acts.includes('answer');
  return (
    <article className="entry">
      <div className="heading">
        <strong className="grow">
          {t('life.claimOf', {
            id: numbered(id),
            by: format.text(by.title),
            against: format.text(against.title),
            amount: moneyText(amount, currency),
          })}{' '}
          <Tag color={COLOUR[status]}>{t(`life.claimStatus.${status}`)}</Tag>
        </strong>
        <div className="actions">
          {may && isOpen ? (
            <ActButton
              agreement={agreement}
              open={open}
              label={t('life.do.answer')}
              primary
              form={{
                act: 'answer',
                path,
                title: t('life.answerClaim', { id: numbered(id) }),
                explained: t('life.answerExplained'),
                seats: [against.seat],
                fields: [
                  {
                    name: 'verdict',
                    label: t('life.verdict'),
                    type: 'select',
                    required: true,
                    options: ['agree', 'dispute'].map((value) => ({ value, label: t(`life.claimVerdict.${value}`) })),
                  },
                  {
                    name: 'amount',
                    label: t('life.agreedAmount'),
                    type: 'money',
                    initial: amount,
                    when: ({ verdict }) => verdict === 'agree',
                  },
                  {
                    name: 'setOff',
                    label: t('life.setOff'),
                    type: 'check',
                    when: ({ verdict }) => verdict === 'agree',
                  },
                  {
                    name: 'reason',
                    label: t('life.reason'),
                    type: 'area',
                    required: true,
                    when: ({ verdict }) => verdict === 'dispute',
                  },
                ],
              }}
            />
          ) : null}
          {may && isOpen ? (
            <ActButton
              agreement={agreement}
              open={open}
              label={t('life.dropClaim')}
              form={{
                act: 'answer',
                path,
                title: t('life.dropClaim'),
                seats: [by.seat],
                fields: [{ name: 'reason', label: t('life.reason'), type: 'area' }],
                fixed: { verdict: 'drop' },
              }}
            />
          ) : null}
          {may && status === 'agreed' ? (
            <ActButton
              agreement={agreement}
              open={open}
              label={t('life.recourse')}
              form={{
                act: 'answer',
                path,
                title: t('life.recourse'),
                explained: t('life.recourseExplained'),
                seats: [against.seat],
                fields: [{ name: 'amount', label: t('life.recovered'), type: 'money', required: true }],
                fixed: { verdict: 'recourse' },
                files: 'may',
              }}
            />
          ) : null}
        </div>
      </div>
      <dl className="facts wide">
        {obligation ? <Fact label={t('life.missedDuty')}>{format.text(obligation.title)}</Fact> : null}
        <Fact label={t('life.lossOn')}>{format.date(lossOn)}</Fact>
        {answerDue ? <Fact label={t('life.answerBy')}>{format.due(answerDue.dueAt, answerDue.localDate)}</Fact> : null}
        {payable === null ? null : <Fact label={t('life.payable')}>{moneyText(payable, currency)}</Fact>}
        {cause ? <Fact label={t('life.cause')}>{cause}</Fact> : null}
        {items.length > 0 ? (
          <Fact label={t('life.claimItems')}>
            {items
              .map((item) =>
                item.amount === undefined ? item.what : `${item.what} ${moneyText(item.amount, currency)}`,
              )
              .join(t('common.then'))}
          </Fact>
        ) : null}
      </dl>
      <AccountLine agreement={agreement} account={claim} />
      {answers.map((answer) => (
        <div key={`${answer.verdict} ${answer.at ?? ''}`}>
          {t(`life.claimVerdict.${answer.verdict}`)} · {format.text(answer.by.title)}
          {answer.amount === null ? '' : ` · ${moneyText(answer.amount, currency)}`}
          {answer.setOff === null || isNothing(answer.setOff)
            ? ''
            : ` · ${t('life.setOffOf', { amount: moneyText(answer.setOff, currency) })}`}
          <AccountLine agreement={agreement} account={answer} />
        </div>
      ))}
    </article>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }): ReactNode {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
