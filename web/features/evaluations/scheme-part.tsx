import { Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import { Records } from '../../app/records.tsx';
import { Section } from '../life/section.tsx';
import { type Evaluation, figure, isComputed } from './evaluation.ts';

/** By what is scored: indicators, weights, bands, tests, and who has acknowledged this version. */
export function SchemePart({ evaluation }: { evaluation: Evaluation }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { scheme, provides, zone, currency } = evaluation;
  if (provides.form === 'accountability') return <Acknowledged evaluation={evaluation} />;
  if (scheme === null) {
    return (
      <Section title={t('evaluations.scheme')} clauses={provides.clauses}>
        <p className="late none-yet">{t('evaluations.noScheme', { who: format.text(provides.organiser.title) })}</p>
      </Section>
    );
  }
  return (
    <>
      <Section title={t('evaluations.schemeOf', { version: scheme.version })} clauses={provides.clauses}>
        <Records
          label={t('evaluations.indicators')}
          rows={scheme.indicators}
          rowKey={({ id }) => id}
          empty={t('evaluations.none')}
          columns={[
            {
              key: 'indicator',
              title: t('evaluations.indicator'),
              heading: true,
              render: ({ title, bonus }) => (
                <>
                  {format.text(title)} {bonus ? <Tag>{t('evaluations.bonus')}</Tag> : null}
                </>
              ),
            },
            {
              key: 'weight',
              title: t('evaluations.weight'),
              align: 'right',
              render: ({ weight, bonus }) =>
                weight === null
                  ? t('evaluations.notAgreed')
                  : bonus
                    ? t('evaluations.upTo', { value: figure(weight) })
                    : t('evaluations.percent', { value: figure(weight) }),
            },
            {
              key: 'scale',
              title: t('evaluations.scale'),
              align: 'right',
              render: ({ scale }) => t('evaluations.fromTo', { from: figure(scale.min), to: figure(scale.max) }),
            },
            {
              key: 'source',
              title: t('evaluations.source'),
              render: (one) =>
                isComputed(one)
                  ? t('evaluations.computedFrom', { what: t(`indicatorSource.${one.source}`) })
                  : t(`indicatorSource.${one.source}`),
            },
            {
              key: 'evidence',
              title: t('evaluations.evidence'),
              render: (one) =>
                isComputed(one)
                  ? ''
                  : one.evidence.map(({ title }) => format.text(title)).join(t('common.listSeparator')) ||
                    t('evaluations.anyRecord'),
            },
          ]}
        />
      </Section>
      {scheme.bands.length > 0 ? (
        <Section title={t('evaluations.bands')}>
          <Records
            label={t('evaluations.bands')}
            rows={scheme.bands}
            rowKey={({ id }) => id}
            empty={t('evaluations.none')}
            columns={[
              {
                key: 'range',
                title: t('evaluations.range'),
                heading: true,
                render: ({ from, to }) => t('evaluations.fromTo', { from: figure(from), to: figure(to) }),
              },
              {
                key: 'consequence',
                title: t('evaluations.consequence'),
                render: ({ words, consequence }) =>
                  [words, consequence ? t(`consequenceKind.${consequence}`) : t('evaluations.nothing')]
                    .filter((one, index, all) => one && all.indexOf(one) === index)
                    .join(' · '),
              },
              {
                key: 'amount',
                title: t('evaluations.amount'),
                align: 'right',
                render: ({ amount }) => (amount === null ? '' : [amount, currency].filter(Boolean).join(' ')),
              },
            ]}
          />
          <p className="muted small none-yet">{t('evaluations.proposedOnly')}</p>
        </Section>
      ) : null}
      {scheme.tests.length > 0 ? (
        <Section title={t('evaluations.tests')}>
          <ul className="plain-list">
            {scheme.tests.map(({ test, target, clauses }) => (
              <li key={test}>
                {t(`evaluationTest.${test}`)}
                {target === null ? '' : t('evaluations.target', { value: figure(target) })}{' '}
                <span className="muted small">{clauses.join(', ')}</span>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      <Acknowledged evaluation={evaluation} />
      {provides.obligation === null ? null : (
        <p className="muted small none-yet">
          {t('evaluations.fulfils', { what: format.text(provides.obligation.title) })}
          {evaluation.due
            ? t('evaluations.dueBy', { by: format.due(evaluation.due.dueAt, evaluation.due.localDate) })
            : ''}
          {evaluation.publishedAt
            ? t('evaluations.publishedAt', { at: format.instant(evaluation.publishedAt, zone) })
            : ''}
        </p>
      )}
    </>
  );
}

function Acknowledged({ evaluation }: { evaluation: Evaluation }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { acknowledged, zone } = evaluation;
  if (acknowledged.length === 0) return null;
  return (
    <Section title={t('evaluations.acknowledged')}>
      <ul className="plain-list">
        {acknowledged.map(({ seat, title, by, at }) => (
          <li key={seat}>
            {format.text(title)}
            {t('common.colon')}
            {at === null ? (
              <span className="muted">{t('evaluations.notYet')}</span>
            ) : (
              [by, format.instant(at, zone)].filter(Boolean).join(' · ')
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
