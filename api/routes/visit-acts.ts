import { agreementClocks } from '../../activities/agreement-clocks.ts';
import { ACT_ANSWERS } from '../act-answer.ts';
import { demandKnown } from '../improvements/acting.ts';
import { knownDimensions } from '../improvements/dimensions.ts';
import { brought, written } from '../life/acting.ts';
import { belongingOf } from '../process/rows.ts';
import { route } from '../route.ts';
import { visitAct } from '../visits/acting.ts';
import * as bodies from '../visits/bodies.ts';
import { visitParams } from '../visits/schema.ts';

const PATH = '/agreements/{id}/visits/{visit}';
const ACT = { method: 'post', access: 'agreements.act', params: visitParams, answers: ACT_ANSWERS } as const;

export const postVisitDay = route({
  ...ACT,
  id: 'rescheduleVisit',
  path: `${PATH}/reschedule`,
  summary: 'Give it another day, with the reason; also when its day has passed',
  body: bodies.rescheduleBody,
  handle: (context) => {
    const { plannedOn, reason } = context.body;
    return visitAct(context, () => ({ ...written({ reason }), command: { type: 'reschedule', plannedOn } }));
  },
});

export const postVisitHeld = route({
  ...ACT,
  id: 'holdVisit',
  path: `${PATH}/hold`,
  summary: 'Enter the day on which it took place, and whether it counts as one of the year’s surveys',
  body: bodies.holdBody,
  handle: (context) => {
    const { heldOn, comprehensive } = context.body;
    return visitAct(context, ({ input: { kind } }) => ({
      command: { type: 'hold', heldOn, comprehensive: comprehensive ?? kind === 'visit' },
    }));
  },
});

export const postVisitReport = route({
  ...ACT,
  id: 'reportVisit',
  path: `${PATH}/report`,
  summary: 'Hand in the report of a visit, a file; or the outcome of a call-back, in words',
  files: 'too',
  body: bodies.reportBody,
  handle: (context) => {
    const { outcome } = context.body;
    return visitAct(context, () => ({
      ...written({ details: outcome }),
      command: { type: 'report', documents: brought(context), hasOutcome: outcome !== undefined },
    }));
  },
});

export const postVisitCancellation = route({
  ...ACT,
  id: 'cancelVisit',
  path: `${PATH}/cancel`,
  summary: 'Say that it does not take place, with the reason',
  body: bodies.cancelVisitBody,
  handle: (context) =>
    visitAct(context, () => ({ ...written({ reason: context.body.reason }), command: { type: 'cancel' } })),
});

export const postVisitFollowUp = route({
  ...ACT,
  id: 'followUpVisit',
  path: `${PATH}/follow-up`,
  summary: 'Open an improvement for what the customer said; the customer is answered in the end',
  body: bodies.followUpBody,
  handle: (context) => {
    const { deps, params, body } = context;
    const { title, details, dimension = null, severity } = body;
    return visitAct(context, async ({ state }) => {
      if (dimension !== null) {
        const known = await knownDimensions(deps.database, await belongingOf(deps.database, params.id));
        demandKnown('dimension', dimension, known);
      }
      const finding = `finding-${String(state.findings.length + 1)}`;
      const { standstill } = await agreementClocks(deps.database, params.id);
      const said = { finding, dimension, severity, ...standstill };
      return { ...written({ topic: title, details }), command: { type: 'follow-up', ...said } };
    });
  },
});
