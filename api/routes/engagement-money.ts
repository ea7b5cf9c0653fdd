import { given } from '../../domain/fields.ts';
import { ENGAGEMENT_ACT, ENGAGEMENT_PATH } from '../engagements/act-route.ts';
import { engagementAct } from '../engagements/acting.ts';
import * as bodies from '../engagements/bodies.ts';
import { demandFactors } from '../engagements/drafting.ts';
import { demandKnown } from '../improvements/acting.ts';
import { brought, written } from '../life/acting.ts';
import type { EngagementProcess } from '../process/rows.ts';
import { route } from '../route.ts';

/** Costs, cap and losses of a third party, and how its involvement ends. */

export const postThirdCost = route({
  ...ENGAGEMENT_ACT,
  id: 'chargeThirdCost',
  third: true,
  path: `${ENGAGEMENT_PATH}/charge`,
  summary: 'Charge a cost of the third party with its document: each party owes its share',
  body: bodies.chargeBody,
  handle: (context) => {
    const { amount, paidBy, note } = context.body;
    return engagementAct(context, ({ input: { parties } }) => {
      if (paidBy !== undefined) demandKnown('paidBy', paidBy, parties);
      return {
        ...written({ note }),
        command: { type: 'charge', amount, ...given({ paidBy }), documents: brought(context) },
      };
    });
  },
});

export const postThirdPayment = route({
  ...ENGAGEMENT_ACT,
  id: 'payThird',
  path: `${ENGAGEMENT_PATH}/pay`,
  summary: 'Record that a party paid the third party; what is above its share the others owe it',
  body: bodies.payThirdBody,
  handle: (context) => {
    const { amount, reference } = context.body;
    return engagementAct(context, () => ({
      ...written({ reference }),
      command: { type: 'pay', amount, documents: brought(context) },
    }));
  },
});

export const postCapProposal = route({
  ...ENGAGEMENT_ACT,
  id: 'proposeThirdCap',
  path: `${ENGAGEMENT_PATH}/propose-cap`,
  summary: 'Propose another cap; the old one governs until the parties agree and the third party has consented',
  body: bodies.proposeCapBody,
  handle: (context) => {
    const { amount, rationale, reason } = context.body;
    return engagementAct(context, ({ input: { rules } }) => {
      demandFactors(rules, rationale);
      return {
        ...written({ reason, rationale: Object.keys(rationale).length > 0 ? rationale : undefined }),
        command: { type: 'propose-cap', amount, rationale: Object.keys(rationale), documents: brought(context) },
      };
    });
  },
});

export const postCapAnswer = route({
  ...ENGAGEMENT_ACT,
  id: 'answerThirdCap',
  third: true,
  path: `${ENGAGEMENT_PATH}/answer-cap`,
  summary: 'The other party agrees with another cap, or not; the third party consents to the notice, or declines',
  body: bodies.answerCapBody,
  handle: (context) => {
    const { verdict, reason } = context.body;
    return engagementAct(context, () => ({
      ...written({ reason }),
      command: { type: 'answer-cap', verdict, documents: brought(context) },
    }));
  },
});

export const postThirdLoss = route({
  ...ENGAGEMENT_ACT,
  id: 'reportThirdLoss',
  path: `${ENGAGEMENT_PATH}/report-loss`,
  summary: 'Report a loss: whose doing it was decides who answers for it, the cap of its day what can be recovered',
  body: bodies.reportLossBody,
  handle: (context) => {
    const { amount, cause, category, of, lossOn, details } = context.body;
    return engagementAct(context, ({ input: { parties, thirdSeat } }) => {
      demandKnown('cause', cause, ['third', ...parties, thirdSeat]);
      if (of !== undefined) demandKnown('of', of, parties);
      return {
        ...written({ details }),
        command: {
          type: 'report-loss',
          ...{ amount, cause: cause === thirdSeat ? 'third' : cause, category },
          ...given({ of, lossOn }),
          documents: brought(context),
        },
      };
    });
  },
});

export const postLossAnswer = route({
  ...ENGAGEMENT_ACT,
  id: 'answerThirdLoss',
  third: true,
  path: `${ENGAGEMENT_PATH}/answer-loss`,
  summary: 'The third party agrees to pay, wholly or in part, or disputes; whoever claims may drop it',
  body: bodies.answerLossBody,
  handle: (context) => {
    const { loss, verdict, amount, reason } = context.body;
    return engagementAct(context, (engagement) => {
      demandLoss(engagement, loss);
      return {
        ...written({ reason }),
        command: { type: 'answer-loss', loss, verdict, ...given({ amount }), documents: brought(context) },
      };
    });
  },
});

export const postRecourse = route({
  ...ENGAGEMENT_ACT,
  id: 'recordThirdRecourse',
  path: `${ENGAGEMENT_PATH}/record-recourse`,
  summary: 'Record what a party paid to the other for the third party’s doing, and asks of it',
  body: bodies.recourseBody,
  handle: (context) => {
    const { loss, amount, note } = context.body;
    return engagementAct(context, (engagement) => {
      demandLoss(engagement, loss);
      return {
        ...written({ note }),
        command: { type: 'record-recourse', loss, amount, documents: brought(context) },
      };
    });
  },
});

export const postInvolvementEnd = route({
  ...ENGAGEMENT_ACT,
  id: 'endThirdInvolvement',
  path: `${ENGAGEMENT_PATH}/end`,
  summary: 'A party decides that the involvement ends, or agrees; the main contract goes on',
  body: bodies.endEngagementProcessBody,
  handle: (context) => {
    const { ground, reason } = context.body;
    return engagementAct(context, () => ({
      ...written({ reason }),
      command: { type: 'end', ground, documents: brought(context) },
    }));
  },
});

export const postThirdNotice = route({
  ...ENGAGEMENT_ACT,
  id: 'serveThird',
  path: `${ENGAGEMENT_PATH}/serve`,
  summary: 'A written notice was given to the third party by hand, with its receipt',
  body: bodies.serveBody,
  handle: (context) => {
    const { notice, servedOn } = context.body;
    return engagementAct(context, () => ({
      command: { type: 'serve', notice, servedOn, documents: brought(context) },
    }));
  },
});

export const postThirdSettlement = route({
  ...ENGAGEMENT_ACT,
  id: 'settleThird',
  path: `${ENGAGEMENT_PATH}/settle`,
  summary: 'Say that one of the things that remain is settled; each party says so',
  body: bodies.settleBody,
  handle: (context) => {
    const { item, note } = context.body;
    return engagementAct(context, ({ state: { items } }) => {
      demandKnown(
        'item',
        item,
        items.map((one) => one.item),
      );
      return { ...written({ note }), command: { type: 'settle', item, documents: brought(context) } };
    });
  },
});

function demandLoss({ state }: EngagementProcess, loss: string): void {
  demandKnown(
    'loss',
    loss,
    state.losses.map((one) => one.loss),
  );
}
