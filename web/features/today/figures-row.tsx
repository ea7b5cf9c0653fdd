import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AgreementStatus, ObligationStatus } from '../../wire.ts';
import { useFigures } from './today.ts';

const AGREEMENTS: AgreementStatus[] = ['active', 'awaiting-signatures', 'suspended', 'draft'];
const OBLIGATIONS: ObligationStatus[] = ['overdue', 'in-review', 'rework', 'pending'];

/** How many there are, each a way to what it counts. */
export function FiguresRow(): ReactNode {
  const { t } = useTranslation();
  const figures = useFigures().data;
  if (!figures) return null;
  const of = <S extends string>(rows: { status: S; count: number }[], status: S): number =>
    rows.find((row) => row.status === status)?.count ?? 0;
  return (
    <dl className="figures">
      {AGREEMENTS.map((status) => (
        <Figure
          key={status}
          to={`/agreements?status=${status}`}
          label={t('today.agreementsThat', { status: t(`agreementStatus.${status}`) })}
          count={of(figures.agreements, status)}
        />
      ))}
      {OBLIGATIONS.map((status) => (
        <Figure
          key={status}
          to={status === 'overdue' ? '/?kind=obligation,payment&overdue=true' : '/?kind=obligation,payment&horizon=30'}
          label={t('today.obligationsThat', { status: t(`obligationStatus.${status}`) })}
          count={of(figures.obligations, status)}
          isGrave={status === 'overdue'}
        />
      ))}
    </dl>
  );
}

function Figure({
  to,
  label,
  count,
  isGrave = false,
}: {
  to: string;
  label: string;
  count: number;
  isGrave?: boolean;
}): ReactNode {
  return (
    <div>
      <dt>{label}</dt>
      <dd className={isGrave && count > 0 ? 'late' : ''}>
        <Link to={to} aria-label={`${label} ${String(count)}`}>
          {count}
        </Link>
      </dd>
    </div>
  );
}
