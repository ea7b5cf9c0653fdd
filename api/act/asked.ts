import { readStep } from '../../domain/engagement/steps.ts';
import type { Due } from '../../domain/agreement/event.ts';
import type { AgreementState } from '../../domain/agreement/state.ts';
import type { Text } from '../../domain/time.ts';
import { localDateAt } from '../../domain/zone.ts';
import type { Template } from '../../templates/schema.ts';
import { approvalTitle } from '../life/approval-title.ts';
import { isBound } from '../life/consent.ts';
import type { LinkPurpose } from '../policy.ts';
import { STEP_TITLES } from './engagement/words.ts';

/** What a link asks about where it is no duty: a change, a claim, a matter, something that waits for consent. */
export interface Asked {
  title: Text;
  clauses: string[];
  due: Due | null;
}

/** Purposes whose link names no duty. */
const ANSWERS = ['seal', 'approve', 'accept', 'object', 'answer', 'reply', 'engagement'] as const;
type AnswerPurpose = (typeof ANSWERS)[number];

export function isAnswer(purpose: LinkPurpose): purpose is AnswerPurpose {
  return (ANSWERS as readonly string[]).includes(purpose);
}

/** The id in a link's subject: `claim:claim-1` is about `claim-1`. */
export function idIn(subject: string | null): string {
  const at = subject?.indexOf(':') ?? -1;
  return subject === null ? '' : subject.slice(at + 1);
}

const MATTERS: Record<AgreementState['matters'][number]['kind'], Text> = {
  request: { zh: '请求', en: 'Request' },
  incident: { zh: '保密事件', en: 'Confidentiality incident' },
  dispute: { zh: '争议', en: 'Dispute' },
  meeting: { zh: '会议', en: 'Meeting' },
};

/** What the link is about, from the state alone; undefined for a duty, and for what there is not. */
export function askedOf(
  state: AgreementState,
  { purpose, obligation: subject }: { purpose: string; obligation: string | null },
  template: Template | undefined,
): Asked | undefined {
  const { agreement } = state;
  const { life } = agreement;
  const id = idIn(subject);
  switch (purpose) {
    case 'seal':
      return { title: { zh: '盖章', en: 'Seal' }, clauses: life?.effect.sealClauses ?? [], due: null };
    case 'approve':
      return subject === null || !isBound(subject)
        ? undefined
        : { title: approvalTitle(subject, template), clauses: clausesOfApproval(state, subject), due: null };
    case 'accept': {
      const found = state.amendments.find((one) => one.id === id);
      const lapsesAtMs = found?.lapsesAtMs ?? null;
      const due =
        lapsesAtMs === null ? null : { dueAtMs: lapsesAtMs, localDate: localDateAt(agreement.zone, lapsesAtMs - 1) };
      const title = { zh: `变更提议 ${id}`, en: `Amendment ${id}` };
      return found && { title, clauses: life?.amendment?.clauses ?? [], due };
    }
    case 'object': {
      const ended = state.terminations.find((one) => subject === `termination:${one.id}`);
      if (!ended) return { title: { zh: '续签', en: 'Renewal' }, clauses: life?.renewal?.clauses ?? [], due: null };
      const clauses = life?.terminations.find(({ ground }) => ground === ended.ground)?.clauses ?? [];
      return { title: { zh: '终止通知', en: 'Notice of the end' }, clauses, due: ended.due };
    }
    case 'answer': {
      const found = state.claims.find((one) => one.id === id);
      const clauses = life?.liabilities.find((rule) => rule.id === found?.liability)?.clauses ?? [];
      return found && { title: { zh: `索赔 ${id}`, en: `Claim ${id}` }, clauses, due: found.answerDue };
    }
    case 'reply': {
      const found = state.matters.find((one) => one.id === id);
      return found && { title: MATTERS[found.kind], clauses: found.clauses, due: found.due };
    }
    case 'engagement': {
      const found = readStep(subject);
      return found && { title: STEP_TITLES[found.step], clauses: [], due: null };
    }
    default:
      return undefined;
  }
}

function clausesOfApproval({ agreement }: AgreementState, what: string): string[] {
  const { life, clauses } = agreement;
  const [word, which] = what.split(':');
  switch (word) {
    case 'review':
      return life?.effect.reviewClauses ?? [];
    case 'policy':
      return clauses.signing;
    case 'posting':
      return clauses.inForce;
    case 'baseline':
      return life?.baselines.find(({ goal }) => goal === which?.split('@')[0])?.clauses ?? [];
    case 'engagement-end':
      return life?.engagementEnd?.clauses ?? [];
    case 'termination':
      return clauses.termination;
    default:
      return [];
  }
}
