import { Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import { isNothing, moneyText } from '../../app/moment.ts';
import { useRoleName } from '../../app/names.ts';
import { Records } from '../../app/records.tsx';
import { Section } from '../life/section.tsx';
import type { Loss } from './engagement.ts';
import { Facts, Files, type PartProps, useCap, useNames } from './part.tsx';

const isNone = (buttons: ReactNode): boolean => Array.isArray(buttons) && buttons.length === 0;

/** Sums by role key, in words: 甲方 500.01, 乙方 500.00. */
function useShares(): (shares: Record<string, string>, currency: string) => string {
  const { t } = useTranslation();
  const role = useRoleName();
  return (shares, currency) =>
    Object.entries(shares)
      .map(([party, amount]) => `${role(party)} ${moneyText(amount, currency)}`)
      .join(t('common.listSeparator'));
}

/** What it costs, who bears which share, what is still owed. */
export function CostsPart({ engagement, actions }: PartProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const shares = useShares();
  const { costs, rules } = engagement;
  const buttons = actions('costs');
  if (!costs || !rules.fee || (costs.charges.length === 0 && isNone(buttons))) return null;
  const { currency, charges, payments } = costs;
  const owed = costs.owed.filter(({ amount }) => !isNothing(amount));
  return (
    <Section title={t('engagements.costs')} clauses={rules.fee.clauses} actions={buttons}>
      {charges.length === 0 ? <p className="muted none-yet">{t('engagements.noCosts')}</p> : null}
      {charges.length > 0 ? (
        <Records
          label={t('engagements.costs')}
          rows={charges}
          rowKey={({ number }) => String(number)}
          empty={null}
          columns={[
            {
              key: 'amount',
              title: t('engagements.amount'),
              heading: true,
              render: ({ amount, note }) => [moneyText(amount, currency), note].filter(Boolean).join(' · '),
            },
            { key: 'on', title: t('engagements.on'), render: ({ on }) => format.date(on) },
            { key: 'shares', title: t('engagements.shares'), render: (one) => shares(one.shares, currency) },
            {
              key: 'documents',
              title: t('engagements.documents'),
              render: ({ documents }) => <Files engagement={engagement} documents={documents} />,
            },
          ]}
        />
      ) : null}
      <Facts
        facts={[
          ...owed.map(({ by, amount }): [string, string] => [
            t('engagements.owedBy', { who: format.text(by.title) }),
            moneyText(amount, currency),
          ]),
          ...payments.map(({ by, amount, on, reference }): [string, string] => [
            t('engagements.paidByOn', { who: format.text(by.title), on: format.date(on) }),
            [moneyText(amount, currency), reference].filter(Boolean).join(' · '),
          ]),
        ]}
      />
      <Files engagement={engagement} documents={payments.flatMap(({ documents }) => documents)} />
    </Section>
  );
}

/** The cap that holds, what is used of it, and what is proposed: the old one governs until the third party has consented. */
export function CapPart({ engagement, actions }: PartProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const names = useNames();
  const cap = useCap();
  const { caps, capUsed, capChanges, rules, agreement } = engagement;
  if (!rules.cap || caps.length === 0) return null;
  const { currency } = agreement;
  const now = caps.at(-1)?.amount ?? null;
  return (
    <Section title={t('engagements.cap')} clauses={rules.cap.clauses} actions={actions('cap')}>
      <Facts
        facts={[
          [t('engagements.capNow'), cap(now, currency)],
          [t('engagements.capUsed'), capUsed === null || isNothing(capUsed) ? '' : moneyText(capUsed, currency)],
          ...(caps.length > 1
            ? caps
                .slice(0, -1)
                .map(({ amount, from }): [string, string] => [
                  t('engagements.capFrom', { on: format.date(from) }),
                  cap(amount, currency),
                ])
            : []),
        ]}
      />
      {now === null ? <p className="muted none-yet">{t('engagements.byLawHelp')}</p> : null}
      {capChanges.map(({ number, amount, by, status, rationale, reason, notifiedOn, due }) => (
        <div key={number} className="stack" style={{ gap: 6 }}>
          <h3>
            {t('engagements.capChange', { who: format.text(by.title), amount: cap(amount, currency) })}{' '}
            <Tag
              color={
                status === 'consented' ? 'green' : ['declined', 'lapsed', 'rejected'].includes(status) ? 'red' : 'gold'
              }
            >
              {t(`capChangeStatus.${status}`)}
            </Tag>
          </h3>
          {reason ? <p className="said">{reason}</p> : null}
          <Facts
            facts={[
              ...rationale.map(({ title, words }): [string, string | null] => [format.text(title), words]),
              [t('engagements.notifiedOn'), notifiedOn ? format.date(notifiedOn) : ''],
              [t('engagements.consentDue'), due ? format.due(due.dueAt, due.localDate) : ''],
              [
                t('engagements.agreedBy'),
                names(engagement.capChanges.find((one) => one.number === number)?.agreedBy ?? []),
              ],
            ]}
          />
        </div>
      ))}
    </Section>
  );
}

const LOSS_COLOUR = { claimed: 'gold', agreed: 'green', disputed: 'red', dropped: 'default', own: 'default' };

/** Losses: in all, what can be recovered, what stays with the parties, each apart. */
export function LossesPart({ engagement, actions }: PartProps): ReactNode {
  const { t } = useTranslation();
  const { losses, rules, signedOn } = engagement;
  const buttons = actions('losses');
  if (engagement.withheld || (losses.length === 0 && (signedOn === null || isNone(buttons)))) return null;
  return (
    <Section title={t('engagements.losses')} clauses={rules.liability.clauses} actions={buttons}>
      {losses.length === 0 ? <p className="muted none-yet">{t('engagements.noLosses')}</p> : null}
      {losses.map((loss) => (
        <OneLoss key={loss.loss} loss={loss} engagement={engagement} />
      ))}
    </Section>
  );
}

function OneLoss({ loss, engagement }: { loss: Loss; engagement: PartProps['engagement'] }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const shares = useShares();
  const { agreement } = engagement;
  const { currency } = agreement;
  const sum = (amount: string | null): string => (amount === null ? '' : moneyText(amount, currency));
  return (
    <div className="stack" style={{ gap: 6 }}>
      <h3>
        {t(`lossCategory.${loss.category}`)} {moneyText(loss.amount, currency)}{' '}
        <Tag color={LOSS_COLOUR[loss.status]}>{t(`lossStatus.${loss.status}`)}</Tag>
      </h3>
      {loss.details ? <p className="said">{loss.details}</p> : null}
      <Facts
        facts={[
          [t('engagements.lossOn'), format.date(loss.lossOn)],
          [t('engagements.sufferedBy'), format.text(loss.of.title)],
          [t('engagements.cause'), format.text(loss.cause.title)],
          [t('engagements.capOfDay'), sum(loss.cap)],
          [
            t('engagements.recoverable'),
            loss.recoverable === null && loss.status !== 'own' ? t('engagements.byLaw') : sum(loss.recoverable),
          ],
          [t('engagements.ownLoss'), loss.ownLoss === null || isNothing(loss.ownLoss) ? '' : sum(loss.ownLoss)],
          [t('engagements.ownShares'), loss.ownShares ? shares(loss.ownShares, currency) : ''],
          [t('engagements.agreedAmount'), sum(loss.agreedAmount)],
          [t('engagements.recourse'), isNothing(loss.recourse) ? '' : sum(loss.recourse)],
          [t('engagements.answer'), loss.reason],
        ]}
      />
      <Files engagement={engagement} documents={loss.documents} />
    </div>
  );
}
