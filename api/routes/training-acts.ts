import { ACT_ANSWERS } from '../act-answer.ts';
import { brought, written } from '../life/acting.ts';
import { route } from '../route.ts';
import { trainingAct } from '../trainings/acting.ts';
import * as bodies from '../trainings/bodies.ts';
import { assertPeople } from '../trainings/planning.ts';
import { completion } from '../trainings/completion.ts';
import { trainingParams } from '../trainings/schema.ts';

const PATH = '/agreements/{id}/trainings/{training}';
const ACT = { method: 'post', access: 'agreements.act', params: trainingParams, answers: ACT_ANSWERS } as const;

export const postTrainingDay = route({
  ...ACT,
  id: 'rescheduleTraining',
  path: `${PATH}/reschedule`,
  summary: 'Give it another day; everybody is invited anew',
  body: bodies.rescheduleBody,
  handle: (context) => {
    const { plannedOn, reason } = context.body;
    return trainingAct(context, () => ({ ...written({ reason }), command: { type: 'reschedule', plannedOn } }));
  },
});

export const postEnrolment = route({
  ...ACT,
  id: 'enrolTrainees',
  path: `${PATH}/enrol`,
  summary: 'Put people of the directory on its list; they are invited',
  body: bodies.enrolBody,
  handle: (context) => {
    const { trainees } = context.body;
    return trainingAct(context, async () => {
      await assertPeople(
        context.deps,
        trainees.map((personId, index) => ({ personId, path: `trainees[${String(index)}]` })),
      );
      return { command: { type: 'enrol', trainees } };
    });
  },
});

export const postTraineeWithdrawal = route({
  ...ACT,
  id: 'withdrawTrainee',
  path: `${PATH}/withdraw`,
  summary: 'Take somebody off its list, with the reason: nothing waits for them any more',
  body: bodies.withdrawBody,
  handle: (context) => {
    const { trainee, reason } = context.body;
    return trainingAct(context, () => ({ ...written({ reason }), command: { type: 'withdraw', trainee } }));
  },
});

export const postTrainingHeld = route({
  ...ACT,
  id: 'holdTraining',
  path: `${PATH}/hold`,
  summary: 'Enter that it was held, and who was there; again, when those who failed were trained once more',
  body: bodies.holdBody,
  handle: (context) => {
    const { heldOn, attended } = context.body;
    return trainingAct(context, () => ({ command: { type: 'hold', heldOn, attended } }));
  },
});

export const postExamination = route({
  ...ACT,
  id: 'examineTrainees',
  path: `${PATH}/examine`,
  summary: 'Enter marks; whoever reaches the pass mark gets a certificate where the contract knows one',
  body: bodies.examineBody,
  handle: (context) => {
    const { examinedOn, results } = context.body;
    return trainingAct(context, () => ({ command: { type: 'examine', examinedOn, results } }));
  },
});

export const postTrainingFeedback = route({
  ...ACT,
  id: 'giveTrainingFeedback',
  path: `${PATH}/feedback`,
  summary: 'What a trainee thought of it, from 1 to 5, with their words',
  body: bodies.feedbackBody,
  handle: (context) => {
    const { trainee, score, text } = context.body;
    return trainingAct(context, () => ({
      ...written({ details: text }),
      command: { type: 'feedback', trainee, score },
    }));
  },
});

export const postTrainingCompletion = route({
  ...ACT,
  id: 'completeTraining',
  path: `${PATH}/complete`,
  summary: 'Its record is whole; the duty that it serves is handed in once nothing of its checklist is missing',
  files: 'too',
  body: bodies.completeBody,
  handle: (context) => {
    const { note, parts, handIn } = context.body;
    return trainingAct(context, async (process) => ({
      ...written({ note }),
      command: {
        type: 'complete',
        ...(await completion(context.deps.database, process, { parts, handIn })),
        documents: brought(context),
      },
    }));
  },
});

export const postTrainingCancellation = route({
  ...ACT,
  id: 'cancelTraining',
  path: `${PATH}/cancel`,
  summary: 'Call it off, with the reason; its trainees are told',
  body: bodies.cancelTrainingBody,
  handle: (context) =>
    trainingAct(context, () => ({ ...written({ reason: context.body.reason }), command: { type: 'cancel' } })),
});
