import { Form, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import { todayIn } from '../../app/moment.ts';
import type { Agreement } from '../../wire.ts';
import type { ActForm, Field } from '../process/act-dialog.tsx';
import type { Trainee, Training, TrainingAct } from './training.ts';

const hasPassed = ({ attempts }: Trainee): boolean => attempts.some(({ passed }) => passed);
const MARK = /^\d{1,4}(?:\.\d{1,4})?$/;

/** What each act on a session asks for. */
export function useTrainingForms(agreement: Agreement, training: Training): (act: TrainingAct) => ActForm {
  const { t } = useTranslation();
  const format = useFormat();
  const [marks, setMarks] = useState<Record<string, string>>({});
  const today = todayIn(agreement.zone);
  const { provides } = training;
  const taking = training.trainees.filter(({ withdrawn }) => !withdrawn);
  const people = (list: Trainee[]) =>
    list.map(({ personId, name }) => ({ value: personId, label: name ?? personId.slice(0, 8) }));
  const reason: Field = { name: 'reason', label: t('trainings.reason'), type: 'area', required: true };
  const isAgain = training.heldOn.length > 0;
  // Again come those who failed or were away.
  const expected = isAgain
    ? taking.filter((one) => one.attendedOn.length === 0 || (one.attempts.length > 0 && !hasPassed(one)))
    : taking;
  const examined = taking.filter((one) => one.attendedOn.length > 0 && !hasPassed(one) && !one.mustRetrain);
  const given = examined.flatMap(({ personId }) => {
    const score = (marks[personId] ?? '').trim();
    return score === '' ? [] : [{ trainee: personId, score }];
  });
  const others = training.checklist.filter(({ topic }) => !topic);
  const specifics: Record<TrainingAct, Omit<ActForm, 'path' | 'title' | 'capacities'>> = {
    hold: {
      explained: t(isAgain ? 'trainings.holdAgainExplained' : 'trainings.holdExplained'),
      fields: [
        { name: 'heldOn', label: t('trainings.heldOn'), type: 'date', required: true, initial: today },
        {
          name: 'attended',
          label: t('trainings.wereThere'),
          type: 'many',
          required: true,
          initial: expected.map(({ personId }) => personId),
          options: people(isAgain ? expected : taking),
        },
      ],
    },
    examine: {
      explained: provides.passMark === null ? '' : t('trainings.examineExplained', { mark: provides.passMark }),
      fields: [{ name: 'examinedOn', label: t('trainings.examinedOn'), type: 'date', required: true, initial: today }],
      toFields: (values) => ({ ...values, results: given }),
      extra: {
        isComplete: given.length > 0 && given.every(({ score }) => MARK.test(score)),
        node: (checked) => <Marks people={examined} marks={marks} change={setMarks} checked={checked} />,
      },
    },
    complete: {
      explained: t('trainings.completeExplained'),
      fields: [
        ...(others.length === 0
          ? []
          : [
              {
                name: 'parts',
                label: t('trainings.parts'),
                type: 'many' as const,
                initial: others.map(({ part }) => part.id),
                options: others.map(({ part }) => ({ value: part.id, label: format.text(part.title) })),
              },
            ]),
        ...(training.serves
          ? [
              {
                name: 'handIn',
                label: t('trainings.handIn', { what: format.text(training.serves.obligation.title) }),
                type: 'flag' as const,
                initial: training.checklist.every(({ topic, taught, mayOmit }) => !topic || taught || mayOmit),
                help: t('trainings.handInHelp'),
              },
            ]
          : []),
        { name: 'note', label: t('trainings.note'), type: 'area' },
      ],
      files: 'may',
      toFields: ({ parts, handIn, ...said }) => ({
        ...said,
        ...(parts === undefined ? {} : { parts: JSON.stringify(parts) }),
        ...(handIn === undefined ? {} : { handIn: JSON.stringify(handIn) }),
      }),
    },
    enrol: { fields: [{ name: 'trainees', label: t('trainings.trainees'), type: 'people', required: true }] },
    withdraw: {
      fields: [
        { name: 'trainee', label: t('trainings.trainee'), type: 'select', required: true, options: people(taking) },
        reason,
      ],
    },
    feedback: {
      fields: [
        {
          name: 'trainee',
          label: t('trainings.trainee'),
          type: 'select',
          required: true,
          options: people(taking.filter(({ attendedOn, feedback }) => attendedOn.length > 0 && feedback === null)),
        },
        {
          name: 'score',
          label: t('trainings.feedbackScore'),
          type: 'integer',
          required: true,
          max: 5,
          help: t('trainings.feedbackScale'),
        },
        { name: 'text', label: t('trainings.feedbackText'), type: 'area', max: 20_000 },
      ],
    },
    reschedule: {
      fields: [
        {
          name: 'plannedOn',
          label: t('trainings.plannedOn'),
          type: 'date',
          required: true,
          initial: training.plannedOn,
        },
        reason,
      ],
    },
    cancel: { fields: [reason], danger: true },
  };
  return (act) => ({
    path: `/trainings/${encodeURIComponent(training.id)}/${act}`,
    title: t(`trainingAct.${act === 'hold' && isAgain ? 'holdAgain' : act}`),
    capacities: training.as[act] ?? [],
    ...specifics[act],
  });
}

function Marks({
  people,
  marks,
  change,
  checked,
}: {
  people: Trainee[];
  marks: Record<string, string>;
  change: (marks: Record<string, string>) => void;
  checked: boolean;
}): ReactNode {
  const { t } = useTranslation();
  const isNone = people.every(({ personId }) => (marks[personId] ?? '').trim() === '');
  return (
    <fieldset className="row">
      <legend>{t('trainings.marks')}</legend>
      {people.length === 0 ? <div className="muted">{t('trainings.nobodyToExamine')}</div> : null}
      {people.map(({ personId, name }) => {
        const mark = (marks[personId] ?? '').trim();
        const isWrong = mark !== '' && !MARK.test(mark);
        return (
          <Form.Item
            key={personId}
            label={name ?? personId.slice(0, 8)}
            htmlFor={`mark-${personId}`}
            validateStatus={isWrong ? 'error' : ''}
            help={isWrong ? t('trainings.markWrong') : undefined}
          >
            <Input
              id={`mark-${personId}`}
              inputMode="decimal"
              style={{ width: 120 }}
              value={marks[personId] ?? ''}
              onChange={(event) => change({ ...marks, [personId]: event.target.value })}
            />
          </Form.Item>
        );
      })}
      {checked && isNone ? <div className="late">{t('trainings.marksMissing')}</div> : null}
    </fieldset>
  );
}
