import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import { percentText } from './numbers.ts';
import type { Seat, Survey } from './survey.ts';

/** What the contract demands of a cycle, each with its clauses; what it does not say is not listed. */
export function Demands({ survey: { provides } }: { survey: Survey }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const list = (words: string[]): string => words.join(t('common.listSeparator'));
  const seats = (some: Seat[]): string => list(some.map(({ title }) => format.text(title)));
  const { sample, audience, target, report } = provides;
  const share = (fraction: string): string => percentText(fraction);
  const facts: [string, ReactNode, string[]][] = [
    [t('surveys.responsible'), format.text(provides.responsible.title), provides.clauses],
    ...(provides.dimensions.length === 0
      ? []
      : [
          [
            t('surveys.dimension'),
            provides.dimensions.map((one) => (
              <div key={one.id}>
                {format.text(one.title)}
                {one.parts.length > 0 ? (
                  <span className="muted">
                    {' '}
                    {t('surveys.partsOf', { parts: list(one.parts.map((part) => format.text(part.title))) })}
                  </span>
                ) : null}
                {provides.weights[one.id] ? ` · ${share(provides.weights[one.id] ?? '0')}` : ''}{' '}
                <span className="muted small">{one.clauses.join(', ')}</span>
              </div>
            )),
            [],
          ] as [string, ReactNode, string[]],
        ]),
    ...(audience.tiers || audience.product
      ? [
          [
            t('surveys.audience'),
            list([
              ...(audience.tiers ?? []).map((tier) => t(`surveyTier.${tier}`)),
              ...(audience.product ? [t('surveys.productUsers')] : []),
            ]),
            audience.clauses,
          ] as [string, ReactNode, string[]],
        ]
      : []),
    [
      t('surveys.sample'),
      list([
        t(`surveyMethod.${sample.method}`),
        ...(sample.size === null ? [] : [t('surveys.persons', { count: sample.size })]),
        ...(sample.percent === null ? [] : [t('surveys.sizePercent', { percent: sample.percent })]),
      ]),
      sample.clauses,
    ],
    ...(provides.minimumSample === null
      ? []
      : [
          [t('surveys.minimum'), t('surveys.answers', { count: provides.minimumSample }), []] as [
            string,
            ReactNode,
            string[],
          ],
        ]),
    ...(target === null
      ? []
      : [
          [
            t('surveys.target'),
            target.measure === 'satisfied'
              ? t('surveys.targetSatisfied', { value: share(target.value) })
              : t('surveys.targetScore', { value: target.value }),
            target.clauses,
          ] as [string, ReactNode, string[]],
        ]),
    ...(provides.responseRatePercent === null
      ? []
      : [[t('surveys.wantedRate'), `${provides.responseRatePercent}%`, []] as [string, ReactNode, string[]]]),
    ...(provides.channels.length === 0
      ? []
      : [
          [t('surveys.channelsLabel'), list(provides.channels.map((one) => t(`surveyChannel.${one}`))), []] as [
            string,
            ReactNode,
            string[],
          ],
        ]),
    [t('surveys.openFor'), t('surveys.days', { count: provides.openDays }), []],
    ...(provides.dateAgreedBy.length === 0
      ? []
      : [[t('surveys.dateAgreedBy'), seats(provides.dateAgreedBy), []] as [string, ReactNode, string[]]]),
    ...(provides.approvers.length === 0
      ? []
      : [[t('surveys.approvers'), seats(provides.approvers), []] as [string, ReactNode, string[]]]),
    ...provides.gates.map(({ gate, isGiven, clauses }): [string, ReactNode, string[]] => [
      t('surveys.gateLabel'),
      <>
        {t(`surveyGate.${gate}`)}
        {isGiven === null ? '' : ` · ${t(isGiven ? 'surveys.given' : 'surveys.notGiven')}`}
      </>,
      clauses,
    ]),
    [
      t('surveys.reportLabel'),
      report.to.length === 0
        ? format.text(report.by.title)
        : t('surveys.reportTo', { by: format.text(report.by.title), to: seats(report.to) }),
      report.clauses,
    ],
    ...(provides.anonymous
      ? [[t('surveys.anonymity'), t('surveys.anonymous'), []] as [string, ReactNode, string[]]]
      : []),
  ];
  return (
    <dl className="facts wide">
      {facts.map(([label, content, clauses], index) => (
        <div key={`${label} ${String(index)}`}>
          <dt>{label}</dt>
          <dd>
            {content} {clauses.length > 0 ? <span className="muted small">{clauses.join(', ')}</span> : null}
          </dd>
        </div>
      ))}
    </dl>
  );
}
