import { Tag } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../../app/format.ts';
import type { CaseStatus, CaseSummary } from './case.ts';
import { timeLeft } from './time-left.ts';

const COLOUR: Record<CaseStatus, string> = {
  starting: 'default',
  open: 'gold',
  responded: 'blue',
  'in-progress': 'blue',
  'plan-proposed': 'purple',
  'plan-confirmed': 'blue',
  executed: 'blue',
  negotiating: 'magenta',
  resolved: 'cyan',
  'awaiting-opinion': 'purple',
  closed: 'green',
};

export function CaseTags({
  status,
  paused,
  overdue,
  severity,
  cycle,
}: Pick<CaseSummary, 'status' | 'paused' | 'overdue' | 'severity' | 'cycle'>): ReactNode {
  const { t } = useTranslation();
  return (
    <span>
      <Tag color={COLOUR[status]}>{t(`caseStatus.${status}`)}</Tag>
      {paused ? <Tag color="default">{t('cases.paused')}</Tag> : null}
      {overdue ? <Tag color="red">{t('cases.overdue')}</Tag> : null}
      {severity === 'major' ? <Tag color="red">{t('caseSeverity.major')}</Tag> : null}
      {cycle > 1 ? <Tag>{t('cases.round', { count: cycle })}</Tag> : null}
    </span>
  );
}

/** Minute by minute. */
function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 15_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/**
 * When something is due, and how much of that is left, as it runs down.
 *
 * @param asOf the server's clock as of the answer: the reader's own may be wrong
 */
export function Countdown({ dueAt, zone, asOf }: { dueAt: string; zone: string; asOf?: string }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const [since] = useState(() => ({ asOf, at: Date.now() }));
  const now = useNow();
  const nowMs = since.asOf === undefined ? now : Date.parse(since.asOf) + (now - since.at);
  const { late, days, hours, minutes } = timeLeft(dueAt, nowMs);
  const left =
    days > 0
      ? t('cases.leftDays', { days, hours })
      : hours > 0
        ? t('cases.leftHours', { hours, minutes })
        : t('cases.leftMinutes', { minutes });
  return (
    <span>
      <time dateTime={dueAt} className="nowrap">
        {format.instant(dueAt, zone)}
      </time>{' '}
      <span className={late ? 'late small nowrap' : 'muted small nowrap'}>
        {t(late ? 'cases.lateBy' : 'cases.left', { left })}
      </span>
    </span>
  );
}

/** Who brought it: a customer of the directory, the party that is the customer, or whoever left a name. */
export function CustomerName({ customer: { customerId, name, party } }: Pick<CaseSummary, 'customer'>): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  if (customerId !== null) return <Link to={`/customers/${customerId}`}>{name ?? t('cases.customer')}</Link>;
  if (name !== null) return name;
  if (party) return format.text(party.title);
  return <span className="muted">{t('cases.unknownCustomer')}</span>;
}
