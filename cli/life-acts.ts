import { z } from 'zod';
import type { CommandText, Unstamped } from '../api/commands.ts';
import type { DocumentRef, PersonCommand } from '../domain/agreement/command.ts';
import {
  BOOKING_KINDS,
  type CompiledPatch,
  ENGAGEMENT_END_GROUNDS,
  type SuspensionGround,
  TERMINATION_GROUNDS,
} from '../domain/agreement/compiled.ts';
import { MATTER_KINDS } from '../domain/agreement/matter.ts';
import { type ObligationReference, readReference } from '../domain/agreement/reference.ts';
import { given } from '../domain/fields.ts';
import { isLocalDate } from '../domain/local-date.ts';
import { changesIn } from './amending.ts';

/** `id`, or `id#occurrence`: 2027-Q1, 2027-H1, 2027-03, 2027, or a start date. */
export const OBLIGATION = /^([a-z][a-z0-9]*(?:-[a-z0-9]+)*)(?:#(\d{4}(?:-(?:Q[1-4]|H[12]|\d{2}(?:-\d{2})?))?))?$/;

const date = z.string().meta({ format: 'date' }).refine(isLocalDate, { error: 'invalid-date' });
const prose = z.string().min(1).max(10_000);
const name = z.string().min(1).max(100);
const obligation = z.string().regex(OBLIGATION, { error: 'invalid-obligation' });
/** An agreed claim, a booked sum. */
export const POSTED = /^(claim|booking):(.+)$/;
const file = z.string().min(1).optional();
const reason = prose.optional();
const amount = z.string().min(1).max(40);
/** Ids of obligations; without it, all. */
const obligations = z.array(z.string()).min(1).max(100).optional();

/** How people write an answer to a claim, and what it is. */
const VERDICTS = {
  agree: 'agree',
  agreed: 'agree',
  accept: 'agree',
  dispute: 'dispute',
  disputed: 'dispute',
  reject: 'dispute',
  drop: 'drop',
  dropped: 'drop',
  recourse: 'recourse',
} as const;

/** How a notice is called, and what it is of. */
export const NOTICES = {
  breach: 'breach',
  'breach-notice': 'breach',
  termination: 'termination',
  'termination-notice': 'termination',
  rescission: 'termination',
  amendment: 'amendment',
  'cap-notice': 'amendment',
  'engagement-end': 'engagement-end',
} as const;

/** Why clocks stop, as people say it. */
const GROUNDS = {
  'force-majeure': 'force-majeure',
  'agreed-pause': 'agreed-pause',
  agreed: 'agreed-pause',
  mutual: 'agreed-pause',
  pause: 'agreed-pause',
  'other-side-holds': 'other-side-holds',
  'missing-input': 'missing-input',
} as const satisfies Record<string, SuspensionGround>;

const keysOf = <K extends string>(map: Record<K, string>): [K, ...K[]] => Object.keys(map) as [K, ...K[]];

/** Terms by their names, or under `terms` beside what else an amendment may change. */
const changes = z.record(z.string(), z.unknown());

/** What people do in the life of an agreement beside its obligations (`at`, `as` and `do` apart). */
export const LIFE_ACTS = {
  seal: { sealedOn: date.optional(), file },
  approve: { what: name, file },
  withdraw: { reason },
  'enter-baseline': { goal: name, value: amount, file },
  /**
   * A payment (of a schedule `id-1`; `id` is its first row that is not paid), a duty whose penalty is paid, an agreed claim by
   * its name or as `claim:<id>`, a booked sum as `booking:<id>`.
   */
  pay: {
    payment: z.string().min(1).max(120),
    amount,
    paidOn: date.optional(),
    /** Where several sums are owed under one booking: between whom. */
    debtor: name.optional(),
    creditor: name.optional(),
    file,
  },
  'hold-back': { payment: obligation, amount, reason: prose, file },
  /** Days or an amount. */
  waive: { obligation, days: z.int().min(1).max(100_000).optional(), amount: amount.optional(), reason: prose, file },
  propose: { amendment: name, changes, effectiveOn: date, reason, file },
  accept: { amendment: name, file },
  decline: { amendment: name, reason, file },
  /** One of `dueOn`, `responsible`, `skip`. */
  override: {
    obligation,
    dueOn: date.optional(),
    responsible: name.optional(),
    skip: z.literal(true).optional(),
    reason: prose,
    file,
  },
  suspend: {
    obligations,
    ground: z.enum(keysOf(GROUNDS)),
    from: date.optional(),
    reason: prose,
    file,
  },
  resume: { obligations, reason, file },
  object: {
    /** Of the end that the other side gave notice of, `termination-1`; missing: the renewal while one is ahead, else that end. */
    notice: name.optional(),
    reason,
    file,
  },
  serve: {
    notice: z.enum(keysOf(NOTICES)),
    /** Of a notice to a third party: the amendment, or the end (`end-1`). */
    about: name.optional(),
    /** Of a breach also the duty that was missed, like `breach`. */
    ground: z.union([z.enum(TERMINATION_GROUNDS), prose]).optional(),
    code: name.optional(),
    /** Of a notice of breach the duty that was missed; missing: the one of the other side that is late, due first. */
    breach: name.optional(),
    against: name.optional(),
    servedOn: date.optional(),
    endsOn: date.optional(),
    reason,
    file,
  },
  cure: { breach: name, failed: z.literal(true).optional(), reason, file },
  settle: { item: name, outcome: z.enum(['settled', 'waived', 'disputed']), reason, file },
  claim: {
    claim: name,
    amount,
    cause: prose,
    /** What was missed; missing, and where no rule of liability fits: what the other side missed last. */
    obligation: obligation.optional(),
    against: name.optional(),
    liability: name.optional(),
    lossOn: date.optional(),
    file,
  },
  answer: {
    claim: name,
    verdict: z.enum(keysOf(VERDICTS)),
    amount: amount.optional(),
    setOff: z.boolean().optional(),
    reason,
    file,
  },
  book: {
    booking: name,
    kind: z.enum(BOOKING_KINDS),
    amount,
    debtor: name.optional(),
    creditor: name.optional(),
    reason,
    file,
  },
  'open-matter': {
    kind: z.enum(MATTER_KINDS),
    rule: name.optional(),
    to: name.optional(),
    about: name.optional(),
    on: date.optional(),
    topic: reason,
    file,
  },
  'third-access': { step: z.enum(['undertake', 'grant', 'withdraw']), reason, file },
  'end-engagement': { ground: z.enum(ENGAGEMENT_END_GROUNDS), about: name.optional(), reason, file },
  'carry-matter': {
    matter: name,
    step: z.enum(['answer', 'refuse', 'close', 'escalate', 'decide']),
    owner: name.optional(),
    dueOn: date.optional(),
    reason,
    file,
  },
} as const;

type LifeActs = typeof LIFE_ACTS;
export type LifeDo = keyof LifeActs;

/** An act as the scenario has it; `file` is an absolute path. */
export type LifeAct = {
  [D in LifeDo]: { do: D } & z.output<z.ZodObject<LifeActs[D]>>;
}[LifeDo];

export function isLifeAct<A extends { do: string }>(act: A): act is A & LifeAct {
  return Object.hasOwn(LIFE_ACTS, act.do);
}

/** Whether a document is made where the scenario names none: always of what is entered for somebody. */
export function bringsDocument(act: { do: string; for?: string }): boolean {
  if (act.do === 'submit' || act.for !== undefined) return true;
  return isLifeAct(act) && act.do !== 'accept' && act.do !== 'decline' && 'file' in LIFE_ACTS[act.do];
}

/** The obligation that an act is about, and where its reference stands; undefined where it is about none. */
export function lifeReference(act: LifeAct): { field: string; reference: string } | undefined {
  if (act.do === 'pay' && POSTED.test(act.payment)) return undefined;
  if (act.do === 'pay' || act.do === 'hold-back') return { field: 'payment', reference: act.payment };
  if (!('obligation' in act) || act.obligation === undefined) return undefined;
  return { field: 'obligation', reference: act.obligation };
}

/**
 * A notice of breach whose ground is the duty that was missed is about that duty.
 *
 * @param isDuty whether the template has an obligation of that reference
 */
export function withDutyMissed(act: LifeAct, isDuty: (reference: string) => boolean): LifeAct {
  if (act.do !== 'serve' || NOTICES[act.notice] !== 'breach') return act;
  const { ground, ...said } = act;
  if (ground === undefined || act.breach !== undefined || !isDuty(ground)) return act;
  return { ...said, breach: ground };
}

/** What a payment is for: a duty, `claim:<id>`, `booking:<id>`. */
function paidFor(payment: string) {
  const [, kind, id] = POSTED.exec(payment) ?? [];
  if (kind === undefined || id === undefined) return readReference(payment);
  return kind === 'claim' ? { claim: id } : { booking: id };
}

/** What is said in words: it stays in Postgres. */
export function lifeText(act: LifeAct): CommandText {
  const { reason: why, cause, topic } = act as { reason?: string; cause?: string; topic?: string };
  const said = {
    ...(why === undefined ? {} : { reason: why }),
    ...(cause === undefined ? {} : { cause }),
    ...(topic === undefined ? {} : { topic }),
  };
  if (act.do === 'propose') return { ...said, changes: changesIn(act.changes) };
  if (act.do === 'serve' && !isGround(act.ground) && act.ground !== undefined) return { reason: act.ground, ...said };
  return said;
}

function isGround(ground: string | undefined): ground is (typeof TERMINATION_GROUNDS)[number] {
  return TERMINATION_GROUNDS.some((one) => one === ground);
}

/** What an act of the life asks the agreement for; `patch` is what a proposal would change. */
export function lifeCommand(
  act: LifeAct,
  envelope: Pick<PersonCommand, 'id' | 'actor'>,
  documents: DocumentRef[],
  patch: CompiledPatch | null,
): Unstamped<PersonCommand> {
  const base = { ...envelope, documents };
  switch (act.do) {
    case 'seal':
      return { ...base, type: 'seal', ...given({ sealedOn: act.sealedOn }) };
    case 'approve':
      return { ...base, type: 'approve', what: act.what };
    case 'withdraw':
      return { ...envelope, type: 'withdraw' };
    case 'enter-baseline':
      return { ...base, type: 'enter-baseline', goal: act.goal, value: act.value };
    case 'pay':
      return {
        ...base,
        type: 'pay',
        ...paidFor(act.payment),
        amount: act.amount,
        ...given({ paidOn: act.paidOn, debtor: act.debtor, creditor: act.creditor }),
      };
    case 'hold-back':
      return { ...base, type: 'hold-back', ...readReference(act.payment), amount: act.amount };
    case 'waive':
      return {
        ...base,
        type: 'waive',
        ...readReference(act.obligation),
        ...given({ days: act.days, amount: act.amount }),
      };
    case 'propose': {
      const { amendment, effectiveOn } = act;
      if (!patch) throw new Error(`amendment ${amendment} has no patch`);
      return { ...base, type: 'propose', amendment, effectiveOn, patch };
    }
    case 'accept':
    case 'decline':
      return { ...base, type: act.do, amendment: act.amendment };
    case 'override': {
      const { dueOn, responsible, skip } = act;
      return { ...base, type: 'override', ...readReference(act.obligation), ...given({ dueOn, responsible, skip }) };
    }
    case 'suspend':
      return {
        ...base,
        type: 'suspend',
        ground: GROUNDS[act.ground],
        obligations: act.obligations ?? [],
        ...given({ from: act.from }),
      };
    case 'resume':
      return { ...base, type: 'resume', obligations: act.obligations ?? [] };
    case 'object':
      return { ...base, type: 'object', ...given({ notice: act.notice }) };
    case 'serve': {
      const { notice, about, ground, code, breach, against, servedOn, endsOn } = act;
      const known = isGround(ground) ? ground : undefined;
      return {
        ...base,
        type: 'serve',
        notice: NOTICES[notice],
        ...given({ about, ground: known, code, breach, against, servedOn, endsOn }),
        ...(act.reason === undefined && (ground === undefined || known !== undefined) ? {} : { reasoned: true }),
      };
    }
    case 'cure':
      return { ...base, type: 'cure', breach: act.breach, ...given({ failed: act.failed }) };
    case 'settle':
      return { ...base, type: 'settle', item: act.item, outcome: act.outcome };
    case 'claim': {
      const about: Partial<ObligationReference> = act.obligation === undefined ? {} : readReference(act.obligation);
      const { against, liability, lossOn } = act;
      return {
        ...base,
        type: 'claim',
        claim: act.claim,
        amount: act.amount,
        ...about,
        ...given({ against, liability, lossOn }),
      };
    }
    case 'answer':
      return {
        ...base,
        type: 'answer',
        claim: act.claim,
        verdict: VERDICTS[act.verdict],
        ...given({ amount: act.amount, setOff: act.setOff }),
      };
    case 'book': {
      const { booking, kind, debtor, creditor } = act;
      return { ...base, type: 'book', booking, kind, amount: act.amount, ...given({ debtor, creditor }) };
    }
    case 'open-matter': {
      const { kind, rule, to, about, on } = act;
      return { ...base, type: 'open-matter', kind, ...given({ rule, to, about, on }) };
    }
    case 'third-access':
      return { ...base, type: 'third-access', step: act.step };
    case 'end-engagement':
      return { ...base, type: 'end-engagement', ground: act.ground, ...given({ about: act.about }) };
    case 'carry-matter': {
      const { matter, step, owner, dueOn } = act;
      return { ...base, type: 'carry-matter', matter, step, ...given({ owner, dueOn }) };
    }
  }
}
