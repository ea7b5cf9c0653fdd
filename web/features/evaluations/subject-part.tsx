import { Alert, Button, Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../../app/format.ts';
import { useRoleName } from '../../app/names.ts';
import { Records } from '../../app/records.tsx';
import { improvementPage } from '../improvements/improvement.ts';
import { Section } from '../life/section.tsx';
import type { ActForm } from '../process/act-dialog.tsx';
import { Attachments } from '../process/attachments.tsx';
import { type Evaluated, type Evaluation, type Indicator, type Score, figure, isComputed } from './evaluation.ts';
import { SourceLink } from './source-link.tsx';
import { type SubjectForms, useSubjectForms } from './subject-forms.ts';
import { useNamed } from './words.ts';

interface Props {
  evaluation: Evaluation;
  one: Evaluated;
  open: (form: ActForm) => void;
}
type Part = Props & { forms: SubjectForms };

/** One of those who are evaluated: the result down to its records, objections, and what follows from it. */
export function SubjectPart(props: Props): ReactNode {
  const { evaluation, one, open } = props;
  const forms = useSubjectForms(evaluation, one);
  const isScored = evaluation.form === 'scored';
  const all: Part = { ...props, forms };
  return (
    <>
      {forms.general.length > 0 ? (
        <div className="actions">
          {forms.general.map(({ act, form }) => (
            <Button key={act} type={isNext(evaluation, one, act) ? 'primary' : 'default'} onClick={() => open(form)}>
              {form.title}
            </Button>
          ))}
        </div>
      ) : null}
      {isScored ? <Result {...all} /> : <Late {...all} />}
      <Objections {...all} />
      <Consequences {...all} />
    </>
  );
}

const isNext = ({ next }: Evaluation, { subject }: Evaluated, act: string): boolean =>
  next.some(({ what, about }) => what === act && about?.subject === subject);

function Result({ evaluation, one, open, forms }: Part): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const named = useNamed();
  const { zone } = evaluation;
  const { total, cappedBy, bonus, verdict, stage, confirmedBy, finalAt, objectionsUntil, selfAssessment } = one;
  const band = evaluation.scheme?.bands.find(({ id }) => id === one.band);
  const facts: [string, string][] = [
    ...(total === null ? [] : [[t('evaluations.total'), figure(total)] as [string, string]]),
    ...(cappedBy === null ? [] : [[t('evaluations.cappedBy'), format.text(cappedBy.title)] as [string, string]]),
    ...(bonus === null ? [] : [[t('evaluations.bonusPoints'), figure(bonus)] as [string, string]]),
    ...(band
      ? [
          [
            t('evaluations.band'),
            [
              t('evaluations.fromTo', { from: figure(band.from), to: figure(band.to) }),
              band.words ?? (band.consequence ? t(`consequenceKind.${band.consequence}`) : t('evaluations.nothing')),
            ].join(' · '),
          ] as [string, string],
        ]
      : []),
    ...(verdict === null ? [] : [[t('evaluations.verdict'), t(`evaluationVerdict.${verdict}`)] as [string, string]]),
    [t('evaluations.stage'), t(`evaluationStage.${stage}`)],
    ...(objectionsUntil && finalAt === null
      ? [
          [t('evaluations.objectionsUntil'), format.due(objectionsUntil.dueAt, objectionsUntil.localDate)] as [
            string,
            string,
          ],
        ]
      : []),
    ...(confirmedBy === null ? [] : [[t('evaluations.confirmedBy'), confirmedBy] as [string, string]]),
    ...(finalAt === null ? [] : [[t('evaluations.finalAt'), format.instant(finalAt, zone)] as [string, string]]),
  ];
  return (
    <Section title={t('evaluations.resultOf', { who: named(one) })}>
      <dl className="facts wide" style={{ marginBottom: 12 }}>
        {facts.map(([label, content]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{content}</dd>
          </div>
        ))}
      </dl>
      {one.tooFew.length > 0 ? (
        <Alert
          type="warning"
          showIcon
          title={t('evaluations.tooFew', {
            what: one.tooFew.map(({ title }) => format.text(title)).join(t('common.listSeparator')),
          })}
        />
      ) : null}
      {selfAssessment ? (
        <div className="step" style={{ marginBottom: 12 }}>
          <strong>{t('evaluations.selfAssessment')}</strong>{' '}
          <span className="muted small">{format.instant(selfAssessment.at, zone)}</span>
          {selfAssessment.text ? <p className="said">{selfAssessment.text}</p> : null}
        </div>
      ) : null}
      <Scores evaluation={evaluation} one={one} open={open} forms={forms} />
      {one.targets.length > 0 ? (
        <ul className="plain-list">
          {one.targets.map(({ number, title, met }) => (
            <li key={number}>
              {format.text(title)}{' '}
              <Tag color={met === null ? 'default' : met ? 'green' : 'red'}>
                {t(met === null ? 'evaluations.notJudged' : met ? 'evaluations.met' : 'evaluations.missed')}
              </Tag>
            </li>
          ))}
        </ul>
      ) : null}
      {one.tests.length > 0 && one.concludedAt !== null ? (
        <ul className="plain-list">
          {one.tests.map(({ test, passed, value, against, basis }) => (
            <li key={test}>
              {t(`evaluationTest.${test}`)}{' '}
              <Tag color={passed === null ? 'default' : passed ? 'green' : 'red'}>
                {t(passed === null ? 'evaluations.notJudged' : passed ? 'evaluations.passed' : 'evaluations.failed')}
              </Tag>
              {value !== null && against !== null && basis !== null ? (
                <span className="muted small">
                  {t(`testBasis.${basis}`, { value: figure(value), against: figure(against) })}
                </span>
              ) : null}
            </li>
          ))}
        </ul>
      ) : null}
    </Section>
  );
}

type Row =
  | { kind: 'scored'; indicator: Indicator; score: Score }
  | { kind: 'missing' | 'left-out'; indicator: Indicator; reason: string | null };

/** Every indicator with its value, what it brought, and what it rests on. */
function Scores({ evaluation, one, open, forms }: Part): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const rows: Row[] = (evaluation.scheme?.indicators ?? [])
    .filter(({ weight }) => weight !== null)
    .map((indicator): Row => {
      const score = one.scores.find((each) => each.indicator.id === indicator.id);
      const left = one.leftOut.find(({ id }) => id === indicator.id);
      if (score) return { kind: 'scored', indicator, score };
      return { kind: left ? 'left-out' : 'missing', indicator, reason: left?.reason ?? null };
    });
  const isConcluded = one.concludedAt !== null;
  return (
    <Records
      label={t('evaluations.scores')}
      rows={rows}
      rowKey={({ indicator }) => indicator.id}
      empty={t('evaluations.noScheme', { who: format.text(evaluation.organiser.title) })}
      columns={[
        {
          key: 'indicator',
          title: t('evaluations.indicator'),
          heading: true,
          render: ({ indicator }) => format.text(indicator.title),
        },
        {
          key: 'value',
          title: t('evaluations.value'),
          align: 'right',
          render: (row) =>
            row.kind === 'scored' ? (
              <>
                {row.score.corrected ? (
                  <>
                    <del className="muted">
                      {row.score.corrected.from === null ? t('evaluations.leftOut') : figure(row.score.corrected.from)}
                    </del>{' '}
                  </>
                ) : null}
                <span className="amount">{figure(row.score.value)}</span>
              </>
            ) : (
              <span className="muted">
                {t(
                  row.kind === 'left-out'
                    ? 'evaluations.leftOut'
                    : isComputed(row.indicator)
                      ? 'evaluations.toBeGathered'
                      : 'evaluations.notScored',
                )}
              </span>
            ),
        },
        ...(isConcluded
          ? [
              {
                key: 'points',
                title: t('evaluations.points'),
                align: 'right' as const,
                render: (row: Row) =>
                  row.kind === 'scored' && row.score.points !== null && row.score.weight !== null
                    ? t('evaluations.pointsOf', { points: figure(row.score.points), weight: figure(row.score.weight) })
                    : '',
              },
            ]
          : []),
        {
          key: 'basis',
          title: t('evaluations.basis'),
          render: (row) =>
            row.kind === 'scored' ? (
              <Basis evaluation={evaluation} score={row.score} />
            ) : row.reason ? (
              <span className="said">{row.reason}</span>
            ) : (
              ''
            ),
        },
        ...(rows.some(({ indicator }) => forms.of(indicator.id).length > 0)
          ? [
              {
                key: 'acts',
                title: t('evaluations.acts'),
                render: ({ indicator }: Row) => {
                  const own = forms.of(indicator.id);
                  return own.length === 0 ? (
                    ''
                  ) : (
                    <div className="toolbar">
                      {own.map((form) => (
                        <Button
                          key={form.path}
                          size="small"
                          aria-label={t('evaluations.actOn', {
                            act: form.button ?? form.title,
                            what: format.text(indicator.title),
                          })}
                          onClick={() => open(form)}
                        >
                          {form.button}
                        </Button>
                      ))}
                    </div>
                  );
                },
              },
            ]
          : []),
      ]}
    />
  );
}

/** What a score rests on: recorded figures with their sources, or a person with records. */
function Basis({ evaluation, score }: { evaluation: Evaluation; score: Score }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const role = useRoleName();
  const { agreement, zone } = evaluation;
  const of = `/evaluations/${encodeURIComponent(evaluation.id)}`;
  const { gathered, by, seat, at, evidence, record, documents, sources, count, corrected } = score;
  return (
    <>
      <div className="small muted">
        {[
          gathered ? t('evaluations.fromRecord') : [role(seat?.seat), by].filter(Boolean).join(' '),
          format.instant(at, zone),
          gathered && count !== null ? t('evaluations.countOf', { count }) : '',
          evidence.map(({ title }) => format.text(title)).join(t('common.listSeparator')),
        ]
          .filter(Boolean)
          .join(' · ')}
      </div>
      {sources.length > 0 ? (
        <details>
          <summary className="small">{t('evaluations.sources', { count: sources.length })}</summary>
          <ul className="plain-list small">
            {sources.map((source) => (
              <li key={source.reference}>
                <SourceLink agreementId={agreement.id} source={source} />
              </li>
            ))}
          </ul>
        </details>
      ) : null}
      {record ? <p className="said">{record}</p> : null}
      <Attachments agreementId={agreement.id} of={of} documents={documents} />
      {corrected ? (
        <div className="small">
          {t('evaluations.correctedBy', {
            who: corrected.by ?? '',
            at: format.instant(corrected.at, zone),
            from: corrected.from === null ? t('evaluations.leftOut') : figure(corrected.from),
          })}
          {corrected.reason ? <p className="said">{corrected.reason}</p> : null}
          <Attachments agreementId={agreement.id} of={of} documents={corrected.documents} />
        </div>
      ) : null}
    </>
  );
}

/** A response that was late, and what whoever is responsible says about it (S004-25). */
function Late({ evaluation, one }: Part): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const named = useNamed();
  const { late, explanation } = one;
  return (
    <Section title={t('evaluations.lateOf', { who: named(one), item: late?.item ?? '' })} clauses={evaluation.clauses}>
      {late ? <p className="none-yet">{t('evaluations.lateMinutesOf', { count: late.minutes })}</p> : null}
      {explanation ? (
        <div className="step">
          <strong>{t('evaluations.explanation')}</strong>{' '}
          <span className="muted small">{format.instant(explanation.at, evaluation.zone)}</span>
          {explanation.text ? <p className="said">{explanation.text}</p> : null}
        </div>
      ) : (
        <p className="muted none-yet">{t('evaluations.notExplained')}</p>
      )}
    </Section>
  );
}

function Objections({ evaluation, one }: Part): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  if (one.objections.length === 0) return null;
  const of = `/evaluations/${encodeURIComponent(evaluation.id)}`;
  return (
    <Section title={t('evaluations.objections')}>
      {one.objections.map(({ id, indicator, at, by, reason, documents, verdict, answeredBy, answer, settled }) => (
        <div key={id} className="step">
          <strong>
            {indicator ? format.text(indicator.title) : t('evaluations.wholeResult')}
            {t('common.colon')}
            {verdict === null
              ? t('evaluations.unanswered')
              : t(`evaluationVerdict.${verdict}`) +
                (verdict === 'uphold' && !settled ? t('evaluations.toBeCorrected') : '')}
          </strong>{' '}
          <span className="muted small">{[by, format.instant(at, evaluation.zone)].filter(Boolean).join(' · ')}</span>
          {reason ? <p className="said">{reason}</p> : null}
          <Attachments agreementId={evaluation.agreement.id} of={of} documents={documents} />
          {answer ? (
            <p className="said">
              {t('evaluations.answer', { who: answeredBy ?? '' })}
              {answer}
            </p>
          ) : null}
        </div>
      ))}
    </Section>
  );
}

/** What is proposed from the result; people decide, nothing follows by itself. */
function Consequences({ evaluation, one, open, forms }: Part): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { agreement, currency, zone } = evaluation;
  if (one.consequences.length === 0) return null;
  const of = `/evaluations/${encodeURIComponent(evaluation.id)}`;
  return (
    <Section title={t('evaluations.consequences')}>
      {one.consequences.map((consequence) => {
        const { id, kind, from, words, amount, reason, verdict, decidedBy, decidedAt, decision, improvement } =
          consequence;
        const form = forms.decision(id);
        return (
          <div key={id} className="step">
            <strong>{t(`consequenceKind.${kind}`)}</strong>{' '}
            {amount === null ? null : <span className="amount">{[amount, currency].filter(Boolean).join(' ')} </span>}
            <Tag color={verdict === null ? 'gold' : verdict === 'approve' ? 'green' : 'default'}>
              {t(verdict === null ? 'evaluations.undecided' : `evaluationVerdict.${verdict}`)}
            </Tag>
            <span className="muted small">
              {[
                from.startsWith('band-') ? t('consequenceFrom.band') : t(`consequenceFrom.${from}`),
                words,
                decidedBy,
                decidedAt ? format.instant(decidedAt, zone) : '',
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
            {form ? (
              <>
                {' '}
                <Button
                  size="small"
                  type="primary"
                  aria-label={t('evaluations.actOn', {
                    act: t('evaluationAct.decide'),
                    what: t(`consequenceKind.${kind}`),
                  })}
                  onClick={() => open(form)}
                >
                  {t('evaluationAct.decide')}
                </Button>
              </>
            ) : null}
            {reason ? <p className="said">{reason}</p> : null}
            {decision ? <p className="said">{decision}</p> : null}
            <Attachments agreementId={agreement.id} of={of} documents={consequence.documents} />
            {improvement ? (
              <div className="small">
                {improvement.id === null ? (
                  improvement.reference
                ) : (
                  <Link to={improvementPage(agreement.id, improvement.id)}>{t('evaluations.toImprovement')}</Link>
                )}
              </div>
            ) : null}
          </div>
        );
      })}
    </Section>
  );
}
