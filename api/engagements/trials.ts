import type { EngagementState } from '../../domain/engagement/state.ts';
import type { Instant } from '../../domain/time.ts';
import { localDateAt } from '../../domain/zone.ts';
import type { EngagementAct } from './schema.ts';

export type Trial = { type: string } & Record<string, unknown>;

const FILES = [{ sha256: '0'.repeat(64), size: 1 }];

/** For each act, commands that are right in everything that whoever acts can still choose. */
export function engagementTrials(state: EngagementState, atMs: Instant): Record<EngagementAct, Trial[]> {
  const { input, rounds, draft, milestones, losses, support, items } = state;
  const { rules, parties, thirdSeat } = input;
  const today = localDateAt(input.zone, atMs);
  const documents = FILES;
  const application = rounds.at(-1)?.application ?? input.application;
  const fee = rules.fee?.shares ? '0.01' : '1.00';
  return {
    apply: [{ type: 'apply', application: { ...application, documents } }],
    reply: ['agree', 'refuse'].map((verdict) => ({ type: 'reply', verdict, hasReason: true, documents })),
    provide: [{ type: 'provide', documents }],
    withdraw: [{ type: 'withdraw', documents }],
    negotiate: [{ type: 'negotiate', heldOn: today, present: [...parties, thirdSeat], documents }],
    draft: [
      {
        type: 'draft',
        draft: {
          ...{ sections: [], scope: [], fee: null, cap: null, rationale: [], endsOn: null, milestones: [], documents },
        },
      },
    ],
    review: [{ type: 'review', verdict: 'accept', pointCount: 0, documents }],
    sign: [{ type: 'sign', documents }],
    'refuse-to-sign': [{ type: 'refuse-to-sign', documents }],
    undertake: (['secrecy', 'site-rules'] as const).map((what) => ({ type: 'undertake', what, documents })),
    access: ['grant', 'withdraw'].map((step) => ({ type: 'access', step, documents })),
    'start-work': [{ type: 'start-work', documents }],
    'report-involvement': [{ type: 'report-involvement', foundOn: today, documents }],
    assign: (draft?.scope ?? []).slice(0, 1).map((scope) => ({ type: 'assign', scope, documents })),
    deliver: milestones.map(({ milestone }) => ({ type: 'deliver', milestone, documents })),
    'judge-delivery': milestones.map(({ milestone }) => {
      return { type: 'judge-delivery', milestone, verdict: 'accept', pointCount: 0, documents };
    }),
    'follow-up': [{ type: 'follow-up', dimension: null, severity: 1, documents }],
    'review-effect': milestones.map(({ milestone }) => ({
      type: 'review-effect',
      milestone,
      verdict: 'good',
      documents,
    })),
    supervise: [{ type: 'supervise', documents }],
    'ask-support': [{ type: 'ask-support', of: [], documents }],
    'answer-support': support.map(({ request }) => ({ type: 'answer-support', request, documents })),
    charge: [{ type: 'charge', amount: fee, documents }],
    pay: [{ type: 'pay', amount: '0.01', documents }],
    'propose-cap': [
      { type: 'propose-cap', amount: '1.00', rationale: rules.cap?.rationale ?? [], documents },
      { type: 'propose-cap', amount: null, rationale: rules.cap?.rationale ?? [], documents },
    ],
    'answer-cap': ['consent', 'decline'].map((verdict) => ({ type: 'answer-cap', verdict, documents })),
    'report-loss': [thirdSeat, 'third', ...parties].flatMap((cause) =>
      parties.map((of) => ({
        ...{ type: 'report-loss', amount: '0.01', cause, category: 'other', of, documents },
      })),
    ),
    'answer-loss': losses.flatMap(({ loss }) =>
      ['agree', 'dispute', 'drop'].map((verdict) => ({ type: 'answer-loss', loss, verdict, documents })),
    ),
    'record-recourse': losses.map(({ loss }) => ({ type: 'record-recourse', loss, amount: '0.01', documents })),
    end: [...(rules.end?.grounds ?? []), 'agreed'].map((ground) => ({ type: 'end', ground, documents })),
    serve: (['cap', 'end'] as const).map((notice) => ({ type: 'serve', notice, servedOn: today, documents })),
    settle: items.map(({ item }) => ({ type: 'settle', item, documents })),
  };
}
