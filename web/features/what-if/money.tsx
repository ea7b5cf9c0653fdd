import { Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import { isNothing, moneyText } from '../../app/moment.ts';
import { useRoleName } from '../../app/names.ts';
import { useTitled } from '../../app/occurrence.ts';
import { Records } from '../../app/records.tsx';
import { StepsPopover } from '../../app/steps-popover.tsx';
import type { MoneyBeside, MoneyLine, WhatIf } from './what-if.ts';

/** What each side owes as it stands and as assumed, in all and line by line, and why. */
export function Money({ answer }: { answer: WhatIf }): ReactNode {
  const { t } = useTranslation();
  const role = useRoleName();
  const titled = useTitled();
  const { balances, money } = answer;
  return (
    <section className="stack">
      <div className="heading">
        <h2 className="section-title">{t('whatIf.money')}</h2>
      </div>
      {balances.length > 0 ? (
        <div className="balances">
          {balances.map(({ debtor, creditor, currency, before, after, difference }) => (
            <div className="balance" key={`${debtor} ${creditor} ${currency}`}>
              <span className="muted">{t('whatIf.balance', { debtor: role(debtor), creditor: role(creditor) })}</span>
              <div>
                {t('whatIf.today')} {moneyText(before, currency)}
              </div>
              <strong>
                {t('whatIf.assumed')} {moneyText(after, currency)}
              </strong>
              <Difference amount={difference} currency={currency} />
            </div>
          ))}
        </div>
      ) : null}
      <Records<MoneyBeside>
        label={t('whatIf.money')}
        rows={money}
        rowKey={({ key }) => key}
        empty={t('whatIf.moneyNone')}
        columns={[
          {
            key: 'what',
            title: t('whatIf.duty'),
            heading: true,
            render: ({ kind, title, occurrence, debtor, creditor }) => (
              <>
                {t(`ledgerKind.${kind}`)}
                {title ? ` · ${titled(title, occurrence)}` : ''}
                <div className="muted small">
                  {t('whatIf.balance', { debtor: role(debtor), creditor: role(creditor) })}
                </div>
              </>
            ),
          },
          {
            key: 'before',
            title: t('whatIf.today'),
            align: 'right',
            render: ({ before, currency, lines }) => <Sum amount={before} currency={currency} lines={lines.before} />,
          },
          {
            key: 'after',
            title: t('whatIf.assumed'),
            align: 'right',
            render: ({ after, currency, lines }) => <Sum amount={after} currency={currency} lines={lines.after} />,
          },
          {
            key: 'difference',
            title: t('whatIf.difference'),
            align: 'right',
            render: ({ difference, currency }) => <Difference amount={difference} currency={currency} />,
          },
        ]}
      />
    </section>
  );
}

/** A sum with how each of its lines came about. */
function Sum({ amount, currency, lines }: { amount: string; currency: string; lines: MoneyLine[] }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  if (lines.length === 0) return <span className="muted">{t('common.none')}</span>;
  const steps = lines.flatMap((line) => {
    const day = format.date(line.at.slice(0, 10));
    const head = `${day} ${moneyText(line.amount, currency)}`;
    return [{ zh: head, en: head }, ...line.why];
  });
  return (
    <>
      <span className="amount">{moneyText(amount, currency)}</span>
      <div>
        {lines.some(({ posted }) => !posted) ? <Tag color="gold">{t('ledger.notPosted')}</Tag> : null}
        <StepsPopover steps={steps} title={t('ledger.how')} />
      </div>
    </>
  );
}

function Difference({ amount, currency }: { amount: string; currency: string }): ReactNode {
  const { t } = useTranslation();
  if (isNothing(amount)) return <span className="muted">{t('common.none')}</span>;
  const isMore = !amount.startsWith('-');
  return (
    <strong className={isMore ? 'what-if-more' : 'what-if-less'}>
      <span className="what-if-said">{t('whatIf.difference')} </span>
      {isMore ? '+' : ''}
      {moneyText(amount, currency).replace(`${currency} −`, `−${currency} `)}
    </strong>
  );
}
