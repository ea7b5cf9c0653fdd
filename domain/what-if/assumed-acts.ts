import type { Actor, DocumentRef, PersonCommand } from '../agreement/command.ts';
import type { CompiledAgreement, CompiledPatch } from '../agreement/compiled.ts';
import { obligationContexts } from '../agreement/obligations.ts';
import { COORDINATOR, approversOf, partyOf } from '../agreement/parties.ts';
import { isInForce } from '../agreement/phase.ts';
import type { Rejection } from '../agreement/rejection.ts';
import type { AgreementState } from '../agreement/state.ts';
import { unpaidOf } from '../obligations/payment-state.ts';
import { rulesOf } from '../obligations/registry.ts';
import type { Instant, LocalDate } from '../time.ts';
import type { Standstill, StepTaken } from './assumption.ts';
import type { AgreementLife } from './life.ts';

/** The paper that comes with an act of this kind: it stands for any, and is none. */
const PAPER: DocumentRef[] = [{ sha256: '0'.repeat(64), size: 0 }];

type Said = PersonCommand extends infer C
  ? C extends PersonCommand
    ? Omit<C, 'id' | 'receivedAtMs' | 'actor'>
    : never
  : never;

/** Says things in a life that nobody has said; each under an id of its own that no command of the record bears. */
export class Assuming {
  readonly #life: AgreementLife;
  readonly #name: string;
  #count = 0;

  /** @param name of the assumption, unique in a life */
  constructor(life: AgreementLife, name: string) {
    this.#life = life;
    this.#name = name;
  }

  get #state(): AgreementState {
    return this.#life.state;
  }

  /** Everybody reviews, approves, signs and seals what they have not yet, until it is in force. */
  signing(atMs: Instant): Rejection | undefined {
    const { agreement } = this.#state;
    if (isInForce(this.#state)) return { rejected: 'already-in-force', message: 'it is in force already' };
    const { signatories } = agreement;
    const approvers = approversOf(agreement);
    let refused: Rejection | undefined;
    const each = (seats: readonly string[], said: Said): void => {
      for (const seat of seats) {
        if (isInForce(this.#state)) return;
        refused = this.#say(seat, atMs, said) ?? refused;
      }
    };
    each(signatories, { type: 'approve', what: 'review', documents: PAPER });
    each(approvers, { type: 'approve', what: 'policy', documents: PAPER });
    each(signatories, { type: 'approve', what: 'posting', documents: PAPER });
    refused = undefined;
    each(signatories, { type: 'sign', documents: PAPER });
    each(signatories, { type: 'seal', documents: PAPER });
    each(signatories, { type: 'approve', what: 'posting', documents: PAPER });
    return isInForce(this.#state) ? undefined : refused;
  }

  /** One duty is handed in, judged, or paid, by those who owe that. */
  step({ step, obligation, occurrence, amount }: StepTaken, atMs: Instant): Rejection | undefined {
    const named = { obligation, ...(occurrence === undefined ? {} : { occurrence }) };
    const contexts = obligationContexts(this.#state).filter(
      ({ rule, state }) => rule.id === obligation && (occurrence === undefined || state.occurrence === occurrence),
    );
    const context = contexts.find(({ rule, state }) => rulesOf(rule).isOpen(state)) ?? contexts.at(-1);
    const rule = context?.rule ?? this.#state.agreement.obligations.find(({ id }) => id === obligation);
    if (!rule) return { rejected: 'unknown-obligation', message: `no obligation ${obligation} is run here` };
    if (step === 'pay') {
      const sum = amount ?? (context && rule.rule === 'payment@1' ? unpaidOf(rule, context.state) : '0');
      return this.#say(rule.responsible, atMs, { type: 'pay', ...named, amount: sum, documents: PAPER });
    }
    if (step === 'submit') {
      const parts = (rule.checklist ?? []).map(({ id }) => id);
      return this.#say(rule.responsible, atMs, { type: 'submit', ...named, documents: PAPER, parts, omitted: [] });
    }
    const verdict = { type: 'review', ...named, verdict: step, pointCount: step === 'reject' ? 1 : 0 } as const;
    const reviewers = context ? rulesOf(rule).waitingFor(context) : [];
    if (reviewers.length === 0) return this.#say(rule.review?.reviewers[0] ?? rule.responsible, atMs, verdict);
    // One no is enough; consent is asked of everybody.
    for (const reviewer of step === 'reject' ? reviewers.slice(0, 1) : reviewers) {
      const refused = this.#say(reviewer, atMs, verdict);
      if (refused) return refused;
    }
    return undefined;
  }

  /** One side proposes, all who must consent do so at once; what is to be posted is posted. */
  amendment(patch: CompiledPatch, effectiveOn: LocalDate, atMs: Instant): Rejection | undefined {
    const amendment = this.#name;
    const { consent = [] } = this.#state.agreement.life?.amendment ?? {};
    const [first = this.#state.agreement.signatories[0] ?? '', ...others] = consent;
    const refused = this.#say(first, atMs, { type: 'propose', amendment, effectiveOn, patch, documents: PAPER });
    if (refused) return refused;
    for (const seat of others) {
      const no = this.#say(seat, atMs, { type: 'accept', amendment });
      if (no) return no;
    }
    if (this.#state.agreement.life?.effect.policy !== true) return undefined;
    return this.#say(first, atMs, { type: 'approve', what: `posting:${amendment}`, documents: PAPER });
  }

  /** The coordinator enters it with its paper, for nobody in particular; what hinders one side, for that side. */
  suspend({ ground, from, obligations }: Standstill, atMs: Instant): Rejection | undefined {
    const { agreement } = this.#state;
    const owed = agreement.obligations.find(({ id }) => obligations.length === 0 || obligations.includes(id));
    const side = owed && partyOf(agreement, owed.responsible);
    const isSided = ground !== 'agreed-pause' && ground !== 'force-majeure' && side !== undefined;
    const said = { type: 'suspend', ground, obligations, from, documents: PAPER } as const;
    return this.#say(COORDINATOR, atMs, said, isSided ? side : undefined);
  }

  resume({ obligations }: Standstill, atMs: Instant): Rejection | undefined {
    return this.#say(COORDINATOR, atMs, { type: 'resume', obligations, documents: PAPER });
  }

  terminate(atMs: Instant): Rejection | undefined {
    return this.#say(COORDINATOR, atMs, { type: 'terminate', documents: PAPER });
  }

  #say(seat: string, receivedAtMs: Instant, said: Said, onBehalfOf?: string): Rejection | undefined {
    this.#count += 1;
    const actor = actorIn(this.#state.agreement, seat, onBehalfOf);
    // With spaces: no key of a person is like it.
    const id = `what if ${this.#name} ${this.#count}`;
    return this.#life.tellWritten({ ...said, id, receivedAtMs, actor } as PersonCommand);
  }
}

/** Whoever may fill the seat: nobody in particular. */
function actorIn(agreement: CompiledAgreement, seat: string, onBehalfOf: string | undefined): Actor {
  if (seat === COORDINATOR) {
    return { personId: 'what-if', seat, via: 'api', ...(onBehalfOf === undefined ? {} : { onBehalfOf }) };
  }
  return { personId: 'what-if', seat, party: partyOf(agreement, seat), via: 'api' };
}
