import { Input, Tag } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import { todayIn } from '../../app/moment.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import type { Agreement } from '../../wire.ts';
import { Section } from '../life/section.tsx';
import { useQualifications } from './training.ts';

/** Who may work on a day, and what whoever may not still lacks. */
export function Qualified({ agreement }: { agreement: Agreement }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const [on, setOn] = useState(todayIn(agreement.zone));
  const qualifications = useQualifications(agreement.id, on);
  if (qualifications.error) {
    return <ProblemAlert error={qualifications.error} retry={() => void qualifications.refetch()} />;
  }
  if (!qualifications.data || (qualifications.data.items.length === 0 && !qualifications.data.gated)) return null;
  const { gated, clauses, items } = qualifications.data;
  const list = (words: string[]): string => words.join(t('common.listSeparator'));
  return (
    <Section
      title={t('trainings.whoMayWork')}
      clauses={clauses}
      actions={
        <label className="toolbar">
          {t('trainings.onDay')}
          <Input
            type="date"
            value={on}
            onChange={(event) => (event.target.value === '' ? undefined : setOn(event.target.value))}
            style={{ width: 170 }}
          />
        </label>
      }
    >
      <p className="muted none-yet">{t(gated ? 'trainings.gateExplained' : 'trainings.noGate')}</p>
      <Records
        label={t('trainings.whoMayWork')}
        rows={items}
        rowKey={({ personId }) => personId}
        empty={t('trainings.nobody')}
        columns={[
          {
            key: 'name',
            title: t('trainings.trainee'),
            heading: true,
            render: ({ name, personId }) => name ?? personId.slice(0, 8),
          },
          {
            key: 'qualified',
            title: t('trainings.mayWork'),
            render: ({ qualified, since }) =>
              qualified === null ? (
                t('trainings.notGated')
              ) : (
                <>
                  <Tag color={qualified ? 'green' : 'red'}>{t(qualified ? 'trainings.may' : 'trainings.mayNot')}</Tag>
                  {since ? (
                    <span className="muted small">{t('trainings.since', { on: format.date(since) })}</span>
                  ) : null}
                </>
              ),
          },
          {
            key: 'certificates',
            title: t('trainings.certificates'),
            render: ({ certificates }) => list(certificates.map(({ number }) => number)),
          },
          {
            key: 'missing',
            title: t('trainings.stillMissing'),
            render: ({ missing, overdue }) =>
              [
                ...missing.map(({ training, topics, exam }) =>
                  list([
                    ...(topics.length > 0
                      ? topics.map(({ title }) => format.text(title))
                      : [format.text(training.title)]),
                    ...(exam ? [t('trainings.exam')] : []),
                  ]),
                ),
                ...overdue.map(({ training, dueOn }) =>
                  t('trainings.againBy', { what: format.text(training.title), on: format.date(dueOn) }),
                ),
              ].join(t('common.then')),
          },
        ]}
      />
    </Section>
  );
}
