import { ACT_ANSWERS } from '../act-answer.ts';
import { caseAct } from '../cases/acting.ts';
import * as bodies from '../cases/bodies.ts';
import { caseParams } from '../cases/schema.ts';
import { demandTrained } from '../cases/trained.ts';
import { demandKnown } from '../improvements/acting.ts';
import { knownDimensions } from '../improvements/dimensions.ts';
import { written } from '../life/acting.ts';
import { belongingOf, findCase } from '../process/rows.ts';
import { type RouteContext, route } from '../route.ts';

const PATH = '/agreements/{id}/cases/{case}';
const ACT = { method: 'post', access: 'cases.act', params: caseParams, answers: ACT_ANSWERS } as const;

export const postCaseResponse = route({
  ...ACT,
  id: 'respondToCase',
  path: `${PATH}/respond`,
  summary: 'The first response of whoever handles it; an automatic receipt is none. Its words go to the customer',
  body: bodies.saidBody,
  handle: (context) =>
    caseAct(context, () => ({ ...written({ details: context.body.details }), command: { type: 'respond' } })),
});

export const postCaseRecord = route({
  ...ACT,
  id: 'recordCase',
  path: `${PATH}/record`,
  summary: 'Write sections of its record: what was reported, what was done, what came of it',
  files: 'too',
  body: bodies.recordBody,
  handle: (context) => {
    const { content, process, result } = context.body;
    return caseAct(context, () => ({
      ...written({ content, process, result }),
      command: {
        type: 'record',
        content: content !== undefined,
        process: process !== undefined,
        result: result !== undefined,
      },
    }));
  },
});

export const postCaseForward = route({
  ...ACT,
  id: 'forwardCase',
  path: `${PATH}/forward`,
  summary: 'Pass it on to another seat, or to a `department` that is named in the note',
  body: bodies.forwardBody,
  handle: (context) => {
    const { to, note } = context.body;
    return caseAct(context, async (process) => {
      const { input } = process;
      demandKnown('to', to, [...input.seats, ...input.parties, ...Object.keys(input.seatParties), 'department']);
      await demandTrained(context.deps, process, to);
      return { ...written({ note }), command: { type: 'forward', to } };
    });
  },
});

export const postCaseAssignment = route({
  ...ACT,
  id: 'assignCase',
  path: `${PATH}/assign`,
  summary: 'Have somebody do it: a seat, somebody of the directory, or `person`, who is named in the note',
  body: bodies.assignBody,
  handle: (context) => {
    const { to, qualified, note } = context.body;
    return caseAct(context, async (process) => {
      const { input } = process;
      const persons = to.startsWith('person:') ? await knownPerson(context, to) : ['person'];
      demandKnown('to', to, [...input.seats, ...input.parties, ...Object.keys(input.seatParties), ...persons]);
      await demandTrained(context.deps, process, to);
      return { ...written({ note }), command: { type: 'assign', to, qualified } };
    });
  },
});

async function knownPerson({ deps }: Pick<RouteContext, 'deps'>, to: string): Promise<string[]> {
  const id = to.slice('person:'.length);
  if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return [];
  return (await deps.database.person.count({ where: { id, erasedAt: null } })) === 1 ? [to] : [];
}

export const postCaseProgress = route({
  ...ACT,
  id: 'tellCaseProgress',
  path: `${PATH}/progress`,
  summary: 'Tell the customer how it stands',
  body: bodies.saidBody,
  handle: (context) =>
    caseAct(context, () => ({ ...written({ details: context.body.details }), command: { type: 'progress' } })),
});

export const postCaseNote = route({
  ...ACT,
  id: 'noteCase',
  path: `${PATH}/note`,
  summary: 'Write something down; no clock stops',
  files: 'too',
  body: bodies.noteBody,
  handle: (context) => caseAct(context, () => ({ ...written({ note: context.body.note }), command: { type: 'note' } })),
});

export const postCasePause = route({
  ...ACT,
  id: 'pauseCase',
  path: `${PATH}/pause`,
  summary: 'Let its clocks stand still for a reason that the contract knows; the customer is told and may contest it',
  files: 'too',
  body: bodies.pauseBody,
  handle: (context) => {
    const { why, reason } = context.body;
    return caseAct(context, () => ({ ...written({ reason }), command: { type: 'pause', reason: why } }));
  },
});

export const postCaseResumption = route({
  ...ACT,
  id: 'resumeCase',
  path: `${PATH}/resume`,
  summary: 'Let its clocks run again',
  body: bodies.plainBody,
  handle: (context) =>
    caseAct(context, () => ({ ...written({ note: context.body.note }), command: { type: 'resume' } })),
});

export const postCasePlan = route({
  ...ACT,
  id: 'planCase',
  path: `${PATH}/plan`,
  summary: 'Put a plan of the service to the customer, who confirms it or wants it changed',
  body: bodies.saidBody,
  handle: (context) =>
    caseAct(context, () => ({ ...written({ details: context.body.details }), command: { type: 'plan' } })),
});

export const postCasePlanVerdict = route({
  ...ACT,
  id: 'confirmCasePlan',
  path: `${PATH}/confirm`,
  summary: 'Enter what the customer said of the plan',
  body: bodies.verdictBody,
  handle: (context) => {
    const { verdict, note } = context.body;
    return caseAct(context, () => ({ ...written({ note }), command: { type: 'confirm', verdict } }));
  },
});

export const postCaseExecution = route({
  ...ACT,
  id: 'executeCase',
  path: `${PATH}/execute`,
  summary: 'The plan was carried out',
  files: 'too',
  body: bodies.plainBody,
  handle: (context) =>
    caseAct(context, () => ({ ...written({ note: context.body.note }), command: { type: 'execute' } })),
});

export const postCaseResult = route({
  ...ACT,
  id: 'resolveCase',
  path: `${PATH}/resolve`,
  summary: 'The result is there; it goes to the customer as it is written',
  files: 'too',
  body: bodies.resolveBody,
  handle: (context) => {
    const { details, told } = context.body;
    return caseAct(context, () => ({ ...written({ details }), command: { type: 'resolve', told } }));
  },
});

export const postCaseResultTold = route({
  ...ACT,
  id: 'tellCaseResult',
  path: `${PATH}/tell-result`,
  summary: 'The customer has the result, otherwise than by our mail',
  body: bodies.plainBody,
  handle: (context) =>
    caseAct(context, () => ({ ...written({ note: context.body.note }), command: { type: 'tell-result' } })),
});

export const postCaseReopening = route({
  ...ACT,
  id: 'reopenCase',
  path: `${PATH}/reopen`,
  summary: 'Open it again for another round; what happened before stays',
  body: bodies.reasonBody,
  handle: (context) =>
    caseAct(context, () => ({ ...written({ reason: context.body.reason }), command: { type: 'reopen' } })),
});

export const postCaseOpinion = route({
  ...ACT,
  id: 'judgeCase',
  path: `${PATH}/judge`,
  summary: 'Enter what the customer thinks of the result',
  body: bodies.judgeBody,
  handle: (context) => {
    const { satisfied, score = null, note } = context.body;
    return caseAct(context, () => ({ ...written({ note }), command: { type: 'judge', satisfied, score } }));
  },
});

export const postCaseSolution = route({
  ...ACT,
  id: 'agreeCaseSolution',
  path: `${PATH}/agree-solution`,
  summary: 'A party agrees to the solution of a major case; both must',
  body: bodies.plainBody,
  handle: (context) =>
    caseAct(context, () => ({ ...written({ note: context.body.note }), command: { type: 'agree-solution' } })),
});

export const postCaseDecision = route({
  ...ACT,
  id: 'decideCaseSurvey',
  path: `${PATH}/decide`,
  summary: 'Of a major case: whether a special survey is held; declined with a reason',
  body: bodies.decideBody,
  handle: (context) => {
    const { specialSurvey, reason } = context.body;
    return caseAct(context, () => ({
      ...written({ reason }),
      command: { type: 'decide', specialSurvey, hasReason: reason !== undefined },
    }));
  },
});

export const postCaseClassification = route({
  ...ACT,
  id: 'classifyCase',
  path: `${PATH}/classify`,
  summary: 'Give it another severity, priority or category; clocks that run keep their length',
  body: bodies.classifyBody,
  handle: (context) => {
    const { severity, priority, category, note } = context.body;
    return caseAct(context, ({ input }) => {
      if (category !== undefined)
        demandKnown(
          'category',
          category,
          input.rules.categories.map(({ id }) => id),
        );
      return {
        ...written({ note }),
        command: {
          type: 'classify',
          ...(severity ? { severity } : {}),
          ...(priority ? { priority } : {}),
          ...(category === undefined ? {} : { category }),
        },
      };
    });
  },
});

export const postCaseReport = route({
  ...ACT,
  id: 'reportCase',
  path: `${PATH}/report`,
  summary: 'Report it to the department that is responsible for complaints',
  body: bodies.plainBody,
  handle: (context) =>
    caseAct(context, () => ({ ...written({ note: context.body.note }), command: { type: 'report' } })),
});

export const postCaseReportConfirmed = route({
  ...ACT,
  id: 'confirmCaseReport',
  path: `${PATH}/confirm-report`,
  summary: 'The responsible department confirms the report',
  body: bodies.plainBody,
  handle: (context) =>
    caseAct(context, () => ({ ...written({ note: context.body.note }), command: { type: 'confirm-report' } })),
});

export const postCaseLink = route({
  ...ACT,
  id: 'linkCase',
  path: `${PATH}/link`,
  summary: 'Say that it is a duplicate of another one, or that the same came again; nothing is linked by itself',
  body: bodies.linkBody,
  handle: (context) => {
    const { deps, params, body } = context;
    return caseAct(context, async () => {
      const other = await findCase(deps.database, params.id, body.of);
      return { command: { type: 'link', relation: body.relation, of: other.row.reference } };
    });
  },
});

export const postCaseContest = route({
  ...ACT,
  id: 'contestCase',
  path: `${PATH}/contest`,
  summary: 'The customer that is a party corrects its information, or says that it is right',
  files: 'too',
  body: bodies.contestBody,
  handle: (context) => {
    const { corrected, note } = context.body;
    return caseAct(context, () => ({ ...written({ note }), command: { type: 'contest', corrected } }));
  },
});

export const postCaseImprovement = route({
  ...ACT,
  id: 'improveCase',
  path: `${PATH}/improve`,
  summary: 'Make an improvement of its cause; the customer is answered in the end',
  body: bodies.improveBody,
  handle: (context) => {
    const { deps, params, body } = context;
    const { title, details, dimension = null } = body;
    return caseAct(context, async ({ state }) => {
      if (dimension !== null) {
        demandKnown(
          'dimension',
          dimension,
          await knownDimensions(deps.database, await belongingOf(deps.database, params.id)),
        );
      }
      const finding = `finding-${String(state.findings.length + 1)}`;
      return { ...written({ topic: title, details }), command: { type: 'improve', finding, dimension } };
    });
  },
});

export const postCaseClosing = route({
  ...ACT,
  id: 'closeCase',
  path: `${PATH}/close`,
  summary: 'Close it, where nothing is missing',
  body: bodies.closeBody,
  handle: (context) => {
    const { opinionNotGiven, note } = context.body;
    return caseAct(context, () => ({ ...written({ note }), command: { type: 'close', opinionNotGiven } }));
  },
});
