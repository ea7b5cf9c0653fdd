import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../../app/format.ts';
import { Records } from '../../app/records.tsx';
import type { Agreement } from '../../wire.ts';
import { Section } from '../life/section.tsx';
import { type Titled, trainingPage, useCoverage } from './training.ts';

/** What must be taught and has been, and what customers and trainees said after it. */
export function Coverage({ agreement }: { agreement: Agreement }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const coverage = useCoverage(agreement.id);
  const titles = (list: Titled[]): string =>
    list.map(({ title }) => format.text(title)).join(t('common.listSeparator'));
  return (coverage.data?.items ?? []).map(({ training, clauses, topics, missing, satisfaction, feedback }) => {
    const lacking = [...missing.topics, ...missing.modes, ...missing.methods];
    return (
      <Section
        key={training.id}
        title={t('trainings.coverage', { what: format.text(training.title) })}
        clauses={clauses}
      >
        {lacking.length > 0 ? (
          <p className="late none-yet">{t('trainings.lacking', { what: titles(lacking) })}</p>
        ) : null}
        <Records
          label={t('trainings.topics')}
          rows={topics}
          rowKey={({ id }) => id}
          empty={t('common.none')}
          columns={[
            { key: 'title', title: t('trainings.topic'), heading: true, render: ({ title }) => format.text(title) },
            { key: 'planned', title: t('trainings.planned'), align: 'right', render: ({ planned }) => String(planned) },
            { key: 'held', title: t('trainings.held'), align: 'right', render: ({ held }) => String(held) },
            {
              key: 'last',
              title: t('trainings.lastHeldOn'),
              render: ({ lastHeldOn }) => (lastHeldOn ? format.date(lastHeldOn) : ''),
            },
          ]}
        />
        {feedback.answers > 0 ? (
          <p className="none-yet">
            {t('trainings.feedbackMean', { count: feedback.answers, mean: feedback.mean ?? '—' })}
          </p>
        ) : null}
        {satisfaction
          .filter(({ before, after }) => before !== null || after !== null)
          .map(({ session, heldOn, before, after }) => (
            <p key={session} className="none-yet">
              <Link to={trainingPage(agreement.id, session)} style={{ textDecoration: 'underline' }}>
                {format.date(heldOn)}
              </Link>{' '}
              {t('trainings.beforeAfter', { before: before ?? '—', after: after ?? '—' })}
            </p>
          ))}
      </Section>
    );
  });
}
