import { Big } from 'big.js';
import type { Actor, Approve, EnterBaseline } from '../agreement/command.ts';
import type { CompiledBaseline } from '../agreement/compiled.ts';
import { type Decision, decision } from '../agreement/decision.ts';
import type { BaselineEntered, BaselineLocked } from '../agreement/event.ts';
import type { NoticeDraft } from '../agreement/notice.ts';
import { COORDINATOR, boundParty } from '../agreement/parties.ts';
import { notProvided } from '../agreement/part.ts';
import type { Rejection } from '../agreement/rejection.ts';
import type { AgreementState } from '../agreement/state.ts';
import { teller } from '../agreement/telling.ts';
import type { Instant } from '../time.ts';

type Entered = AgreementState['baselines'][number];

const DECIMAL = /^-?\d{1,15}(\.\d{1,6})?$/;

/**
 * The figure that a goal is measured against, where the terms left it open: whoever enters it confirms it, the others
 * are asked. Another value than before needs all confirmations anew; when all are there it is locked.
 */
export function enterBaseline(command: EnterBaseline, state: AgreementState): Decision | Rejection {
  const { goal, value } = command;
  const rule = baselineOf(state, goal);
  if (!rule) return notProvided(`baseline ${goal}`);
  const by = confirmer(command, rule);
  if (typeof by !== 'string') return by;
  const known = enteredOf(state, goal);
  if (known?.locked || rule.value !== null) return locked(rule);
  if (!DECIMAL.test(value)) {
    return { rejected: 'amount-invalid', message: 'a plain decimal, at most six places', clauses: rule.clauses };
  }
  const same = known !== undefined && new Big(known.value).eq(value);
  if (same && known.confirmedBy.includes(by)) return decision({});
  return confirmed(command, rule, same ? known.value : value, [...(same ? known.confirmedBy : []), by], state);
}

/**
 * `baseline:<goal>@<value>`: the other side confirms the value that it was shown, and no other that was entered since
 * (Civil Code 488); `baseline:<goal>` the one that stands.
 */
export function confirmBaseline(command: Approve, state: AgreementState): Decision | Rejection {
  const [goal = '', shown] = command.what.slice('baseline:'.length).split('@');
  const rule = baselineOf(state, goal);
  if (!rule) return notProvided(`baseline ${goal}`);
  const by = confirmer(command, rule);
  if (typeof by !== 'string') return by;
  const known = enteredOf(state, goal);
  if (known?.locked || rule.value !== null) return locked(rule);
  if (!known) return { rejected: 'nothing-to-approve', message: `nobody has entered ${goal}`, clauses: rule.clauses };
  if (shown !== undefined && !isSameValue(shown, known.value)) {
    return { rejected: 'nothing-to-approve', message: `${goal} is ${known.value} by now`, clauses: rule.clauses };
  }
  if (known.confirmedBy.includes(by)) {
    return { rejected: 'already-approved', message: `${by} has confirmed ${goal}`, clauses: rule.clauses };
  }
  return confirmed(command, rule, known.value, [...known.confirmedBy, by], state);
}

/** A figure that stands in the terms is confirmed by the signatures: it is locked as the agreement comes into force. */
export function lockedByTerms(
  state: AgreementState,
  base: { occurredAtMs: Instant; actor: Actor; commandId: string },
): BaselineLocked[] {
  return (state.agreement.life?.baselines ?? []).flatMap(({ goal, value, clauses }) =>
    value === null ? [] : [{ ...base, type: 'baseline-locked' as const, clauses, goal, value }],
  );
}

export function evolveBaselines(state: AgreementState, event: BaselineEntered | BaselineLocked): AgreementState {
  const { goal, value } = event;
  const others = state.baselines.filter((one) => one.goal !== goal);
  const known = enteredOf(state, goal);
  return { ...state, baselines: [...others, event.type === 'baseline-entered' ? entered(event, known) : lock()] };

  function lock(): Entered {
    // What stands in the terms was entered by nobody: the signatures confirm it.
    const confirmedBy = baselineOf(state, goal)?.confirmedBy ?? [];
    return { ...(known ?? { goal, value, by: '', confirmedBy }), locked: true };
  }
}

/** A confirmation, or a value that begins anew. */
function entered({ goal, value, by }: BaselineEntered, known: Entered | undefined): Entered {
  if (known?.value === value) return { ...known, confirmedBy: [...known.confirmedBy, by] };
  return { goal, value, by, confirmedBy: [by], locked: false };
}

/** Whether a notice about a baseline that asks for a confirmation still waits for it. */
export function isBaselineAwaited({ seat, act, facts }: NoticeDraft, state: AgreementState): boolean {
  if (act === undefined) return true;
  const known = enteredOf(state, facts.about ?? '');
  return known !== undefined && !known.locked && known.value === facts.value && !known.confirmedBy.includes(seat);
}

function baselineOf({ agreement }: AgreementState, goal: string): CompiledBaseline | undefined {
  return agreement.life?.baselines.find((one) => one.goal === goal);
}

function enteredOf({ baselines }: AgreementState, goal: string): Entered | undefined {
  return baselines.find((one) => one.goal === goal);
}

function confirmer({ actor, documents }: EnterBaseline | Approve, rule: CompiledBaseline): string | Rejection {
  const by = boundParty(actor);
  const { confirmedBy, clauses } = rule;
  if (by === undefined || !confirmedBy.includes(by)) {
    return { rejected: 'not-responsible', message: `confirmed by ${confirmedBy.join(', ')}`, clauses };
  }
  if (actor.seat === COORDINATOR && documents.length === 0) {
    return { rejected: 'evidence-missing', message: 'what is entered for a party needs its document', clauses };
  }
  return by;
}

function isSameValue(shown: string, value: string): boolean {
  return DECIMAL.test(shown) && new Big(value).eq(shown);
}

function locked({ goal, clauses }: CompiledBaseline): Rejection {
  return { rejected: 'baseline-locked', message: `${goal} does not change any more`, clauses };
}

function confirmed(
  { id, receivedAtMs, actor, documents }: EnterBaseline | Approve,
  { goal, clauses, confirmedBy }: CompiledBaseline,
  value: string,
  by: string[],
  { agreement }: AgreementState,
): Decision {
  const base = { occurredAtMs: receivedAtMs, actor, clauses, commandId: id, goal, value };
  const last = by.at(-1) ?? '';
  const isLocked = confirmedBy.every((party) => by.includes(party));
  const entry: BaselineEntered = { ...base, type: 'baseline-entered', by: last, documents };
  const tell = teller(agreement, receivedAtMs, clauses);
  const others = confirmedBy.filter((party) => party !== last && agreement.seats.includes(party));
  return decision({
    events: [entry, ...(isLocked ? [{ ...base, type: 'baseline-locked' as const }] : [])],
    schedule: others.flatMap((seat): NoticeDraft[] => {
      const notice = tell('baseline-entered', seat, {
        about: goal,
        value,
        by: last,
        ...(isLocked ? { status: 'locked' } : {}),
      });
      if (isLocked) return [notice];
      return by.includes(seat) ? [] : [{ ...notice, act: 'approve' }];
    }),
  });
}
