import { Segmented, Skeleton } from 'antd';
import { type ReactNode, Suspense, lazy, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import { useTitled } from '../../app/occurrence.ts';
import { Records } from '../../app/records.tsx';
import { ObligationStatusTag } from '../../app/status-tag.tsx';
import { StepsPopover } from '../../app/steps-popover.tsx';
import type { DutyBeside, Standing, WhatIf } from './what-if.ts';

const Timeline = lazy(async () => ({ default: (await import('./timeline.tsx')).Timeline }));

/** Duty by duty how it stands beside how it would stand: as a list, or as two marks on a line of time. */
export function Calendar({ answer }: { answer: WhatIf }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const different = answer.obligations.filter(({ differs }) => differs);
  const [scope, setScope] = useState<'different' | 'all'>('different');
  const [shape, setShape] = useState<'list' | 'timeline'>('list');
  const rows = scope === 'different' ? different : answer.obligations;
  return (
    <section className="stack">
      <div className="heading">
        <h2 className="section-title">{t('whatIf.calendar')}</h2>
        <div className="actions what-if-switches">
          <Segmented<'different' | 'all'>
            aria-label={t('whatIf.calendar')}
            name="what-if-scope"
            value={scope}
            onChange={setScope}
            options={[
              { value: 'different', label: t('whatIf.onlyDifferent', { number: different.length }) },
              { value: 'all', label: t('whatIf.allDuties', { number: answer.obligations.length }) },
            ]}
          />
          <Segmented<'list' | 'timeline'>
            aria-label={t('whatIf.asTimeline')}
            name="what-if-shape"
            value={shape}
            onChange={setShape}
            options={[
              { value: 'list', label: t('whatIf.asList') },
              { value: 'timeline', label: t('whatIf.asTimeline') },
            ]}
          />
        </div>
      </div>
      {shape === 'list' ? (
        <List rows={rows} />
      ) : (
        <Suspense fallback={<Skeleton active />}>
          <Timeline rows={rows} answer={answer} />
        </Suspense>
      )}
      <p className="muted small">
        {t('whatIf.calendarOf', {
          id: answer.calendar.id,
          version: answer.calendar.version,
          from: format.date(answer.calendar.provisionalFrom),
        })}
      </p>
    </section>
  );
}

function List({ rows }: { rows: DutyBeside[] }): ReactNode {
  const { t } = useTranslation();
  const titled = useTitled();
  return (
    <Records
      label={t('whatIf.calendar')}
      rows={rows}
      rowKey={({ key }) => key}
      empty={t('whatIf.same')}
      columns={[
        {
          key: 'duty',
          title: t('whatIf.duty'),
          heading: true,
          render: ({ title, before, after, clauses }) => (
            <>
              {titled(title, (after ?? before)?.occurrence)}
              <div className="muted small">{clauses.join(', ')}</div>
            </>
          ),
        },
        { key: 'before', title: t('whatIf.today'), render: ({ before }) => <Stands standing={before} /> },
        {
          key: 'after',
          title: t('whatIf.assumed'),
          render: ({ before, after }) => (
            <>
              <Stands standing={after} />
              <Moved before={before} after={after} />
            </>
          ),
        },
      ]}
    />
  );
}

/** When it is due, with why, how it ends, and how late. */
function Stands({ standing }: { standing: Standing | null }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  if (standing === null) return <span className="muted">{t('whatIf.notThere')}</span>;
  const { localDate, explanation, status, fulfilledAt, daysLate } = standing;
  return (
    <>
      <div>
        {localDate === null ? t('whatIf.noDate') : t('whatIf.dueBy', { date: format.date(localDate) })}{' '}
        <StepsPopover steps={explanation} />
      </div>
      <div>
        <ObligationStatusTag status={status} />
        {fulfilledAt === null ? null : (
          <span className="small">{t('whatIf.done', { date: format.date(fulfilledAt.slice(0, 10)) })}</span>
        )}
      </div>
      {daysLate > 0 ? <div className="small">{t('whatIf.late', { count: daysLate })}</div> : null}
    </>
  );
}

const DAY_MS = 86_400_000;

/** By how many days the due date moves. */
function Moved({ before, after }: { before: Standing | null; after: Standing | null }): ReactNode {
  const { t } = useTranslation();
  if (!before?.localDate || !after?.localDate || before.localDate === after.localDate) return null;
  const count = Math.round((Date.parse(after.localDate) - Date.parse(before.localDate)) / DAY_MS);
  return (
    <div className="small what-if-moved">
      {count < 0 ? t('whatIf.earlier', { count: -count }) : t('whatIf.later', { count })}
    </div>
  );
}
