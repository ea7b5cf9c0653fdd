import { Select, Tag } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../../app/format.ts';
import { occurrenceText } from '../../app/occurrence.ts';
import { todayIn } from '../../app/moment.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import type { Agreement } from '../../wire.ts';
import { TierTag } from '../customers/tier-tag.tsx';
import { Section } from '../life/section.tsx';
import { useVisitCounters } from './visit.ts';

/** How often each customer was asked and visited in a year, against what the contract wants. */
export function VisitCountersPart({ agreement }: { agreement: Agreement }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const thisYear = Number(todayIn(agreement.zone).slice(0, 4));
  const [year, setYear] = useState(thisYear);
  const counters = useVisitCounters(agreement.id, year);
  if (counters.error) return <ProblemAlert error={counters.error} retry={() => void counters.refetch()} />;
  if (!counters.data || counters.data.rules.length === 0) return null;
  const { rules, items, quarters } = counters.data;
  const named = (quarter: string): string =>
    occurrenceText(quarter, (key, values) => t(key, values ?? {}), format.language);
  const counted = ({ done, needed, missing }: { done: number; needed: number; missing: number }): ReactNode => (
    <span className={missing > 0 ? 'late' : ''}>{t('visits.counted', { done, needed })}</span>
  );
  return (
    <Section
      title={t('visits.counters')}
      actions={
        <Select<number>
          aria-label={t('visits.year')}
          value={year}
          onChange={setYear}
          options={[thisYear, thisYear - 1, thisYear - 2].map((value) => ({
            value,
            label: t('visits.ofYear', { year: value }),
          }))}
        />
      }
    >
      {rules.map(({ tier, surveys, visits, clauses }) => (
        <p key={tier} className="muted none-yet">
          {t(visits > 0 ? 'visits.ruleWithVisits' : 'visits.ruleOf', {
            tier: t(`customerTier.${tier}`),
            surveys,
            visits,
          })}{' '}
          <span className="small">{clauses.join(', ')}</span>
        </p>
      ))}
      <p className="muted small">
        {quarters
          .map(({ quarter, endsOn, missing }) =>
            missing === null
              ? t('visits.quarterToCome', { quarter: named(quarter), on: format.date(endsOn) })
              : t(missing === 0 ? 'visits.quarterMet' : 'visits.quarterMissing', {
                  quarter: named(quarter),
                  count: missing,
                }),
          )
          .join(t('common.then'))}
      </p>
      <Records
        label={t('visits.counters')}
        rows={items}
        rowKey={({ customer }) => customer.customerId}
        empty={t('visits.nobodyCounted')}
        columns={[
          {
            key: 'customer',
            title: t('visits.customer'),
            heading: true,
            render: ({ customer: { customerId, name, tier } }) => (
              <>
                {name === null ? customerId.slice(0, 8) : <Link to={`/customers/${customerId}`}>{name}</Link>}{' '}
                <TierTag tier={tier} />
              </>
            ),
          },
          {
            key: 'questionnaires',
            title: t('visits.questionnaires'),
            align: 'right',
            render: ({ questionnaires }) => String(questionnaires),
          },
          { key: 'visits', title: t('visits.visitsDone'), align: 'right', render: ({ visits }) => counted(visits) },
          { key: 'surveys', title: t('visits.surveysDone'), align: 'right', render: ({ surveys }) => counted(surveys) },
          {
            key: 'met',
            title: t('visits.standing'),
            render: ({ met }) => <Tag color={met ? 'green' : 'gold'}>{t(met ? 'visits.met' : 'visits.notMet')}</Tag>,
          },
        ]}
      />
    </Section>
  );
}
