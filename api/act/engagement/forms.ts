import type { EngagementStep } from '../../../domain/engagement/steps.ts';
import type { EngagementState } from '../../../domain/engagement/state.ts';
import type { EngagementAct } from '../../engagements/schema.ts';

/** What each step lets whoever it was asked of do, and nothing else. */
export const ACTS_OF: Record<EngagementStep, readonly EngagementAct[]> = {
  reply: ['reply'],
  provide: ['provide'],
  review: ['review'],
  sign: ['sign', 'refuse-to-sign'],
  milestone: ['deliver'],
  accept: ['judge-delivery'],
  effect: ['review-effect'],
  support: ['answer-support'],
  cap: ['answer-cap'],
  'cap-consent': ['answer-cap'],
  loss: ['answer-loss'],
  end: ['end'],
  purpose: ['end'],
  settle: ['settle'],
  work: ['undertake', 'start-work', 'deliver', 'ask-support'],
};

/** One form of the page: an act, what it is about, and which way it decides. */
export interface StepForm {
  act: EngagementAct;
  about: string | null;
  verdict: string | null;
}

/** The forms that a step may have, the first of which is the one that it asks for. */
export function formsOf(step: EngagementStep, about: string | null, state: EngagementState): StepForm[] {
  const form = (act: EngagementAct, verdict: string | null = null, of: string | null = about): StepForm => {
    return { act, about: of, verdict };
  };
  switch (step) {
    case 'reply':
      return ['agree', 'ask', 'refuse'].map((verdict) => form('reply', verdict));
    case 'review':
      return ['accept', 'reject'].map((verdict) => form('review', verdict));
    case 'sign':
      return [form('sign'), form('refuse-to-sign')];
    case 'accept':
      return ['accept', 'reject'].map((verdict) => form('judge-delivery', verdict));
    case 'effect':
      return ['good', 'poor'].map((verdict) => form('review-effect', verdict));
    case 'cap':
    case 'cap-consent':
      return ['consent', 'decline'].map((verdict) => form('answer-cap', verdict));
    case 'loss':
      return ['agree', 'dispute'].map((verdict) => form('answer-loss', verdict));
    case 'purpose':
      return [form('end', null, 'purpose-achieved')];
    case 'work':
      return [
        form('undertake', null, 'secrecy'),
        form('undertake', null, 'site-rules'),
        form('start-work', null, null),
        ...state.milestones
          .filter(({ status }) => status !== 'handed-in')
          .map(({ milestone }) => form('deliver', null, milestone)),
        form('ask-support', null, null),
      ];
    default:
      return ACTS_OF[step].map((act) => form(act));
  }
}
