import { App, Button, Input, Skeleton, Tag } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { agreementPath, download, queryString } from '../../api.ts';
import type { Agreement, LedgerItem } from '../../wire.ts';
import { ClauseLinks } from '../../app/clause-link.tsx';
import { useFormat } from '../../app/format.ts';
import { useMay } from '../../app/me.ts';
import { amountText, moneyText, todayIn } from '../../app/moment.ts';
import { useRoleName } from '../../app/names.ts';
import { useTitled } from '../../app/occurrence.ts';
import { ProblemAlert, useProblemText } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import { useRuleTitle } from '../life/life.ts';
import { useLedger } from './agreement-queries.ts';
import { ledgerAbout } from './ledger-about.ts';
import { sectionPath } from './sections.ts';

/** Money as of a date: balances, the lines that make them, and what has accrued and is not posted yet. */
export function Ledger({ agreement }: { agreement: Agreement }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const role = useRoleName();
  const [asOf, setAsOf] = useState(() => todayIn(agreement.zone));
  const ledger = useLedger(agreement.id, asOf);
  const titled = useTitled();
  const rule = useRuleTitle(agreement);
  const titleOf = (id: string, occurrence?: string): string => {
    const duty = agreement.duties.find((one) => one.id === id);
    return duty ? titled(duty.title, occurrence) : rule(id);
  };
  return (
    <div className="stack">
      <div className="toolbar">
        <label htmlFor="as-of">{t('ledger.asOf')}</label>
        <Input
          id="as-of"
          type="date"
          value={asOf}
          onChange={(event) => {
            if (event.target.value !== '') setAsOf(event.target.value);
          }}
          style={{ width: 160 }}
        />
        <span className="muted small grow">{t('ledger.endOfDay', { zone: format.zone(agreement.zone) })}</span>
        <LedgerExports agreementId={agreement.id} asOf={asOf} />
      </div>
      {ledger.isPending ? <Skeleton active /> : null}
      {ledger.error ? <ProblemAlert error={ledger.error} retry={() => void ledger.refetch()} /> : null}
      {ledger.data ? (
        <>
          {ledger.data.balances.length > 0 ? (
            <div className="balances">
              {ledger.data.balances.map(({ debtor, creditor, currency, amount }) => (
                <div className="balance" key={`${debtor} ${creditor} ${currency}`}>
                  <span className="muted">{t('ledger.owes', { debtor: role(debtor), creditor: role(creditor) })}</span>
                  <strong>{moneyText(amount, currency)}</strong>
                </div>
              ))}
            </div>
          ) : null}
          <Records
            label={t('ledger.title')}
            rows={ledger.data.items}
            rowKey={({ at, kind, obligation, occurrence, amount, posted }) =>
              [at, kind, obligation, occurrence, amount, posted].join(' ')
            }
            empty={t('ledger.none')}
            columns={[
              { key: 'at', title: t('common.when'), render: ({ at }) => format.instant(at, agreement.zone) },
              {
                key: 'kind',
                title: t('ledger.item'),
                heading: true,
                render: ({ kind, obligation, occurrence, posted }) => (
                  <>
                    {t(`ledgerKind.${kind}`)}
                    {obligation ? ` · ${titleOf(obligation, occurrence)}` : ''}{' '}
                    {posted ? null : <Tag color="gold">{t('ledger.notPosted')}</Tag>}
                  </>
                ),
              },
              {
                key: 'how',
                title: t('ledger.how'),
                render: (line) => <Why agreement={agreement} line={line} title={titleOf} />,
              },
              {
                key: 'who',
                title: t('ledger.between'),
                render: ({ debtor, creditor }) => (
                  <span className="nowrap">{t('ledger.owes', { debtor: role(debtor), creditor: role(creditor) })}</span>
                ),
              },
              {
                key: 'clauses',
                title: t('common.clauses'),
                render: ({ clauses }) => <ClauseLinks clauses={clauses} />,
              },
              {
                key: 'amount',
                title: t('ledger.amount'),
                align: 'right',
                render: ({ amount, currency }) => <span className="amount">{moneyText(amount, currency)}</span>,
              },
            ]}
          />
        </>
      ) : null}
    </div>
  );
}

/**
 * How a line came about: base, rate, days; opened, the very days, those that did not count, cap and rounding, the clauses,
 * and the record that it stands in.
 */
function Why({
  agreement,
  line: { days, base, rate, excludedDays, about, obligation, occurrence, sequence, counted, clauses, why = [] },
  title,
}: {
  agreement: Agreement;
  line: LedgerItem;
  title: (id: string, occurrence?: string) => string;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const mayRead = useMay('record.read');
  const formula =
    days !== undefined && base !== undefined && rate !== undefined
      ? t('ledger.formula', {
          base: amountText(base),
          rate: percent(rate),
          count: days,
          days: amountText(String(days)),
        })
      : '';
  const ofDuty = agreement.obligations.find((one) => one.id === obligation && one.occurrence === occurrence);
  return (
    <>
      {formula}
      {excludedDays ? <div className="muted small">{t('ledger.excluded', { count: excludedDays })}</div> : null}
      {about ? (
        <div className="muted small">{ledgerAbout(about, { t: (key, values) => t(key, values ?? {}), title })}</div>
      ) : null}
      <details className="why">
        <summary>{t('ledger.why')}</summary>
        <ol className="plain-list">
          {counted ? (
            <li>
              {t('ledger.days', {
                from: format.date(counted.from),
                until: format.date(counted.until),
                count: days ?? 0,
              })}
              {counted.excluded.length > 0 ? (
                <ul className="plain-list">
                  {counted.excluded.map((span) => (
                    <li key={span.from}>
                      {t('ledger.notCounted', { from: format.date(span.from), until: format.date(span.until) })}
                    </li>
                  ))}
                </ul>
              ) : null}
            </li>
          ) : null}
          {why.map((step) => (
            <li key={step.en}>{format.text(step)}</li>
          ))}
          {ofDuty && ofDuty.explanation.length > 0 ? (
            <li>
              {t('due.howComputed')}
              <ul className="plain-list">
                {ofDuty.explanation.map((step) => (
                  <li key={step.en}>{format.text(step)}</li>
                ))}
              </ul>
            </li>
          ) : null}
        </ol>
        <div className="toolbar">
          <ClauseLinks clauses={clauses} />
          {mayRead && obligation ? (
            <Link className="listed-link" to={sectionPath('history', { obligation })}>
              {sequence === null ? t('ledger.record') : t('ledger.recordOf', { number: sequence })}
            </Link>
          ) : null}
        </div>
      </details>
    </>
  );
}

const FORMATS = ['csv', 'xlsx', 'json'];

/** The whole ledger as a file. */
function LedgerExports({ agreementId, asOf }: { agreementId: string; asOf: string }): ReactNode {
  const { t } = useTranslation();
  const { notification } = App.useApp();
  const problemText = useProblemText();
  const fetchIt = async (format: string): Promise<void> => {
    try {
      await download(
        `${agreementPath(agreementId)}/ledger/export${queryString({ format, asOf })}`,
        `ledger-${asOf}.${format}`,
      );
    } catch (error) {
      const { title, detail } = problemText(error);
      notification.error({ title, description: detail });
    }
  };
  return (
    <div className="actions">
      {FORMATS.map((format) => (
        <Button key={format} size="small" onClick={() => void fetchIt(format)}>
          {t('ledger.export', { format: format.toUpperCase() })}
        </Button>
      ))}
    </div>
  );
}

/** `0.005` → `0.5%`, by moving the point. */
export function percent(fraction: string): string {
  const [whole = '0', decimals = ''] = fraction.split('.');
  const digits = decimals.padEnd(2, '0');
  const left = `${whole}${digits.slice(0, 2)}`.replace(/^0+(?=\d)/, '');
  const right = digits.slice(2).replace(/0+$/, '');
  return `${left}${right === '' ? '' : `.${right}`}%`;
}
