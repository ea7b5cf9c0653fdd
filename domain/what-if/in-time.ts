import { obligationContexts } from '../agreement/obligations.ts';
import { referenceOf } from '../agreement/reference.ts';
import { nextDue } from '../agreement/tick.ts';
import { isPaused } from '../obligations/deliverable-state.ts';
import { type ObligationContext, rulesOf } from '../obligations/registry.ts';
import type { Instant } from '../time.ts';
import { instantAt } from '../zone.ts';
import { Assuming } from './assumed-acts.ts';
import type { AgreementLife } from './life.ts';

/** What is done in time is done on its last day at that hour. */
const HOUR = '09:00';
const MINUTE_MS = 60_000;

/** A duty that somebody names in an assumption: that alone says when it is done. */
export type Named = (obligation: string, occurrence: string | null) => boolean;

/**
 * Time passes, and whatever falls due from an instant on is done on its last day: handed in and accepted at once, or paid. What
 * was late by then stays late; what an assumption names is left to it; what the contract does not take so is tried once.
 */
export class InTime {
  readonly #life: AgreementLife;
  readonly #fromMs: Instant;
  readonly #isNamed: Named;
  readonly #tried: string[] = [];

  constructor(life: AgreementLife, fromMs: Instant, isNamed: Named) {
    this.#life = life;
    this.#fromMs = fromMs;
    this.#isNamed = isNamed;
  }

  pass(throughMs: Instant): void {
    for (;;) {
      const timeMs = nextDue(this.#life.state)?.atMs ?? Infinity;
      const duty = this.#next();
      const dutyMs = duty?.atMs ?? Infinity;
      if (Math.min(timeMs, dutyMs) > throughMs) return;
      if (duty === undefined || timeMs <= dutyMs) this.#life.pass(timeMs);
      else this.#do(duty.context, duty.atMs);
    }
  }

  #next(): { context: ObligationContext; atMs: Instant } | undefined {
    return obligationContexts(this.#life.state)
      .flatMap((context) => {
        const { rule, state } = context;
        if (state.due === null || state.status === 'overdue' || !rulesOf(rule).isAwaited(state) || isPaused(state))
          return [];
        if (this.#isNamed(rule.id, state.occurrence) || this.#tried.includes(keyOf(context))) return [];
        const { dueAtMs, localDate } = state.due;
        const atMs = Math.min(instantAt(context.agreement.zone, localDate, HOUR), dueAtMs - MINUTE_MS);
        return dueAtMs > this.#fromMs ? [{ context, atMs: Math.max(atMs, this.#fromMs) }] : [];
      })
      .toSorted((a, b) => a.atMs - b.atMs)[0];
  }

  #do(context: ObligationContext, atMs: Instant): void {
    const { rule, state } = context;
    this.#tried.push(keyOf(context));
    const named = { kind: 'step', obligation: rule.id, occurrence: state.occurrence ?? undefined, on: '' } as const;
    const assuming = new Assuming(this.#life, `in-time ${keyOf(context)}`);
    const refused = assuming.step({ ...named, step: rule.rule === 'payment@1' ? 'pay' : 'submit' }, atMs);
    if (!refused && rule.review) assuming.step({ ...named, step: 'accept' }, atMs);
  }
}

/** Each round of each is done once. */
function keyOf({ rule, state }: ObligationContext): string {
  return `${referenceOf({ obligation: rule.id, occurrence: state.occurrence })} ${state.round}`;
}
