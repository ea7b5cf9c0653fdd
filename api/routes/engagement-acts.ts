import { given } from '../../domain/fields.ts';
import { ENGAGEMENT_ACT, ENGAGEMENT_PATH } from '../engagements/act-route.ts';
import { engagementAct } from '../engagements/acting.ts';
import { applicationOf, applicationText } from '../engagements/applying.ts';
import * as bodies from '../engagements/bodies.ts';
import { demandCodes, demandThirdIs, draftOf, draftWords } from '../engagements/drafting.ts';
import { demandKnown } from '../improvements/acting.ts';
import { brought, written } from '../life/acting.ts';
import { route } from '../route.ts';

/** What is done before a third party's agreement is signed. What it does afterwards: engagement-work.ts, engagement-money.ts. */

export const postApplication = route({
  ...ENGAGEMENT_ACT,
  id: 'applyAgain',
  path: `${ENGAGEMENT_PATH}/apply`,
  summary: 'Apply once more after a refusal, a silence or a withdrawal; what was said before stays',
  body: bodies.applyAgainBody,
  handle: (context) =>
    engagementAct(context, (engagement) => {
      demandThirdIs(engagement, context.body.thirdParty);
      const application = applicationOf(engagement.input.rules, context, true);
      const text = applicationText(context.body, application);
      return { ...written(text), command: { type: 'apply', application } };
    }),
});

export const postEngagementReply = route({
  ...ENGAGEMENT_ACT,
  id: 'replyToApplication',
  path: `${ENGAGEMENT_PATH}/reply`,
  summary: 'Agree, refuse with the reason, or ask for more, while which the clock stands; silence is never consent',
  body: bodies.replyBody,
  handle: (context) => {
    const { verdict, reason } = context.body;
    return engagementAct(context, () => ({
      ...written({ reason }),
      command: { type: 'reply', verdict, hasReason: reason !== undefined, documents: brought(context) },
    }));
  },
});

export const postProvision = route({
  ...ENGAGEMENT_ACT,
  id: 'provideForApplication',
  path: `${ENGAGEMENT_PATH}/provide`,
  summary: 'Give what was asked for: the clock of the answer runs again',
  body: bodies.provideBody,
  handle: (context) =>
    engagementAct(context, () => ({
      ...written({ details: context.body.details }),
      command: { type: 'provide', documents: brought(context) },
    })),
});

export const postEngagementWithdrawal = route({
  ...ENGAGEMENT_ACT,
  id: 'withdrawApplication',
  path: `${ENGAGEMENT_PATH}/withdraw`,
  summary: 'Take the application back, as long as its agreement is not signed by all',
  body: bodies.withdrawBody,
  handle: (context) =>
    engagementAct(context, () => ({
      ...written({ reason: context.body.reason }),
      command: { type: 'withdraw', documents: brought(context) },
    })),
});

export const postNegotiation = route({
  ...ENGAGEMENT_ACT,
  id: 'recordNegotiation',
  path: `${ENGAGEMENT_PATH}/negotiate`,
  summary: 'Record that all three negotiated: when, who was there, and the minutes',
  body: bodies.negotiateBody,
  handle: (context) => {
    const { heldOn, present, minutes } = context.body;
    return engagementAct(context, (engagement) => {
      const { parties, thirdSeat } = engagement.input;
      for (const [index, seat] of present.entries()) {
        demandKnown(`present[${String(index)}]`, seat, [...parties, 'third', thirdSeat]);
      }
      return {
        ...written({ minutes }),
        command: { type: 'negotiate', heldOn, present, documents: brought(context) },
      };
    });
  },
});

export const postEngagementDraft = route({
  ...ENGAGEMENT_ACT,
  id: 'draftThirdAgreement',
  path: `${ENGAGEMENT_PATH}/draft`,
  summary: 'Write the agreement with the third party, or write it anew: reviews of the one before count no more',
  body: bodies.draftBody,
  handle: (context) =>
    engagementAct(context, ({ input: { rules } }) => {
      demandCodes(rules, context.body);
      return {
        ...written(draftWords(context.body)),
        command: { type: 'draft', draft: draftOf(context.body, brought(context)) },
      };
    }),
});

export const postDraftReview = route({
  ...ENGAGEMENT_ACT,
  id: 'reviewThirdAgreement',
  path: `${ENGAGEMENT_PATH}/review`,
  summary: 'Accept the draft, or return it with points; nobody signs before all have accepted it',
  body: bodies.reviewDraftBody,
  handle: (context) => {
    const { verdict, points } = context.body;
    return engagementAct(context, () => ({
      ...written({ points: points.length > 0 ? points : undefined }),
      command: { type: 'review', verdict, pointCount: points.length, documents: brought(context) },
    }));
  },
});

export const postEngagementSignature = route({
  ...ENGAGEMENT_ACT,
  id: 'signThirdAgreement',
  third: true,
  path: `${ENGAGEMENT_PATH}/sign`,
  summary: 'Record that one of the signatories signed it on paper; with the last it is in force',
  body: bodies.signEngagementBody,
  handle: (context) =>
    engagementAct(context, () => ({
      command: { type: 'sign', ...given({ signedOn: context.body.signedOn }), documents: brought(context) },
    })),
});

export const postSignatureRefusal = route({
  ...ENGAGEMENT_ACT,
  id: 'refuseThirdAgreement',
  third: true,
  path: `${ENGAGEMENT_PATH}/refuse-to-sign`,
  summary: 'A signatory does not sign: the engagement does not come about',
  body: bodies.refuseSignatureBody,
  handle: (context) =>
    engagementAct(context, () => ({
      ...written({ reason: context.body.reason }),
      command: { type: 'refuse-to-sign', documents: brought(context) },
    })),
});
