import { type ObligationContext, rulesOf } from '../obligations/registry.ts';
import { noticeMoment } from '../notice-time.ts';
import type { Instant } from '../time.ts';
import type { Tick } from './command.ts';
import { type Decision, decision } from './decision.ts';
import type { NoticeDraft } from './notice.ts';
import { expire, expiryMs } from './ending.ts';
import { evolve } from './evolve.ts';
import { merge, summary, summaryOf } from './summary.ts';
import { obligationContext, obligationContexts } from './obligations.ts';
import { followers, nextOpening, openings } from './opening.ts';
import { CLOCK, mailSeat } from './parties.ts';
import type { AgreementState } from './state.ts';

/** A rung that could not leave within this time of its moment was missed, and goes into one summary. */
const MISSED_AFTER_MS = 3_600_000;

/** When time itself is the next command. `consequence`: it changes more than who is written to. */
export interface NextDue {
  atMs: Instant;
  consequence: boolean;
}

/** The earliest instant at which time alone changes something, however long ago; undefined when nothing waits for it. */
export function nextDue(state: AgreementState): NextDue | undefined {
  const moments: NextDue[] = state.delivery.scheduled.map(({ atMs }) => ({ atMs, consequence: false }));
  if (state.status === 'active') {
    for (const context of obligationContexts(state)) {
      const next = rulesOf(context.rule).nextDeliverableDue(context);
      if (next) moments.push(next);
    }
    const opens = nextOpening(state);
    if (opens !== undefined) moments.push({ atMs: opens, consequence: true });
    const expiry = expiryMs(state);
    if (expiry !== undefined) moments.push({ atMs: expiry, consequence: true });
  }
  const atMs = moments.reduce<Instant | undefined>(
    (first, m) => (first === undefined || m.atMs < first ? m.atMs : first),
    undefined,
  );
  if (atMs === undefined) return undefined;
  return { atMs, consequence: moments.some((moment) => moment.atMs === atMs && moment.consequence) };
}

/**
 * Everything due at exactly the tick's instant: what was missed and what that costs, the end of the term, then mail.
 * Its events bear their due instant, not the moment at which a worker woke.
 */
export function tick({ atMs, nowMs }: Tick, state: AgreementState): Decision {
  const missed = nowMs - atMs > MISSED_AFTER_MS;
  const contexts = state.status === 'active' ? obligationContexts(state) : [];
  const due = contexts.map((context) => rulesOf(context.rule).dueEvents(context, atMs));
  const events = due.flatMap((part) => part.events);
  const schedule = due.flatMap((part) => part.schedule);
  let after = events.reduce(evolve, state);

  if (state.status === 'active' && (expiryMs(state) ?? Infinity) <= atMs) {
    const end = expire(after, atMs);
    events.push(...end.events);
    schedule.push(...end.schedule);
    after = end.events.reduce(evolve, after);
  } else if (state.status === 'active') {
    const opened = openings(after, atMs, CLOCK);
    events.push(...opened);
    after = opened.reduce(evolve, after);
    const followed = followers(state, events);
    events.push(...followed);
    after = followed.reduce(evolve, after);
  }

  const climbed: Decision['climbed'] = [];
  const rungs: NoticeDraft[] = [];
  for (const context of after.status === 'active' ? obligationContexts(after) : []) {
    const rules = rulesOf(context.rule);
    const next = rules.nextLadderRungs(context);
    if (!next || next.atMs > atMs) continue;
    climbed.push({ obligation: context.rule.id, occurrence: context.state.occurrence, throughMs: next.atMs });
    rungs.push(...rules.rungNotices(context, next));
  }
  // After an outage what is late waits for notice hours again.
  const { calendar, zone, noticeHours } = state.agreement;
  const leaveMs = missed ? noticeMoment(nowMs, calendar, zone, noticeHours) : atMs;
  const scheduled = state.delivery.scheduled
    .filter((notice) => notice.atMs <= atMs)
    .flatMap((notice) => stillToThePoint(notice, after))
    .map((notice) => (missed ? { ...notice, atMs: leaveMs } : notice));
  // What a summary that leaves now says already needs no mail of its own.
  const apart = missed ? [] : rungs.filter((rung) => !scheduled.some((notice) => covers(notice, rung)));
  const leaving = scheduled.map((notice) =>
    rungs
      .filter((rung) => !missed && covers(notice, rung))
      .reduce((all, rung) => merge(all, summary(rung, leaveMs)), notice),
  );
  const waits = missed && leaveMs > nowMs;
  return decision({
    events,
    schedule: [...schedule, ...(missed ? rungs.map((rung) => summary(rung, leaveMs)) : []), ...(waits ? leaving : [])],
    issue: waits ? [] : [...leaving, ...apart],
    climbed,
    scheduleThroughMs: atMs,
  });
}

/** Whether a summary to the same seat tells of this obligation's clock. */
function covers(notice: NoticeDraft, rung: NoticeDraft): boolean {
  return (
    notice.kind === 'summary' &&
    notice.seat === rung.seat &&
    notice.role === rung.role &&
    (notice.facts.missed ?? []).some(
      (one) =>
        one.obligation === rung.obligation &&
        one.occurrence === rung.occurrence &&
        one.review === (rung.kind === 'review-reminder'),
    )
  );
}

/** A scheduled notice as it is to leave now: nothing when what it asks for has been done since. */
function stillToThePoint(notice: NoticeDraft, state: AgreementState): NoticeDraft[] {
  const context =
    notice.obligation === undefined
      ? undefined
      : obligationContext(state, notice.obligation, notice.occurrence ?? null);
  switch (notice.kind) {
    case 'sign-invitation':
      return state.status === 'awaiting-signatures' && state.signatures[notice.seat] === undefined ? [notice] : [];
    case 'review-request':
      return context &&
        rulesOf(context.rule)
          .waitingFor(context)
          .some((reviewer) => mailSeat(state.agreement, reviewer) === notice.seat) &&
        context.state.round === notice.facts.round
        ? [notice]
        : [];
    case 'deliverable-rejected':
      return context?.state.status === 'rework' || context?.state.status === 'overdue' ? [notice] : [];
    case 'penalty-started':
      return context && isCharged(context) ? [notice] : [];
    case 'summary': {
      if (state.status !== 'active') return [];
      const missed = (notice.facts.missed ?? []).filter(({ obligation, occurrence, review }) => {
        const found = obligationContext(state, obligation, occurrence ?? null);
        if (!found || !rulesOf(found.rule).isOpen(found.state)) return false;
        return review === (found.state.status === 'in-review');
      });
      return missed.length > 0 ? [summaryOf(notice, missed)] : [];
    }
    default:
      return [notice];
  }
}

/** A penalty runs, or has run: not so when the overdue was withdrawn or ended within the days of grace. */
function isCharged({ rule, state }: ObligationContext): boolean {
  return state.status === 'overdue' || state.settledDaysLate > (rule.penalty?.graceDays ?? 0);
}
