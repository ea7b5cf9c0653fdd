import { isClaimSo } from '../ledger/claim.ts';
import { isEngagementEndAwaited } from '../engagement/end.ts';
import { isAmendmentAwaited } from '../life/amendment.ts';
import { isBaselineAwaited } from '../life/baseline.ts';
import { isStillAsked } from '../life/effect.ts';
import { isRenewalAhead } from '../life/renewal.ts';
import { isMatterSo } from '../matters/matters.ts';
import { isOwedAfterwards } from '../life/afterwards.ts';
import { isPauseAwaited } from '../life/suspension.ts';
import { isEndAwaited } from '../life/termination.ts';
import { isPaused } from '../obligations/deliverable-state.ts';
import { type ObligationContext, rulesOf } from '../obligations/registry.ts';
import { noticeMoment } from '../notice-time.ts';
import { chargeOf } from '../penalty.ts';
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
import { hasRead, readerAsked } from './reading.ts';
import { type NextDue } from './part.ts';
import { PARTS } from './parts.ts';
import { hasEnded, isInForce } from './phase.ts';
import type { AgreementState } from './state.ts';

export type { NextDue } from './part.ts';

/** A rung that could not leave within this time of its moment was missed, and goes into one summary. */
const MISSED_AFTER_MS = 3_600_000;

/** The earliest instant at which time alone changes something, however long ago; undefined when nothing waits for it. */
export function nextDue(state: AgreementState): NextDue | undefined {
  const moments: NextDue[] = state.delivery.scheduled.map(({ atMs }) => ({ atMs, consequence: false }));
  for (const part of PARTS) moments.push(...part.moments(state));
  for (const context of runningContexts(state)) {
    const next = rulesOf(context.rule).nextDue(context);
    if (next) moments.push(next);
  }
  if (isInForce(state)) {
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
export function tick({ atMs, nowMs: wokeAtMs }: Tick, state: AgreementState): Decision {
  // What was due while nothing was in force yet is told then, as of a paper that was signed long before.
  const nowMs = Math.max(wokeAtMs, state.inForceAtMs ?? wokeAtMs);
  const missed = nowMs - atMs > MISSED_AFTER_MS || atMs < (state.inForceAtMs ?? atMs);
  const due = runningContexts(state).map((context) => rulesOf(context.rule).dueEvents(context, atMs));
  const events = due.flatMap((part) => part.events);
  const schedule = due.flatMap((part) => part.schedule);
  let after = events.reduce(evolve, state);
  for (const part of PARTS) {
    const brought = part.dueEvents(after, atMs);
    events.push(...brought.events);
    schedule.push(...brought.schedule);
    after = brought.events.reduce(evolve, after);
  }

  if (isInForce(after) && (expiryMs(after) ?? Infinity) <= atMs) {
    const end = expire(after, atMs);
    events.push(...end.events);
    schedule.push(...end.schedule);
    after = end.events.reduce(evolve, after);
  } else if (isInForce(after)) {
    const opened = openings(after, atMs, CLOCK);
    events.push(...opened);
    after = opened.reduce(evolve, after);
    const followed = followers(state, events);
    events.push(...followed);
    after = followed.reduce(evolve, after);
  }

  const climbed: Decision['climbed'] = [];
  const rungs: NoticeDraft[] = [];
  for (const context of runningContexts(after)) {
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
    .flatMap((notice) => stillToThePoint(notice, after, leaveMs))
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

/** What time goes on with: all while it is in force, what is owed of money after the end, too. */
function runningContexts(state: AgreementState): ObligationContext[] {
  if (!isInForce(state) && !hasEnded(state)) return [];
  return obligationContexts(state).filter((context) => isInForce(state) || rulesOf(context.rule).outlivesEnd);
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
function stillToThePoint(notice: NoticeDraft, state: AgreementState, leavesMs: Instant): NoticeDraft[] {
  const context =
    notice.obligation === undefined
      ? undefined
      : obligationContext(state, notice.obligation, notice.occurrence ?? null);
  switch (notice.kind) {
    case 'sign-invitation':
    case 'seal-invitation':
    case 'approval-request':
      return isStillAsked(notice, state) && isPauseAwaited(notice, state) ? [notice] : [];
    case 'renewal-outlook':
    case 'renewal-notice':
    case 'agreement-renewed':
      return isRenewalAhead(notice, state, leavesMs) ? [notice] : [];
    case 'matter-opened':
    case 'matter-reminder':
    case 'matter-overdue':
      return isMatterSo(notice, state) ? [notice] : [];
    case 'claim-made':
    case 'claim-overdue':
      return isClaimSo(notice, state) ? [notice] : [];
    case 'amendment-proposed':
      return isAmendmentAwaited(notice, state) ? [notice] : [];
    case 'termination-consent':
      return isEndAwaited(notice, state) ? [notice] : [];
    case 'engagement-end-consent':
      return isEngagementEndAwaited(notice, state) ? [notice] : [];
    case 'baseline-entered':
      return isBaselineAwaited(notice, state) ? [notice] : [];
    case 'review-request':
      return context &&
        rulesOf(context.rule)
          .waitingFor(context)
          .some((reviewer) => mailSeat(state.agreement, reviewer) === notice.seat) &&
        context.state.round === notice.facts.round
        ? [notice]
        : [];
    case 'acknowledgement-request':
      return isInForce(state) && !hasRead(state, notice.facts.what ?? '', readerAsked(notice)) ? [notice] : [];
    case 'deliverable-rejected':
      return context?.state.status === 'rework' || context?.state.status === 'overdue' ? [notice] : [];
    case 'penalty-started':
    case 'late-fee-started':
      return context && isCharged(context) ? [notice] : [];
    case 'afterwards-ending':
      return isOwedAfterwards(state, notice.facts.about) ? [notice] : [];
    case 'summary': {
      if (!isInForce(state)) return [];
      const missed = (notice.facts.missed ?? []).filter(({ obligation, occurrence, review }) => {
        const found = obligationContext(state, obligation, occurrence ?? null);
        if (!found || !rulesOf(found.rule).isOpen(found.state) || isPaused(found.state)) return false;
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
  return state.status === 'overdue' || state.settledDaysLate > (chargeOf(rule)?.graceDays ?? 0);
}
