import { Alert, Button, Checkbox, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';
import { useAddressFilters } from '../../app/address-filters.ts';
import { useFormat } from '../../app/format.ts';
import type { Agreement } from '../../wire.ts';
import { ProcessHead, ProcessPage } from '../process/process-page.tsx';
import { Chart } from '../../app/chart.tsx';
import type { Comparison } from './comparison.ts';
import { useComparison } from './comparison-query.ts';
import { useCycleTitle } from './cycle-title.ts';
import { useScoreChart } from './score-chart.ts';
import { ChangesPart, CyclesTable, DimensionsTable, GoalsPart } from './tables.tsx';
import './compare.css';

/** Cycles of a survey side by side: what changed, and whether by more than chance. */
export function ComparePage(): ReactNode {
  const { id = '' } = useParams();
  const { t } = useTranslation();
  const { address } = useAddressFilters();
  const asked = {
    survey: address.get('survey') ?? '',
    cycles: address.get('cycles') ?? '',
    only: address.get('only') ?? '',
  };
  const comparison = useComparison(id, asked);
  return (
    <ProcessPage agreementId={id} tab="surveys" back={t('compare.back')} process={comparison}>
      {(agreement, data) => <Compared agreement={agreement} comparison={data} />}
    </ProcessPage>
  );
}

function Compared({ agreement, comparison }: { agreement: Agreement; comparison: Comparison }): ReactNode {
  const { t } = useTranslation();
  const { cycles, changes, isSameScale, only, lines } = comparison;
  const option = useScoreChart(comparison);
  return (
    <>
      <ProcessHead title={t('compare.title')} of={agreement} tags={null} />
      <section className="panel stack">
        <Wishes comparison={comparison} />
        {cycles.length === 0 ? (
          <div className="empty">{t('compare.none')}</div>
        ) : (
          <>
            {cycles.length === 1 ? <Alert type="info" showIcon title={t('compare.single')} /> : null}
            {isSameScale ? null : <Alert type="warning" showIcon title={t('compare.otherScale')} />}
            {changes.length > 0 && only === 'all' ? (
              <Alert type="warning" showIcon title={t('compare.otherQuestions')} />
            ) : null}
            <section>
              <h2>{t('compare.overall')}</h2>
              <CyclesTable comparison={comparison} />
            </section>
            <section>
              <h2>{t('compare.dimensions')}</h2>
              {isSameScale ? <Chart label={t('compare.chart')} option={option} height={320} /> : null}
              <p className="muted small">{t('compare.explained')}</p>
              <DimensionsTable comparison={comparison} />
            </section>
            {lines.length > 0 ? (
              <section>
                <h2>{t('compare.goals')}</h2>
                <GoalsPart comparison={comparison} />
              </section>
            ) : null}
            <section>
              <h2>{t('compare.questionnaires')}</h2>
              <ChangesPart comparison={comparison} />
            </section>
          </>
        )}
      </section>
    </>
  );
}

/** Which survey, which cycles, which questions: in the address, so that what one sees can be sent to somebody. */
function Wishes({ comparison }: { comparison: Comparison }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { narrow } = useAddressFilters({ replace: true });
  const [, setAddress] = useSearchParams();
  const title = useCycleTitle();
  const { surveys, survey, available, cycles, only, sameQuestions } = comparison;
  if (available.length === 0) return null;
  return (
    <div className="toolbar compare-wishes">
      {surveys.length > 1 ? (
        <Select<string>
          aria-label={t('compare.survey')}
          style={{ flex: '1 1 200px', maxWidth: 320 }}
          value={survey ?? ''}
          // Cycles of another survey are others.
          onChange={(value) => setAddress({ survey: value }, { replace: true })}
          options={surveys.map((one) => ({ value: one.survey, label: format.text(one.title) }))}
        />
      ) : null}
      <Select<string[]>
        mode="multiple"
        maxCount={12}
        aria-label={t('compare.cycles')}
        style={{ flex: '2 1 260px', minWidth: 0, maxWidth: 'min(620px, 100%)' }}
        value={cycles.map(({ id }) => id)}
        onChange={(ids) => narrow('cycles', ids.join(','))}
        options={available.map((one) => ({
          value: one.id,
          label: t('compare.cycleOf', { title: title(one), count: one.n }),
        }))}
      />
      <Checkbox checked={only === 'same'} onChange={(event) => narrow('only', event.target.checked ? 'same' : '')}>
        {t('compare.sameOnly', { count: sameQuestions })}
      </Checkbox>
      <Button onClick={() => window.print()}>{t('compare.print')}</Button>
    </div>
  );
}
