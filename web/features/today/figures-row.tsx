import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AgreementStatus, ObligationStatus } from '../../wire.ts';
import { useFigures } from './today.ts';

const AGREEMENTS: AgreementStatus[] = ['active', 'awaiting-signatures', 'suspended', 'draft'];
const OBLIGATIONS: ObligationStatus[] = ['overdue', 'in-review', 'rework', 'pending'];

/** How many there are, each a way to what it counts; of what there is none nothing is said, save of what is overdue. */
export function FiguresRow(): ReactNode {
  const { t } = useTranslation();
  const figures = useFigures().data;
  if (!figures) return null;
  return (
    <section className="figures" aria-label={t('today.figures')}>
      <Figures
        title={t('agreements.title')}
        rows={AGREEMENTS.map((status) => ({
          label: t(`agreementStatus.${status}`),
          count: countOf(figures.agreements, status),
          to: `/agreements?status=${status}`,
        })).filter(({ count }) => count > 0)}
      />
      <Figures
        title={t('obligations.title')}
        rows={OBLIGATIONS.map((status) => ({
          label: t(`obligationStatus.${status}`),
          count: countOf(figures.obligations, status),
          to: `/?kind=obligation,payment&${status === 'overdue' ? 'overdue=true' : 'horizon=30'}`,
          isGrave: status === 'overdue',
        })).filter(({ count, isGrave }) => isGrave || count > 0)}
      />
    </section>
  );
}

function countOf(rows: { status: string; count: number }[], status: string): number {
  return rows.find((row) => row.status === status)?.count ?? 0;
}

function Figures({
  title,
  rows,
}: {
  title: string;
  rows: { label: string; count: number; to: string; isGrave?: boolean }[];
}): ReactNode {
  if (rows.length === 0) return null;
  return (
    <div>
      <h2>{title}</h2>
      <dl>
        {rows.map(({ label, count, to, isGrave }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <Link
                to={to}
                aria-label={`${title} ${label} ${String(count)}`}
                className={isGrave && count > 0 ? 'late' : ''}
              >
                {count}
              </Link>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
