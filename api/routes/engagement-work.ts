import { agreementClocks } from '../../activities/agreement-clocks.ts';
import { given } from '../../domain/fields.ts';
import { ENGAGEMENT_ACT, ENGAGEMENT_PATH } from '../engagements/act-route.ts';
import { engagementAct } from '../engagements/acting.ts';
import * as bodies from '../engagements/bodies.ts';
import { demandKnown } from '../improvements/acting.ts';
import { knownDimensions } from '../improvements/dimensions.ts';
import { brought, written } from '../life/acting.ts';
import { type EngagementProcess, belongingOf } from '../process/rows.ts';
import { route } from '../route.ts';

/** What is done while a third party works. */

export const postUndertaking = route({
  ...ENGAGEMENT_ACT,
  id: 'undertake',
  third: true,
  path: `${ENGAGEMENT_PATH}/undertake`,
  summary: 'The third party undertakes secrecy, or acknowledges the rules of the site, with its document',
  body: bodies.undertakeBody,
  handle: (context) =>
    engagementAct(context, () => ({
      command: { type: 'undertake', what: context.body.what, documents: brought(context) },
    })),
});

export const postEngagementAccess = route({
  ...ENGAGEMENT_ACT,
  id: 'giveThirdAccess',
  path: `${ENGAGEMENT_PATH}/access`,
  summary:
    'Give the third party access, once its agreement is signed and what stands before it is undertaken; or withdraw it',
  body: bodies.accessBody,
  handle: (context) =>
    engagementAct(context, () => ({
      ...written({ reason: context.body.reason }),
      command: { type: 'access', step: context.body.step, documents: brought(context) },
    })),
});

export const postWorkStart = route({
  ...ENGAGEMENT_ACT,
  id: 'startThirdWork',
  third: true,
  path: `${ENGAGEMENT_PATH}/start-work`,
  summary: 'Work begins: not before the agreement is signed by all and the days of notice have run',
  body: bodies.startWorkBody,
  handle: (context) => engagementAct(context, () => ({ command: { type: 'start-work', documents: brought(context) } })),
});

export const postUnsignedInvolvement = route({
  ...ENGAGEMENT_ACT,
  id: 'reportInvolvement',
  path: `${ENGAGEMENT_PATH}/report-involvement`,
  summary: 'Involvement without a signed agreement was found: recorded as a breach, with its evidence',
  body: bodies.reportInvolvementBody,
  handle: (context) => {
    const { foundOn, details } = context.body;
    return engagementAct(context, () => ({
      ...written({ details }),
      command: { type: 'report-involvement', foundOn, documents: brought(context) },
    }));
  },
});

export const postThirdTask = route({
  ...ENGAGEMENT_ACT,
  id: 'assignToThird',
  path: `${ENGAGEMENT_PATH}/assign`,
  summary: 'Assign a task within the scope that was agreed; outside of it another application is made',
  body: bodies.assignBody,
  handle: (context) => {
    const { title, details, scope } = context.body;
    return engagementAct(context, ({ input: { rules }, state }) => {
      demandKnown('scope', scope, [...new Set([...(state.draft?.scope ?? []), ...rules.scopes])]);
      return {
        ...written({ topic: title, details }),
        command: { type: 'assign', scope, documents: brought(context) },
      };
    });
  },
});

export const postDelivery = route({
  ...ENGAGEMENT_ACT,
  id: 'deliverMilestone',
  third: true,
  path: `${ENGAGEMENT_PATH}/deliver`,
  summary: 'The third party hands in a milestone; again, where it was returned',
  body: bodies.deliverBody,
  handle: (context) => {
    const { milestone, note } = context.body;
    return engagementAct(context, (engagement) => {
      demandMilestone(engagement, milestone);
      return { ...written({ note }), command: { type: 'deliver', milestone, documents: brought(context) } };
    });
  },
});

export const postDeliveryVerdict = route({
  ...ENGAGEMENT_ACT,
  id: 'judgeDelivery',
  path: `${ENGAGEMENT_PATH}/judge-delivery`,
  summary: 'Accept what was handed in, each for itself, or return it with points',
  body: bodies.judgeDeliveryBody,
  handle: (context) => {
    const { milestone, verdict, points } = context.body;
    return engagementAct(context, (engagement) => {
      demandMilestone(engagement, milestone);
      return {
        ...written({ points: points.length > 0 ? points : undefined }),
        command: { type: 'judge-delivery', milestone, verdict, pointCount: points.length, documents: brought(context) },
      };
    });
  },
});

export const postShortcoming = route({
  ...ENGAGEMENT_ACT,
  id: 'raiseShortcoming',
  path: `${ENGAGEMENT_PATH}/follow-up`,
  summary: 'Open an improvement for a shortcoming that the report of a commission found, before the report is accepted',
  body: bodies.shortcomingBody,
  handle: (context) => {
    const { deps, params, body } = context;
    const { title, details, dimension = null, severity } = body;
    return engagementAct(context, async () => {
      if (dimension !== null) {
        const known = await knownDimensions(deps.database, await belongingOf(deps.database, params.id));
        demandKnown('dimension', dimension, known);
      }
      const { standstill } = await agreementClocks(deps.database, params.id);
      const said = { dimension, severity, ...standstill, documents: brought(context) };
      return { ...written({ topic: title, details }), command: { type: 'follow-up', ...said } };
    });
  },
});

export const postEffectReview = route({
  ...ENGAGEMENT_ACT,
  id: 'reviewThirdEffect',
  path: `${ENGAGEMENT_PATH}/review-effect`,
  summary: 'Say what the use of it has brought; a poor effect is the third party’s to put right',
  body: bodies.reviewEffectBody,
  handle: (context) => {
    const { milestone, verdict, note } = context.body;
    return engagementAct(context, (engagement) => {
      demandMilestone(engagement, milestone);
      const command = { type: 'review-effect' as const, milestone, verdict, documents: brought(context) };
      return { ...written({ note }), command };
    });
  },
});

export const postSupervision = route({
  ...ENGAGEMENT_ACT,
  id: 'superviseThird',
  path: `${ENGAGEMENT_PATH}/supervise`,
  summary: 'Make one’s own entry in a supervision report, or begin one; it is complete with the entries of all',
  body: bodies.superviseBody,
  handle: (context) => {
    const { title, findings } = context.body;
    return engagementAct(context, ({ state: { reports } }) => {
      const known = reports.map((one) => one.report);
      if (context.body.report !== undefined) demandKnown('report', context.body.report, known);
      return {
        ...written({ topic: title, details: findings }),
        command: { type: 'supervise', ...given({ report: context.body.report }), documents: brought(context) },
      };
    });
  },
});

export const postSupportRequest = route({
  ...ENGAGEMENT_ACT,
  id: 'askThirdSupport',
  third: true,
  path: `${ENGAGEMENT_PATH}/ask-support`,
  summary: 'The third party asks for support or data; unanswered in time, delay is not laid to it meanwhile',
  body: bodies.askSupportBody,
  handle: (context) => {
    const { of, title, details } = context.body;
    return engagementAct(context, ({ input: { rules } }) => {
      for (const [index, seat] of of.entries()) demandKnown(`of[${String(index)}]`, seat, rules.support?.by ?? []);
      const command = { type: 'ask-support' as const, of, documents: brought(context) };
      return { ...written({ topic: title, details }), command };
    });
  },
});

export const postSupportAnswer = route({
  ...ENGAGEMENT_ACT,
  id: 'answerThirdSupport',
  path: `${ENGAGEMENT_PATH}/answer-support`,
  summary: 'Answer what the third party asked for',
  body: bodies.answerSupportBody,
  handle: (context) => {
    const { request, details } = context.body;
    return engagementAct(context, ({ state: { support } }) => {
      demandKnown(
        'request',
        request,
        support.map((one) => one.request),
      );
      return {
        ...written({ details }),
        command: { type: 'answer-support', request, documents: brought(context) },
      };
    });
  },
});

function demandMilestone({ state }: EngagementProcess, milestone: string): void {
  demandKnown(
    'milestone',
    milestone,
    state.milestones.map((one) => one.milestone),
  );
}
