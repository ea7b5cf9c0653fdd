import { Alert, Tag } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { Facts } from '../../app/facts.tsx';
import { useFormat } from '../../app/format.ts';
import { Records } from '../../app/records.tsx';
import type { Agreement, AgreementEvent } from '../../wire.ts';
import { PendingCommandAlerts, usePendingCommands } from '../agreement/pending-commands.tsx';
import { Section } from '../life/section.tsx';
import { ActDialog } from '../process/act-dialog.tsx';
import { Attachments } from '../process/attachments.tsx';
import { Happened } from '../process/happened.tsx';
import { ActButtons, ProcessHead, ProcessPage } from '../process/process-page.tsx';
import { CertificateButtons } from './certificate-buttons.tsx';
import { TRAINING_ACTS, type Trainee, type Training, type TrainingAct, useTraining } from './training.ts';
import { useTrainingForms } from './training-forms.tsx';
import { TrainingTags } from './training-status.tsx';

/** One session: who was there, who passed, who is trained again, and what may be done now. */
export function TrainingPage(): ReactNode {
  const { t } = useTranslation();
  const { id = '', training: trainingId = '' } = useParams();
  const training = useTraining(id, trainingId);
  return (
    <ProcessPage agreementId={id} tab="trainings" back={t('trainings.toList')} process={training}>
      {(agreement, training) => <TrainingDesk key={trainingId} agreement={agreement} training={training} />}
    </ProcessPage>
  );
}

interface Props {
  agreement: Agreement;
  training: Training;
}

function TrainingDesk({ agreement, training }: Props): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const commands = usePendingCommands(agreement.id);
  const [act, setAct] = useState<TrainingAct | null>(null);
  const formOf = useTrainingForms(agreement, training);
  const happened = useHappened(training);
  const list = (titles: { title: { zh: string; en: string } }[]): string =>
    titles.map(({ title }) => format.text(title)).join(t('common.listSeparator'));
  const title = t('trainings.titleOf', {
    what: format.text(training.training.title),
    on: format.date(training.plannedOn),
  });
  const possible = TRAINING_ACTS.filter((one) => training.can.includes(one));
  const { provides, serves } = training;
  const facts: [string, string][] = [
    [t('trainings.topics'), list(training.topics)],
    [t('trainings.plannedOn'), format.date(training.plannedOn)],
    ...(training.heldOn.length > 0
      ? [
          [t('trainings.heldOn'), training.heldOn.map((on) => format.date(on)).join(t('common.listSeparator'))] as [
            string,
            string,
          ],
        ]
      : []),
    ...(training.mode ? [[t('trainings.mode'), format.text(training.mode.title)] as [string, string]] : []),
    ...(training.methods.length > 0 ? [[t('trainings.methods'), list(training.methods)] as [string, string]] : []),
    [t('trainings.organiser'), format.text(training.organiser.title)],
    ...(provides.passMark === null ? [] : [[t('trainings.passMark'), provides.passMark] as [string, string]]),
    ...(serves ? [[t('trainings.serves'), format.text(serves.obligation.title)] as [string, string]] : []),
    ...(training.note ? [[t('trainings.note'), training.note] as [string, string]] : []),
    ...(training.reason ? [[t('trainings.reason'), training.reason] as [string, string]] : []),
  ];
  return (
    <>
      <ProcessHead title={title} of={agreement} tags={<TrainingTags {...training} />} />
      <Alert
        showIcon
        type={training.overdue ? 'error' : training.status === 'closed' ? 'success' : 'info'}
        title={
          <strong>
            {t(`trainingStands.${training.status}`, {
              who: format.text(training.organiser.title),
              on: format.date(training.plannedOn),
            })}
          </strong>
        }
        description={
          training.next ? (
            <span className={training.overdue ? 'late small' : 'small'}>
              {t(`trainingNext.${training.next.what}`, {
                by: format.due(training.next.dueAt, training.next.localDate),
              })}
            </span>
          ) : undefined
        }
      />
      <PendingCommandAlerts agreementId={agreement.id} commands={commands} />
      <ActButtons
        acts={possible}
        label={(one) => t(`trainingAct.${one === 'hold' && training.heldOn.length > 0 ? 'holdAgain' : one}`)}
        isGrave={(one) => one === 'cancel'}
        open={setAct}
      />
      <section className="panel stack">
        <Section title={format.text(training.training.title)} clauses={training.clauses}>
          <Facts facts={facts} />
        </Section>
        <Section title={t('trainings.trainees')}>
          <Trainees agreement={agreement} training={training} />
        </Section>
        {training.checklist.length > 0 ? (
          <Section title={t('trainings.checklist')}>
            <ul className="plain-list">
              {training.checklist.map(({ part, topic, taught, mayOmit }) => (
                <li key={part.id}>
                  {format.text(part.title)}{' '}
                  {topic ? (
                    <Tag color={taught ? 'green' : 'default'}>
                      {t(taught ? 'trainings.taught' : 'trainings.notTaught')}
                    </Tag>
                  ) : null}
                  {mayOmit ? <span className="muted small">{t('trainings.mayOmit')}</span> : null}
                </li>
              ))}
            </ul>
          </Section>
        ) : null}
        {training.documents.length > 0 ? (
          <Section title={t('trainings.documents')}>
            <Attachments agreementId={agreement.id} documents={training.documents} />
          </Section>
        ) : null}
        <Happened agreement={agreement} events={training.events} title={t('trainings.happened')} sentence={happened} />
      </section>
      {act ? (
        <ActDialog
          key={act}
          agreementId={agreement.id}
          form={formOf(act)}
          close={() => setAct(null)}
          done={commands.done}
        />
      ) : null}
    </>
  );
}

function Trainees({ agreement, training }: Props): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const isExamined = training.provides.passMark !== null;
  const days = (list: string[]): string => list.map((on) => format.date(on)).join(t('common.listSeparator'));
  return (
    <Records
      label={t('trainings.trainees')}
      rows={training.trainees}
      rowKey={({ personId }) => personId}
      empty={t('trainings.nobodyYet')}
      columns={[
        {
          key: 'name',
          title: t('trainings.trainee'),
          heading: true,
          render: ({ name, personId, withdrawn }) => (
            <>
              {name ?? personId.slice(0, 8)} {withdrawn ? <Tag>{t('trainings.withdrawn')}</Tag> : null}
            </>
          ),
        },
        {
          key: 'attended',
          title: t('trainings.attendedOn'),
          render: ({ attendedOn }) =>
            attendedOn.length === 0 ? <span className="muted">{t('trainings.notThere')}</span> : days(attendedOn),
        },
        ...(isExamined
          ? [
              {
                key: 'attempts',
                title: t('trainings.marks'),
                render: ({ attempts }: Trainee) =>
                  attempts.map(({ examinedOn, score, passed }) => (
                    <div key={examinedOn}>
                      <span className="amount">{score}</span>{' '}
                      <Tag color={passed ? 'green' : 'red'}>{t(passed ? 'trainings.pass' : 'trainings.fail')}</Tag>
                      <span className="muted small">{format.date(examinedOn)}</span>
                    </div>
                  )),
              },
              {
                key: 'next',
                title: t('trainings.next'),
                render: (one: Trainee) => <Next trainee={one} />,
              },
            ]
          : []),
        ...(training.provides.certificate
          ? [
              {
                key: 'certificate',
                title: t('trainings.certificate'),
                render: ({ certificate, personId }: Trainee) =>
                  certificate ? (
                    <>
                      <div>{certificate.number}</div>
                      <CertificateButtons
                        agreementId={agreement.id}
                        training={training.id}
                        trainee={personId}
                        number={certificate.number}
                      />
                    </>
                  ) : (
                    ''
                  ),
              },
            ]
          : []),
        ...(training.provides.feedback
          ? [
              {
                key: 'feedback',
                title: t('trainings.feedback'),
                render: ({ feedback }: Trainee) =>
                  feedback ? (
                    <>
                      {t('trainings.feedbackOf', { score: feedback.score })}
                      {feedback.text ? <div className="small said">{feedback.text}</div> : null}
                    </>
                  ) : (
                    ''
                  ),
              },
            ]
          : []),
      ]}
    />
  );
}

function Next({ trainee }: { trainee: Trainee }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { examDue, examOverdue, retakeDue, retakeOverdue, mustRetrain, withdrawn } = trainee;
  if (withdrawn) return '';
  return (
    <>
      {retakeDue ? (
        <div className={retakeOverdue ? 'late' : ''}>
          {t('trainingNext.retake', { by: format.date(retakeDue.localDate) })}
        </div>
      ) : mustRetrain ? (
        <div>{t('trainings.retrainFirst')}</div>
      ) : null}
      {examDue ? (
        <div className={examOverdue ? 'late' : ''}>
          {t('trainingNext.exam', { by: format.date(examDue.localDate) })}
        </div>
      ) : null}
    </>
  );
}

/** What happened to a session, as a sentence; people by name for those who may read it. */
function useHappened(training: Training): (event: AgreementEvent) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = (id: string): string =>
    training.trainees.find(({ personId }) => personId === id)?.name ?? id.slice(0, 8);
  const people = (value: unknown): string =>
    (Array.isArray(value) ? (value as string[]) : []).map(nameOf).join(t('common.listSeparator'));
  return ({ type, data }) => {
    const text = (value: unknown): string => (typeof value === 'string' ? value : '');
    const due = (data.examDue ?? data.due) as { localDate?: string } | undefined;
    const day = text(data.heldOn) || text(data.examinedOn) || text(data.issuedOn);
    const absent = people(data.absent);
    const sentence = t(`trainingEvent.${type}`, {
      who: text(data.trainee) === '' ? people(data.trainees ?? data.attended) : nameOf(text(data.trainee)),
      on: day === '' ? '' : format.date(day),
      by: due?.localDate ? format.date(due.localDate) : '',
      score: text(data.score) || (typeof data.score === 'number' ? String(data.score) : ''),
      mark: text(data.passMark),
      number: text(data.number),
    });
    return absent === '' ? sentence : sentence + t('trainings.absent', { who: absent });
  };
}
