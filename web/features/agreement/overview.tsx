import { Button, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ClauseLinks } from '../../app/clause-link.tsx';
import { useFormat } from '../../app/format.ts';
import { useMay } from '../../app/me.ts';
import { moneyText } from '../../app/moment.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { ObligationStatusTag } from '../../app/status-tag.tsx';
import type { Agreement, ObligationStatus } from '../../wire.ts';
import type { Life } from '../life/life.ts';
import { useEvents } from './agreement-queries.ts';
import type { Coming } from './outlook.ts';
import { HistoryEntry } from './history-entry.tsx';
import { ITEM_LABEL, type SectionItem, SECTIONS, openOf, sectionPath } from './sections.ts';
import { useWho } from './who.ts';

const DATES = 5;
const WAITS_EACH = 4;
const RECENT = 5;

/** How an agreement stands at a glance: the next dates, what waits for whom, money, work, and what happened last. */
export function Overview({
  agreement,
  life,
  outlook,
  items,
}: {
  agreement: Agreement;
  life: Life | undefined;
  outlook: readonly Coming[];
  /** What the reader may open. */
  items: readonly SectionItem[];
}): ReactNode {
  const mayRead = useMay('record.read');
  return (
    <div className="overview">
      <NextDates agreement={agreement} outlook={outlook} />
      <Waits agreement={agreement} outlook={outlook} />
      <Duties agreement={agreement} />
      <Money agreement={agreement} life={life} />
      <WorkInHand agreement={agreement} items={items} />
      {mayRead ? <Recent agreement={agreement} /> : null}
    </div>
  );
}

function NextDates({ agreement, outlook }: { agreement: Agreement; outlook: readonly Coming[] }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const who = useWho(agreement);
  const dated = outlook.filter(({ on }) => on !== null).slice(0, DATES);
  return (
    <section>
      <h2>{t('agreementPage.nextDates')}</h2>
      {dated.length === 0 ? <p className="muted none-yet">{t('agreementPage.noDates')}</p> : null}
      <ol className="coming">
        {dated.map(({ key, what, who: seats, on, late, clauses, item }) => (
          <li key={key}>
            <span className={late ? 'late coming-date' : 'coming-date'}>
              {on === null ? '' : format.date(on)}
              {late ? <span className="small"> {t('agreementPage.late')}</span> : null}
            </span>
            <span>
              <Link to={sectionPath(item)}>{what}</Link>
              {seats.length > 0 ? (
                <span className="muted"> {seats.map(who).join(t('common.listSeparator'))}</span>
              ) : null}{' '}
              <ClauseLinks clauses={clauses} />
            </span>
          </li>
        ))}
      </ol>
      <Link className="listed-link" to={sectionPath('gantt')}>
        {t('agreementPage.allDates')}
      </Link>
    </section>
  );
}

function Waits({ agreement, outlook }: { agreement: Agreement; outlook: readonly Coming[] }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const who = useWho(agreement);
  const seats = [...new Set(outlook.flatMap((one) => one.who))];
  return (
    <section>
      <h2>{t('agreementPage.waits')}</h2>
      {seats.length === 0 ? <p className="muted none-yet">{t('agreementPage.nobodyWaited')}</p> : null}
      <dl className="waits">
        {seats.map((seat) => {
          const own = outlook.filter((one) => one.who.includes(seat));
          const late = own.filter((one) => one.late).length;
          return (
            <div key={seat}>
              <dt>
                {who(seat)} <span className="muted">{t('agreementPage.count', { count: own.length })}</span>
                {late > 0 ? <span className="late small"> {t('agreementPage.lateCount', { count: late })}</span> : null}
              </dt>
              <dd>
                <ul className="plain-list">
                  {own.slice(0, WAITS_EACH).map(({ key, what, on, item }) => (
                    <li key={key}>
                      <Link to={sectionPath(item)}>{what}</Link>
                      {on === null ? null : <span className="muted small"> {format.date(on)}</span>}
                    </li>
                  ))}
                  {own.length > WAITS_EACH ? (
                    <li className="muted">{t('agreementPage.more', { count: own.length - WAITS_EACH })}</li>
                  ) : null}
                </ul>
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}

const STATUSES: readonly ObligationStatus[] = [
  'overdue',
  'rework',
  'in-review',
  'pending',
  'fulfilled-late',
  'fulfilled',
  'waived',
  'cancelled',
];

function Duties({ agreement }: { agreement: Agreement }): ReactNode {
  const { t } = useTranslation();
  const counted = STATUSES.map((status) => ({
    status,
    count: agreement.obligations.filter((one) => one.status === status).length,
  })).filter(({ count }) => count > 0);
  return (
    <section>
      <h2>{t('obligations.title')}</h2>
      {counted.length === 0 ? <p className="muted none-yet">{t('obligations.none')}</p> : null}
      <ul className="tallies">
        {counted.map(({ status, count }) => (
          <li key={status}>
            <Link to={sectionPath('obligations', { status })}>
              <strong>{count}</strong> <ObligationStatusTag status={status} />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Money({ agreement, life }: { agreement: Agreement; life: Life | undefined }): ReactNode {
  const { t } = useTranslation();
  const who = useWho(agreement);
  const mayRead = useMay('ledger.read');
  if (!mayRead || life === undefined) return null;
  return (
    <section>
      <h2>{t('agreementGroup.money')}</h2>
      {life.balances.length === 0 ? <p className="muted none-yet">{t('agreementPage.noMoney')}</p> : null}
      {life.balances.map(({ debtor, creditor, currency, amount }) => (
        <div key={`${debtor} ${creditor} ${currency}`} className="balance">
          <span className="muted">{t('ledger.owes', { debtor: who(debtor), creditor: who(creditor) })}</span>
          <strong>{moneyText(amount, currency)}</strong>
        </div>
      ))}
      <Link className="listed-link" to={sectionPath('ledger')}>
        {t('agreementPage.toLedger')}
      </Link>
    </section>
  );
}

const WORK = SECTIONS.find(({ group }) => group === 'work')?.items ?? [];

function WorkInHand({ agreement, items }: { agreement: Agreement; items: readonly SectionItem[] }): ReactNode {
  const { t } = useTranslation();
  const known = WORK.filter((item) => items.includes(item) && item !== 'matters');
  if (known.length === 0) return null;
  return (
    <section>
      <h2>{t('agreementGroup.work')}</h2>
      <ul className="tallies">
        {known.map((item) => (
          <li key={item}>
            <Link to={sectionPath(item)}>
              <strong>{openOf(item, agreement)}</strong> {t(ITEM_LABEL[item])}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Recent({ agreement }: { agreement: Agreement }): ReactNode {
  const { t } = useTranslation();
  const events = useEvents(agreement.id, { limit: RECENT });
  const rows = events.data?.pages[0]?.items ?? [];
  return (
    <section className="overview-wide">
      <h2>{t('agreementPage.recent')}</h2>
      {events.isPending ? <Skeleton active /> : null}
      {events.error ? <ProblemAlert error={events.error} retry={() => void events.refetch()} /> : null}
      {events.data && rows.length === 0 ? <p className="muted none-yet">{t('timeline.none')}</p> : null}
      <ul className="recent">
        {rows.map((event) => (
          <li key={event.sequence}>
            <HistoryEntry agreement={agreement} event={event} />
          </li>
        ))}
      </ul>
      <Link to={sectionPath('history')}>
        <Button size="small" tabIndex={-1}>
          {t('agreementPage.allHistory')}
        </Button>
      </Link>
    </section>
  );
}
