import { createHash } from 'node:crypto';
import { commandOf } from '../../cli/act-command.ts';
import { type LivedScenario, type RefusedAct, describeLife, present, refusedAct } from '../../cli/life.ts';
import type { LivableScenario } from '../../cli/livable.ts';
import type { Act } from '../../cli/scenario.ts';
import type { Actor, PersonCommand } from '../../domain/agreement/command.ts';
import { decide } from '../../domain/agreement/decide.ts';
import { isRejection } from '../../domain/agreement/decision.ts';
import type { Event } from '../../domain/agreement/event.ts';
import { fold } from '../../domain/agreement/fold.ts';
import { initialState } from '../../domain/agreement/initial.ts';
import type { Notice } from '../../domain/agreement/notice.ts';
import { nextDue } from '../../domain/agreement/tick.ts';
import type { Instant } from '../../domain/time.ts';
import { isoAt, localDateAt } from '../../domain/zone.ts';
import { compileDraft, seatAddresses } from '../../templates/draft.ts';

/**
 * A scenario lived by the pure rules alone, in the order of the shell: what is due by an act's moment first, then the
 * act, then what time brings at once. The answer is that of `abide simulate`, without subjects of mails and runs.
 */
export function liveInMemory(scenario: LivableScenario): LivedScenario {
  const { draft, acts, firstMs, untilMs, until } = scenario;
  const { zone } = draft;
  const agreement = compileDraft(draft, {
    id: '00000000-0000-7000-8000-000000000001',
    year: Number(localDateAt(zone, firstMs).slice(0, 4)),
  });
  const addresses = seatAddresses(draft);
  let state = initialState(agreement);
  const events: Event[] = [];
  const notices: Notice[] = [];
  const rejections: RefusedAct[] = [];

  const apply = (decided: ReturnType<typeof decide>, nowMs: Instant): void => {
    if (isRejection(decided)) throw new Error(`refused: ${decided.rejected}`);
    const folded = fold(state, decided, nowMs);
    state = folded.state;
    events.push(...folded.events);
    notices.push(...folded.notices);
  };
  /** Time passes up to and including an instant; `nowMs` is when the shell got to it. */
  const pass = (throughMs: Instant, nowMs?: Instant): void => {
    for (let due = nextDue(state); due && due.atMs <= throughMs; due = nextDue(state)) {
      const at = Math.max(due.atMs, nowMs ?? due.atMs);
      apply(decide({ type: 'tick', atMs: due.atMs, nowMs: at }, state), at);
    }
  };
  const actorOf = ({ as }: Act): Actor => {
    const party = as in draft.parties ? as : draft.seats[as]?.party;
    return { personId: as, seat: as, ...present({ party }), via: 'cli' };
  };

  const coordinator: Actor = { personId: 'coordinator', seat: 'coordinator', via: 'cli' };
  apply(decide({ type: 'start', id: 'start', receivedAtMs: firstMs, actor: coordinator }, state), firstMs);
  pass(firstMs, firstMs);
  for (const [index, act] of acts.entries()) {
    pass(act.atMs);
    const envelope = { id: `act-${index}`, actor: actorOf(act) };
    const command = { ...commandOf(act, envelope, documentsOf(act, index)), receivedAtMs: act.atMs } as PersonCommand;
    const decided = decide(command, state);
    if (isRejection(decided)) {
      const { rejected: code, ...why } = decided;
      rejections.push(refusedAct(act, isoAt(zone, act.atMs), { code, ...why }));
      continue;
    }
    apply(decided, act.atMs);
    pass(act.atMs, act.atMs);
  }
  pass(untilMs);

  const record = {
    state,
    events: events.map((event) => ({ ...event, atMs: event.occurredAtMs })),
    notices: notices
      .filter(({ atMs }) => atMs <= untilMs)
      .sort((a, b) => a.atMs - b.atMs)
      .map((notice) => ({ ...notice, to: addresses[notice.seat] ?? null })),
    ledger: events.flatMap((event) =>
      event.type === 'penalty-posted' || event.type === 'penalty-credited'
        ? [
            {
              atMs: event.occurredAtMs,
              obligation: event.obligation,
              ...present({ occurrence: event.occurrence }),
              ...event.line,
              clauses: event.clauses,
            },
          ]
        : [],
    ),
  };
  return { ...describeLife(record, { untilMs, untilDate: until }), rejections, open: draft.terms.open };
}

/** As many documents as the simulation would bring. */
function documentsOf(act: Act, index: number): { sha256: string; size: number }[] {
  const isBrought = act.do === 'submit' || ('file' in act && act.file !== undefined);
  return isBrought ? [{ sha256: createHash('sha256').update(`document ${index}`).digest('hex'), size: 1 }] : [];
}
