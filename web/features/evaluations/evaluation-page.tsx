import { Alert, Button, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useFormat } from '../../app/format.ts';
import { SeatTitles } from '../../app/names.ts';
import { Records } from '../../app/records.tsx';
import { PendingCommandAlerts, usePendingCommands } from '../agreement/pending-commands.tsx';
import { Section } from '../life/section.tsx';
import { ActDialog, type ActForm } from '../process/act-dialog.tsx';
import { Happened } from '../process/happened.tsx';
import { ProcessFrame, ProcessHead } from '../process/process-page.tsx';
import { type Evaluation, figure, useEvaluation } from './evaluation.ts';
import { HistoryPart } from './history-part.tsx';
import { SchemePart } from './scheme-part.tsx';
import { SourceLink } from './source-link.tsx';
import { EvaluationTags } from './status-tag.tsx';
import { SubjectPart } from './subject-part.tsx';
import { useWholeForms } from './whole-forms.ts';
import { useHappened, useNamed, useNext, usePeriod } from './words.ts';

/** One evaluation: what happens next, the scheme, every result down to its sources, what follows from it. */
export function EvaluationPage(): ReactNode {
  const { t } = useTranslation();
  const { id = '', evaluation: evaluationId = '' } = useParams();
  const evaluation = useEvaluation(id, evaluationId);
  const myself = { zh: t('evaluations.myself', { lng: 'zh' }), en: t('evaluations.myself', { lng: 'en' }) };
  return (
    <ProcessFrame
      to={`/agreements/${encodeURIComponent(id)}?tab=evaluations`}
      back={t('evaluations.toList')}
      asked={[evaluation]}
    >
      {evaluation.data ? (
        <SeatTitles value={{ ...evaluation.data.agreement.seatTitles, staff: myself }}>
          <Desk key={evaluationId} evaluation={evaluation.data} />
        </SeatTitles>
      ) : null}
    </ProcessFrame>
  );
}

function Desk({ evaluation }: { evaluation: Evaluation }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { agreement, rule, period, subjects } = evaluation;
  const commands = usePendingCommands(agreement.id);
  const [form, setForm] = useState<ActForm | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const forms = useWholeForms(evaluation);
  const periodOf = usePeriod();
  const happened = useHappened(evaluation);
  const title = t('evaluations.titleOf', { what: format.text(rule.title), period: periodOf(period) });
  // Whoever is waited for first, unless somebody was chosen.
  const waited = evaluation.next.find(({ about }) => about !== null)?.about?.subject;
  const one = subjects.find(({ subject }) => subject === (chosen ?? waited)) ?? subjects[0];
  return (
    <>
      <ProcessHead title={title} of={agreement} tags={<EvaluationTags {...evaluation} />} />
      <Standing evaluation={evaluation} />
      <PendingCommandAlerts agreementId={agreement.id} commands={commands} />
      {forms.length > 0 ? (
        <div className="actions">
          {forms.map(({ act, form: own }) => (
            <Button
              key={act}
              type={act === 'acknowledge' || act === 'publish' ? 'primary' : 'default'}
              onClick={() => setForm(own)}
            >
              {own.title}
            </Button>
          ))}
        </div>
      ) : null}
      <section className="panel stack">
        {evaluation.note ? <p className="said">{evaluation.note}</p> : null}
        <Overview evaluation={evaluation} choose={setChosen} />
        {one ? (
          <>
            {subjects.length > 1 ? <Chooser evaluation={evaluation} value={one.subject} choose={setChosen} /> : null}
            <SubjectPart key={one.subject} evaluation={evaluation} one={one} open={setForm} />
            {evaluation.form === 'scored' ? (
              <HistoryPart key={`history ${one.subject}`} evaluation={evaluation} one={one} />
            ) : null}
          </>
        ) : null}
        <SchemePart evaluation={evaluation} />
        <Gathered evaluation={evaluation} />
        <Happened
          agreement={{ id: agreement.id, zone: evaluation.zone }}
          of={`/evaluations/${encodeURIComponent(evaluation.id)}`}
          events={evaluation.events}
          title={t('evaluations.happened')}
          sentence={happened}
        />
      </section>
      {form ? (
        <ActDialog
          key={form.path + form.title}
          agreementId={agreement.id}
          form={form}
          close={() => setForm(null)}
          done={commands.done}
        />
      ) : null}
    </>
  );
}

/** What happens next, and who must act. */
function Standing({ evaluation }: { evaluation: Evaluation }): ReactNode {
  const { t } = useTranslation();
  const said = useNext();
  const { next, overdue, status } = evaluation;
  const [first, ...others] = next;
  return (
    <Alert
      showIcon
      type={overdue ? 'error' : status === 'complete' || status === 'published' ? 'success' : 'info'}
      title={<strong>{first ? said(first) : t(`evaluationStands.${status}`)}</strong>}
      description={
        others.length > 0 ? (
          <ul className="plain-list small">
            {others.slice(0, 10).map((one) => (
              <li key={`${one.what} ${one.about?.subject ?? ''}`}>{said(one)}</li>
            ))}
            {others.length > 10 ? <li>{t('evaluations.andMore', { count: others.length - 10 })}</li> : null}
          </ul>
        ) : undefined
      }
    />
  );
}

/** Of several, everybody's result that the reader may see. */
function Overview({ evaluation, choose }: { evaluation: Evaluation; choose: (subject: string) => void }): ReactNode {
  const { t } = useTranslation();
  const named = useNamed();
  const { subjects, evaluated, form } = evaluation;
  const hidden = evaluated - subjects.length;
  if (evaluated <= 1 && form === 'scored' && hidden === 0) return null;
  const isScored = form === 'scored';
  return (
    <Section title={t(isScored ? 'evaluations.results' : 'evaluations.lateList')}>
      {subjects.length > 1 || !isScored ? (
        <Records
          label={t(isScored ? 'evaluations.results' : 'evaluations.lateList')}
          rows={subjects}
          rowKey={({ subject }) => subject}
          empty={t(isScored ? 'evaluations.nobodyYet' : 'evaluations.nothingLate')}
          columns={[
            {
              key: 'who',
              title: t(isScored ? 'evaluations.evaluated' : 'evaluations.responsible'),
              heading: true,
              render: (one) => (
                <Button type="link" className="inline-link" onClick={() => choose(one.subject)}>
                  {named(one)}
                </Button>
              ),
            },
            ...(isScored
              ? [
                  {
                    key: 'total',
                    title: t('evaluations.total'),
                    align: 'right' as const,
                    render: ({ total }: Evaluation['subjects'][number]) => (total === null ? '' : figure(total)),
                  },
                  {
                    key: 'stage',
                    title: t('evaluations.stage'),
                    render: ({ stage }: Evaluation['subjects'][number]) => t(`evaluationStage.${stage}`),
                  },
                ]
              : [
                  {
                    key: 'item',
                    title: t('evaluations.item'),
                    render: ({ late }: Evaluation['subjects'][number]) => late?.item ?? '',
                  },
                  {
                    key: 'minutes',
                    title: t('evaluations.lateBy'),
                    render: ({ late }: Evaluation['subjects'][number]) =>
                      late ? t('evaluations.minutes', { count: late.minutes }) : '',
                  },
                  {
                    key: 'explained',
                    title: t('evaluations.explanation'),
                    render: ({ explanation }: Evaluation['subjects'][number]) =>
                      t(explanation ? 'evaluations.explained' : 'evaluations.notExplained'),
                  },
                  {
                    key: 'decided',
                    title: t('evaluations.decision'),
                    render: ({ consequences }: Evaluation['subjects'][number]) =>
                      consequences
                        .map(({ verdict }) => t(verdict ? `evaluationVerdict.${verdict}` : 'evaluations.undecided'))
                        .join(t('common.listSeparator')),
                  },
                ]),
          ]}
        />
      ) : null}
      {hidden > 0 ? <p className="muted small none-yet">{t('evaluations.hidden', { count: hidden })}</p> : null}
    </Section>
  );
}

function Chooser({
  evaluation,
  value,
  choose,
}: {
  evaluation: Evaluation;
  value: string;
  choose: (subject: string) => void;
}): ReactNode {
  const { t } = useTranslation();
  const named = useNamed();
  return (
    <div className="toolbar">
      <Select<string>
        aria-label={t('evaluations.whose')}
        value={value}
        onChange={choose}
        showSearch={{ optionFilterProp: 'label' }}
        style={{ flex: '1 1 200px', maxWidth: 320 }}
        options={evaluation.subjects.map((one) => ({
          value: one.subject,
          label: one.late ? t('evaluations.lateOf', { who: named(one), item: one.late.item }) : named(one),
        }))}
      />
    </div>
  );
}

/** What the recorded figures were made of. */
function Gathered({ evaluation }: { evaluation: Evaluation }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { gathered, zone, agreement } = evaluation;
  if (!gathered) return null;
  return (
    <Section title={t('evaluations.gathered')}>
      <p className="muted small none-yet">
        {t('evaluations.gatheredAt', { at: format.instant(gathered.at, zone) })}
        {gathered.expected === null
          ? ''
          : t('evaluations.surveysOf', { count: gathered.surveys.length, expected: gathered.expected })}
      </p>
      {gathered.surveys.length > 0 ? (
        <ul className="plain-list">
          {gathered.surveys.map((source) => (
            <li key={source.reference}>
              <SourceLink agreementId={agreement.id} source={source} />
            </li>
          ))}
        </ul>
      ) : null}
    </Section>
  );
}
