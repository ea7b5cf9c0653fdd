import { given } from '../../domain/fields.ts';
import { hasEnded } from '../../domain/improvement/standing.ts';
import { ACT_ANSWERS } from '../act-answer.ts';
import { demandKnown, improvementAct } from '../improvements/acting.ts';
import * as bodies from '../improvements/bodies.ts';
import { reachable } from '../improvements/answering.ts';
import { knownDimensions } from '../improvements/dimensions.ts';
import { improvementParams } from '../improvements/schema.ts';
import { brought, written } from '../life/acting.ts';
import { Problem } from '../problem.ts';
import { belongingOf, findImprovement } from '../process/rows.ts';
import { route } from '../route.ts';

const PATH = '/agreements/{id}/improvements/{improvement}';
const ACT = { method: 'post', access: 'agreements.act', params: improvementParams, answers: ACT_ANSWERS } as const;

export const postClassification = route({
  ...ACT,
  id: 'classifyFinding',
  path: `${PATH}/classify`,
  summary: 'Category, severity and department; the priority follows by the stated rule',
  body: bodies.classifyBody,
  handle: (context) => {
    const { category = null, severity, department, note } = context.body;
    return improvementAct(context, ({ input: { rules } }) => {
      if (category !== null) demandKnown('category', category, rules.categories);
      return {
        ...written({ note }),
        command: { type: 'classify', category, ...given({ severity, department }) },
      };
    });
  },
});

export const postMerge = route({
  ...ACT,
  id: 'mergeFinding',
  path: `${PATH}/merge`,
  summary: 'Let it join another finding, which bears its frequency and its customers from now on',
  body: bodies.mergeBody,
  handle: (context) => {
    const { deps, params, body } = context;
    return improvementAct(context, async () => {
      const { row, state } = await findImprovement(deps.database, params.id, body.into);
      if (hasEnded(state)) throw new Problem('finding-closed', { message: `${row.reference} is ${state.status}` });
      return { ...written({ reason: body.reason }), command: { type: 'merge', into: row.reference } };
    });
  },
});

export const postDismissal = route({
  ...ACT,
  id: 'dismissFinding',
  path: `${PATH}/dismiss`,
  summary: 'Take no measure, with the reason',
  body: bodies.dismissBody,
  handle: (context) =>
    improvementAct(context, () => ({
      ...written({ reason: context.body.reason }),
      command: { type: 'dismiss' },
    })),
});

export const postCause = route({
  ...ACT,
  id: 'recordCause',
  path: `${PATH}/investigate`,
  summary: 'Write down the cause, where it has a date of its own, before the plan',
  files: 'too',
  body: bodies.causeBody,
  handle: (context) =>
    improvementAct(context, () => ({
      ...written({ cause: context.body.cause }),
      command: { type: 'investigate', documents: brought(context) },
    })),
});

export const postImprovementPlan = route({
  ...ACT,
  id: 'planImprovement',
  path: `${PATH}/plan`,
  summary: 'Hand in the plan: cause, goal, measures with owner and date each; again, it replaces the version before',
  files: 'too',
  body: bodies.planBody,
  handle: (context) => {
    const { deps, params, body } = context;
    const { cause, goal, measures, note } = body;
    return improvementAct(context, async ({ state, input: { rules } }) => {
      if (goal !== null && goal.dimension !== state.finding.dimension) {
        const known = await knownDimensions(deps.database, await belongingOf(deps.database, params.id));
        demandKnown('goal.dimension', goal.dimension, known);
      }
      for (const [index, { kind }] of measures.entries()) {
        demandKnown(`measures[${String(index)}].kind`, kind, [...rules.measureTypes, 'other']);
      }
      const ids = measures.map((_, index) => `measure-${String(index + 1)}`);
      const words = measures.map(
        ({ what, expected }, index) => [ids[index], { what, ...given({ expected }) }] as const,
      );
      return {
        ...written({ cause, note, measures: Object.fromEntries(words) }),
        command: {
          type: 'plan',
          hasCause: cause !== undefined,
          goal,
          measures: measures.map(({ kind, owner, dueOn }, index) => ({ id: ids[index] ?? '', kind, owner, dueOn })),
          documents: brought(context),
        },
      };
    });
  },
});

export const postPlanApproval = route({
  ...ACT,
  id: 'approveImprovementPlan',
  path: `${PATH}/approve`,
  summary: 'Approve the version of the plan that was shown',
  body: bodies.approvePlanBody,
  handle: (context) =>
    improvementAct(context, () => ({ command: { type: 'approve-plan', version: context.body.version } })),
});

export const postPlanRejection = route({
  ...ACT,
  id: 'rejectImprovementPlan',
  path: `${PATH}/reject`,
  summary: 'Send the plan back, with what is to be changed, point by point',
  body: bodies.rejectPlanBody,
  handle: (context) => {
    const { version, points } = context.body;
    return improvementAct(context, () => ({
      ...written({ points }),
      command: { type: 'reject-plan', version, pointCount: points.length },
    }));
  },
});

export const postCompletion = route({
  ...ACT,
  id: 'completeMeasure',
  path: `${PATH}/complete`,
  summary: 'Say that a measure is done, with evidence',
  files: 'too',
  body: bodies.completeBody,
  handle: (context) => {
    const { measure, note } = context.body;
    return improvementAct(context, () => ({
      ...written({ note }),
      command: { type: 'complete', measure, documents: brought(context) },
    }));
  },
});

export const postCheck = route({
  ...ACT,
  id: 'checkImprovement',
  path: `${PATH}/check`,
  summary: 'Look at how the measures go: somebody other than their owners',
  files: 'too',
  body: bodies.checkBody,
  handle: (context) => {
    const { verdict, note } = context.body;
    return improvementAct(context, () => ({
      ...written({ note }),
      command: { type: 'check', verdict, documents: brought(context) },
    }));
  },
});

export const postVerification = route({
  ...ACT,
  id: 'verifyEffect',
  path: `${PATH}/verify`,
  summary: 'Say by evidence whether the effect is there, where no cycle measures it; not reached: a new round begins',
  files: 'too',
  body: bodies.verifyBody,
  handle: (context) => {
    const { verdict, note } = context.body;
    return improvementAct(context, () => ({
      ...written({ note }),
      command: { type: 'verify', verdict, documents: brought(context) },
    }));
  },
});

export const postCustomerAnswer = route({
  ...ACT,
  id: 'answerCustomers',
  path: `${PATH}/answer-customers`,
  summary:
    'Give those who raised it the result: by mail whoever has an address, the others in another way, which this records',
  body: bodies.answerBody,
  handle: (context) => {
    const { deps, body } = context;
    const { customers, text } = body;
    return improvementAct(context, async ({ state: { finding, answeredCustomers } }) => {
      for (const [index, customer] of (customers ?? []).entries()) {
        demandKnown(`customers[${String(index)}]`, customer, finding.raisedBy);
      }
      const waiting = finding.raisedBy.filter((customer) => !answeredCustomers.includes(customer));
      const answered = customers ?? waiting;
      const mail = body.mail ? await reachable(deps.database, answered) : [];
      return {
        ...written({ details: text }),
        command: { type: 'answer-customers', customers: answered, ...(mail.length > 0 ? { mail } : {}) },
      };
    });
  },
});

export const postCustomerVerdict = route({
  ...ACT,
  id: 'enterCustomerVerdict',
  path: `${PATH}/customer-verdict`,
  summary: 'Enter what a customer says to the answer',
  body: bodies.verdictBody,
  handle: (context) => {
    const { customer, satisfied, note } = context.body;
    return improvementAct(context, ({ state: { answeredCustomers } }) => {
      demandKnown('customer', customer, answeredCustomers);
      return { ...written({ note }), command: { type: 'customer-verdict', customer, satisfied } };
    });
  },
});

export const postResults = route({
  ...ACT,
  id: 'publishResults',
  path: `${PATH}/publish`,
  summary: 'Publish results and status to staff, without customers’ names',
  files: 'too',
  body: bodies.publicationBody,
  handle: (context) =>
    improvementAct(context, () => ({
      ...written({ details: context.body.text }),
      command: { type: 'publish-results', documents: brought(context) },
    })),
});

export const postImprovementClose = route({
  ...ACT,
  id: 'closeImprovement',
  path: `${PATH}/close`,
  summary: 'Close what has all that the contract asks for',
  body: bodies.closeImprovementBody,
  handle: (context) =>
    improvementAct(context, () => ({ ...written({ note: context.body.note }), command: { type: 'close' } })),
});
