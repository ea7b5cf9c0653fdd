import type {
  CompiledAgreement,
  CompiledLife,
  CompiledObligation,
  CompiledPatch,
  DeadlineRule,
} from '../agreement/compiled.ts';
import type { AmendmentEffective, Change, Due, Redated } from '../agreement/event.ts';
import { obligationContexts, ruleOf } from '../agreement/obligations.ts';
import {
  type Calling,
  beginsBefore,
  callingOf,
  dueByRule,
  firstDue,
  occurrenceDue,
  followedBy,
  recurs,
  reckonedDue,
} from '../agreement/opening.ts';
import { referenceOf } from '../agreement/reference.ts';
import type { AgreementState, ObligationState } from '../agreement/state.ts';
import { endOf, resolveDeadline } from '../deadline.ts';
import { isInTime } from '../obligations/deliverable-state.ts';
import { principalOf, sidesOf, unpaidOf } from '../obligations/payment-state.ts';
import { type ObligationContext, rulesOf } from '../obligations/registry.ts';
import { isZeroMoney } from '../money.ts';
import type { Instant, LocalDate } from '../time.ts';
import { instantAt, localDateAt } from '../zone.ts';
import { clockTo, lastOn, lostDays, movedDue, redated } from './clock.ts';
import { pausesAtOpening } from './suspension.ts';

const HOUR_MS = 3_600_000;

/** The agreement as it is with an amendment in effect: what changed stands in its place, what is new comes last. */
export function patched(agreement: CompiledAgreement, patch: CompiledPatch): CompiledAgreement {
  const kept = agreement.obligations.filter(({ id }) => !patch.removed.includes(id));
  const added = patch.obligations.filter((rule) => !ofId(kept, rule.id));
  return {
    ...agreement,
    obligations: [...kept.map((rule) => ofId(patch.obligations, rule.id) ?? rule), ...added],
    expiresOn: patch.expiresOn === undefined ? agreement.expiresOn : patch.expiresOn,
    ...(patch.life ? { life: patch.life } : {}),
    ...(patch.surveys ? { surveys: patch.surveys } : {}),
    ...(patch.improvement ? { improvement: patch.improvement } : {}),
    ...(patch.goals ? { goals: patch.goals } : {}),
    ...(patch.visits ? { visits: patch.visits } : {}),
    ...(patch.trainings ? { trainings: patch.trainings } : {}),
    ...(patch.evaluations ? { evaluations: patch.evaluations } : {}),
    ...(patch.engagements ? { engagements: patch.engagements } : {}),
    ...(patch.risks ? { risks: patch.risks } : {}),
    ...(patch.cases ? { cases: patch.cases } : {}),
  };
}

type Effect = Pick<AmendmentEffective, 'redated' | 'kept' | 'dues' | 'cancelled' | 'reopened'>;

/**
 * What an amendment does to the clocks that run, from a day on: what was due before that day keeps its rule, anything else
 * is dated by the new one from the same day 0, never earlier than the end of that day; what is taken out ends.
 */
export function effectOf(state: AgreementState, patch: CompiledPatch, on: LocalDate): Effect {
  const effect: Effect = { redated: [], kept: [], dues: [], cancelled: [] };
  const before = callingOf(state);
  if (!before) return effect;
  const after = patched(state.agreement, patch);
  const calling = { ...before, expiresOn: patch.expiresOn === undefined ? state.expiresOn : patch.expiresOn };
  const contexts = obligationContexts(state).filter(
    (context) => rulesOf(context.rule).isOpen(context.state) || isPaidEarly(context, after, on),
  );
  for (const context of inOrderOfFollowing(contexts)) {
    const { rule, state: one } = context;
    const now = ofId(state.agreement.obligations, rule.id);
    const next = ofId(after.obligations, rule.id);
    const name = { obligation: rule.id, occurrence: one.occurrence };
    const turns = next !== undefined && recurs(after, next) !== recurs(state.agreement, now ?? rule);
    if (isKept(state, context, next, on) || (turns && one.due !== null)) {
      if (!isSame(now, next)) effect.kept.push(referenceOf(name));
      continue;
    }
    if (!next || turns) {
      effect.cancelled.push(referenceOf(name));
      continue;
    }
    if (one.status === 'fulfilled') effect.reopened = [...(effect.reopened ?? []), referenceOf(name)];
    const rules = { ...context, agreement: after, rule: repinned(one, now, next).pinned ?? next };
    if (one.due === null) {
      const due = isSame(now, next) ? null : begun(state, rules, calling, on);
      if (due) effect.dues.push({ obligation: rule.id, ...due });
      continue;
    }
    const moved = one.round > 1 ? null : amendedDue(context, rules, before, calling, on, effect.redated);
    if (moved) effect.redated.push({ ...name, ...moved });
  }
  for (const rule of patch.obligations) {
    if (recurs(after, rule) || state.obligations.some(({ id, occurrence }) => id === rule.id && occurrence === null))
      continue;
    const due = begun(state, { agreement: after, rule, state: fresh(rule), inForceOn: state.inForceOn }, calling, on);
    if (due) effect.dues.push({ obligation: rule.id, ...due });
  }
  return effect;
}

/**
 * It keeps the rule that it has: what is due before the day (not while its clock stands still); of a policy every occurrence
 * that has begun (S004-30). A sum that is paid before its day is not due, yet who owes whom stays as it was posted.
 */
function isKept(
  { agreement }: AgreementState,
  { rule, state }: ObligationContext,
  next: CompiledObligation | undefined,
  on: LocalDate,
): boolean {
  const { due, status, occurrence, charged } = state;
  if (due === null) return false;
  if (status === 'overdue') return true;
  if (agreement.life?.effect.policy && occurrence !== null) return true;
  if (charged && next && rule.rule === 'payment@1') {
    const turned =
      next.rule !== 'payment@1' || !isSame(sidesOf({ agreement, rule }), sidesOf({ agreement, rule: next }));
    if (turned) return true;
  }
  return due.localDate < on && !isInTime(state, instantAt(agreement.zone, on, '00:00'));
}

/** Paid in full before its day, it takes another sum as anything that is not due yet, or is taken out with it. */
function isPaidEarly({ rule, state }: ObligationContext, after: CompiledAgreement, on: LocalDate): boolean {
  if (rule.rule !== 'payment@1' || state.status !== 'fulfilled' || !state.due || state.due.localDate < on) return false;
  const next = ofId(after.obligations, rule.id);
  return !next || (next.rule === 'payment@1' && principalOf(next) !== principalOf(rule));
}

/** What follows another's due time after that one. */
function inOrderOfFollowing(contexts: ObligationContext[]): ObligationContext[] {
  const depth = (rule: CompiledObligation, left = 20): number => {
    const followed = contexts.find((one) => one.rule.id === followedBy(rule));
    return followed && left > 0 ? 1 + depth(followed.rule, left - 1) : 0;
  };
  return [...contexts].sort((a, b) => depth(a.rule) - depth(b.rule));
}

/** The due time by the new rule; null where it stays as it is. */
function amendedDue(
  old: ObligationContext,
  context: ObligationContext,
  before: Calling,
  calling: Calling,
  on: LocalDate,
  moved: Redated[],
): Omit<Redated, 'obligation' | 'occurrence'> | null {
  const { agreement, rule, state } = context;
  const { zone, calendar } = agreement;
  if (!state.due) return null;
  const was = reckonedDue(old, before);
  const counted = countedBy(old, context, calling, moved);
  const isSameEnd = was !== null && counted?.dueAtMs === endIn(old, was).dueAtMs;
  if (!counted || (isSameEnd && old.rule.deadline.rollover === rule.deadline.rollover)) return null;
  const clock = isDateNamed(rule)
    ? { ...clockTo(context, counted, calling), from: on, fromMs: instantAt(zone, on, '00:00') }
    : clockTo(context, counted, calling);
  const due = movedDue(clock, state.pauses, agreement);
  const lost = lostDays(clock, state.pauses);
  const entry =
    due.localDate >= on
      ? { due, clock: { counted, from: clock.from }, lostDays: lost }
      : {
          due: endOf(plain(rule.deadline), on, calendar, zone),
          clock: { counted: lastOn(agreement, rule.deadline, on), from: on },
          lostDays: 0,
        };
  return entry.due.dueAtMs === state.due.dueAtMs ? null : { before: state.due, ...entry };
}

/** A date that was agreed on as such allows for what stood still before: only later suspensions move it. */
function isDateNamed({ deadline: { anchor, offset } }: CompiledObligation): boolean {
  return typeof anchor === 'object' && 'on' in anchor && offset.count === 0;
}

/** Where the clock ends by the new rule, from the same day 0, without roll-over and suspensions. */
function countedBy(old: ObligationContext, context: ObligationContext, calling: Calling, moved: Redated[]): Due | null {
  const { agreement, rule, state } = context;
  const { anchor, offset } = rule.deadline;
  const followed =
    typeof anchor === 'object' && 'obligation' in anchor && anchor.at === 'due' && state.occurrence !== null
      ? moved.find((one) => one.obligation === anchor.obligation && one.occurrence === state.occurrence)
      : undefined;
  const { offset: oldOffset } = old.rule.deadline;
  if (oldOffset.unit === 'hours' && offset.unit === 'hours') {
    const first = dueByRule(state);
    if (!first) return null;
    const dueAtMs = first.dueAtMs + (offset.count - oldOffset.count) * HOUR_MS;
    return { dueAtMs, localDate: localDateAt(agreement.zone, dueAtMs - 1) };
  }
  const reckoned = followed
    ? resolveDeadline(
        rule.deadline,
        { date: followed.due.localDate, name: NAMELESS },
        agreement.calendar,
        agreement.zone,
      )
    : reckonedDue(context, calling);
  return reckoned && endIn(context, reckoned);
}

const NAMELESS = { zh: '', en: '' };

function endIn({ agreement, rule }: ObligationContext, reckoned: Due & { counted: LocalDate }): Due {
  return rule.deadline.offset.unit === 'hours' ? reckoned : lastOn(agreement, rule.deadline, reckoned.counted);
}

/** Rolls forward, whatever it counts. */
function plain(deadline: DeadlineRule): DeadlineRule {
  return { ...deadline, offset: { unit: 'days', count: 0 } };
}

/** When a duty is due that begins with the amendment; null where something must happen first. */
function begun(
  state: AgreementState,
  { agreement, rule }: ObligationContext,
  calling: Calling,
  on: LocalDate,
): Due | null {
  const due = firstDue(agreement, rule, calling) ?? sinceFulfilment(state, agreement, rule);
  if (!due) return null;
  if (due.localDate >= on) return { dueAtMs: due.dueAtMs, localDate: due.localDate };
  return endOf(plain(rule.deadline), on, agreement.calendar, agreement.zone);
}

/** What follows something that is fulfilled already is counted from there. */
function sinceFulfilment(
  { obligations }: AgreementState,
  { calendar, zone }: CompiledAgreement,
  { deadline }: CompiledObligation,
): Due | null {
  const { anchor } = deadline;
  if (typeof anchor === 'string' || !('obligation' in anchor) || anchor.at !== 'fulfilled') return null;
  const atMs = obligations.find(({ id, occurrence }) => id === anchor.obligation && occurrence === null)?.fulfilledAtMs;
  if (atMs === undefined || atMs === null) return null;
  return resolveDeadline(deadline, { date: localDateAt(zone, atMs), atMs, name: NAMELESS }, calendar, zone);
}

function fresh(rule: CompiledObligation): ObligationState {
  return rulesOf(rule).initialObligation(rule, null);
}

/** Everything that an amendment in effect changes: rules, clocks, the end, and what keeps its rule. */
export function amended(state: AgreementState, event: AmendmentEffective): AgreementState {
  const { patch, kept, cancelled, dues, amendment, occurredAtMs } = event;
  const { agreement } = state;
  const on = localDateAt(agreement.zone, occurredAtMs);
  const after = patched(agreement, patch);
  const ends = patch.expiresOn === undefined ? state.expiresOn : patch.expiresOn;
  const known = state.obligations.map((one) => {
    const rule = ruleOf(state, one);
    if (!rule) return one;
    const reference = referenceOf({ obligation: one.id, occurrence: one.occurrence });
    const now = ofId(agreement.obligations, one.id);
    const next = ofId(after.obligations, one.id);
    const pinned = isSame(now, next) ? one : { ...one, pinned: rule };
    if (cancelled.includes(reference)) {
      const settledDaysLate = rulesOf(rule).daysLate(one, on, rule);
      return { ...one, pinned: rule, status: 'cancelled' as const, settledDaysLate, review: null };
    }
    const isReopened = event.reopened?.includes(reference) ?? false;
    if (!next || kept.includes(reference) || !(rulesOf(rule).isOpen(one) || isReopened)) return pinned;
    const ruled = { ...repinned(one, now, next), kind: next.kind };
    const current = isReopened ? { ...ruled, ...openFor(one, next, occurredAtMs) } : ruled;
    const to = event.redated.find(
      ({ obligation, occurrence }) => obligation === one.id && occurrence === one.occurrence,
    );
    if (to) {
      const moved = redated(current, { by: 'amendment', about: amendment }, to);
      return { ...moved, ladderThroughMs: occurredAtMs };
    }
    const due = one.due === null ? dues.find(({ obligation }) => obligation === one.id) : undefined;
    return due ? begins(state, current, due, event) : current;
  });
  const added = patch.obligations
    .filter(
      (rule) => !recurs(after, rule) && !known.some(({ id, occurrence }) => id === rule.id && occurrence === null),
    )
    .map((rule) => {
      const due = dues.find(({ obligation }) => obligation === rule.id);
      return due ? begins(state, fresh(rule), due, event) : fresh(rule);
    });
  return {
    ...state,
    agreement: after,
    expiresOn: ends,
    patches: [...state.patches, patch],
    restarts: { ...state.restarts, ...restartsOf(state, after, patch, ends, on) },
    obligations: [...known, ...added],
  };
}

/** What was paid in full is owed again as far as the new sum is higher. */
function openFor(one: ObligationState, next: CompiledObligation, atMs: Instant): Partial<ObligationState> {
  if (next.rule !== 'payment@1' || isZeroMoney(unpaidOf(next, one))) return {};
  return { status: 'pending', fulfilledAtMs: null, settledDaysLate: 0, ladderThroughMs: atMs };
}

function begins(
  state: AgreementState,
  obligation: ObligationState,
  { dueAtMs, localDate }: Due,
  { occurredAtMs }: AmendmentEffective,
): ObligationState {
  const due = { dueAtMs, localDate };
  const pauses = pausesAtOpening(state, obligation.id, occurredAtMs);
  return { ...obligation, due, originalDue: due, roundFromMs: occurredAtMs, ladderThroughMs: occurredAtMs - 1, pauses };
}

/** An owner that was changed for one case stays; any other rule of its own stays whole. */
function repinned(
  one: ObligationState,
  now: CompiledObligation | undefined,
  next: CompiledObligation,
): ObligationState {
  const { pinned } = one;
  if (!pinned || !now || !isSame({ ...now, responsible: pinned.responsible }, pinned)) return one;
  return { ...one, pinned: { ...next, responsible: pinned.responsible } };
}

/** What recurs otherwise from now on: its periods that had begun before are not opened any more. */
function restartsOf(
  state: AgreementState,
  after: CompiledAgreement,
  patch: CompiledPatch,
  expiresOn: LocalDate | null,
  on: LocalDate,
): AgreementState['restarts'] {
  const calling = callingOf(state);
  if (!calling) return {};
  const seams = calling.seams?.length ?? 0;
  const restarted = patch.obligations.filter((rule) => {
    const now = ofId(state.agreement.obligations, rule.id);
    return (
      rule.recurrence &&
      !(now && isSame(now.recurrence, rule.recurrence) && isSame(now.deadline.anchor, rule.deadline.anchor))
    );
  });
  return Object.fromEntries(
    restarted.map((rule) => {
      const opened = state.obligations.filter(({ id, occurrence }) => id === rule.id && occurrence !== null);
      const labels = opened.map(({ occurrence }) => occurrence ?? '');
      const skipped = beginsBefore(after, rule, { ...calling, expiresOn }, on, labels);
      return [rule.id, { opened: opened.length, skipped, ...(seams > 0 ? { seams } : {}) }];
    }),
  );
}

/**
 * The difference that both sides accept: what is added, changed and taken out, the clocks that move, the end, the caps.
 * It is what comes true: of what is due before the day it says that it keeps its rule, of what is done nothing.
 */
export function changesOf(state: AgreementState, patch: CompiledPatch, on: LocalDate): Change[] {
  const effect = effectOf(state, patch, on);
  const { obligations, life } = state.agreement;
  const moved: Change[] = effect.redated.map(({ obligation, occurrence, before, due }) => ({
    of: occurrence === null ? `obligation:${obligation}` : `occurrence:${referenceOf({ obligation, occurrence })}`,
    field: 'due',
    before: before.localDate,
    after: due.localDate,
  }));
  const after = patched(state.agreement, patch);
  const isOnce = (id: string): boolean =>
    [state.agreement, after].every((one) => {
      const rule = ofId(one.obligations, id);
      return !rule || !recurs(one, rule);
    });
  // Nothing of it comes true any more: it happens once, and has happened or keeps its rule.
  const isPast = (id: string): boolean => {
    const found = obligationContexts(state).find(
      ({ rule, state: { occurrence } }) => rule.id === id && occurrence === null,
    );
    if (!found || !isOnce(id)) return false;
    const touched = [...effect.cancelled, ...(effect.reopened ?? [])].includes(id);
    return effect.kept.includes(id) || (!rulesOf(found.rule).isOpen(found.state) && !touched);
  };
  const kept = obligationContexts(state).flatMap(({ rule, state: { occurrence, due } }): Change[] => {
    const reference = referenceOf({ obligation: rule.id, occurrence });
    if (!due || !effect.kept.includes(reference)) return [];
    const of = `${occurrence === null ? 'obligation' : 'occurrence'}:${reference}`;
    return [{ of, field: 'kept', before: due.localDate, after: due.localDate }];
  });
  const dueAfter = (id: string): string | null =>
    effect.dues.find(({ obligation }) => obligation === id)?.localDate ?? null;
  const rules = patch.obligations.flatMap((rule): Change[] => {
    const before = ofId(obligations, rule.id);
    if (!before) return [{ of: `obligation:${rule.id}`, field: 'added', before: null, after: dueAfter(rule.id) }];
    if (isPast(rule.id)) return [];
    const isDated = moved.some(({ of }) => of === `obligation:${rule.id}`);
    return [...ruleChanges(before, rule, isDated), ...nextDates(state, before, rule, patch, on)];
  });
  const removed = patch.removed
    .filter((id) => ofId(obligations, id) && !isPast(id))
    .map((id): Change => {
      const open = state.obligations.find((one) => one.id === id && one.occurrence === null && one.due !== null);
      return { of: `obligation:${id}`, field: 'removed', before: open?.due?.localDate ?? null, after: null };
    });
  const expiry: Change[] =
    patch.expiresOn === undefined || patch.expiresOn === state.expiresOn
      ? []
      : [{ of: 'expiry', field: 'expiry', before: state.expiresOn, after: patch.expiresOn }];
  const ofLife = patch.life ? lifeChanges(life, patch.life) : [];
  const terms = patch.terms.map((term): Change => ({ of: `term:${term}`, field: 'other', before: null, after: null }));
  return [...rules, ...moved, ...removed, ...kept, ...expiry, ...ofLife, ...terms];
}

/** So many of the dates that follow are told. */
const NEXT_DATES = 3;

/** Of what recurs otherwise from a day on: the dates that would have come next, and those that come instead. */
function nextDates(
  state: AgreementState,
  was: CompiledObligation,
  is: CompiledObligation,
  patch: CompiledPatch,
  on: LocalDate,
): Change[] {
  const { agreement, expiresOn } = state;
  const calling = callingOf(state);
  const isSameCalling = isSame(was.recurrence, is.recurrence) && isSame(was.deadline.anchor, is.deadline.anchor);
  if (!calling || isSameCalling || !was.recurrence || !is.recurrence) return [];
  const later = { ...calling, expiresOn: patch.expiresOn === undefined ? expiresOn : patch.expiresOn };
  const after = patched(agreement, patch);
  const occurrences = (one: CompiledAgreement, rule: CompiledObligation, by: Calling, from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) => occurrenceDue(one, rule, by, from + index + 1)).flatMap((found) =>
      found ? [found] : [],
    );
  const opened = beginsBefore(agreement, was, calling, on, []);
  const labels = occurrences(agreement, was, calling, 0, opened).map(({ label }) => label);
  const skipped = beginsBefore(after, is, later, on, labels);
  const dates = (found: { due: Due }[]): string | null =>
    found.length === 0 ? null : found.map(({ due }) => due.localDate).join(', ');
  const before = dates(occurrences(agreement, was, calling, opened, opened + NEXT_DATES));
  const instead = dates(occurrences(after, is, later, skipped, skipped + NEXT_DATES));
  return before === instead ? [] : [{ of: `obligation:${is.id}`, field: 'next', before, after: instead }];
}

/**
 * How one rule differs: who owes it, its sum, rate, cap and days of grace, its period and how it recurs, the windows of its
 * review, its parts, and whether anything else does.
 */
function ruleChanges(before: CompiledObligation, after: CompiledObligation, isDated: boolean): Change[] {
  const of = `obligation:${after.id}`;
  const pairs: [Change['field'], string, string | null, string | null][] = [
    ['responsible', of, before.responsible, after.responsible],
    ['amount', of, amountOf(before), amountOf(after)],
    ['rate', of, chargeOf(before)?.rate ?? null, chargeOf(after)?.rate ?? null],
    ['grace', of, inDays(chargeOf(before)?.graceDays), inDays(chargeOf(after)?.graceDays)],
    ['cap', `cap:penalty:${after.id}`, chargeOf(before)?.cap ?? null, chargeOf(after)?.cap ?? null],
    ['interval', of, intervalOf(before), intervalOf(after)],
    ['window', of, inDays(before.review?.windowDays), inDays(after.review?.windowDays)],
    ['rework', of, inDays(before.review?.reworkDays), inDays(after.review?.reworkDays)],
    ['checklist', of, partsOf(before), partsOf(after)],
    ...(isDated
      ? []
      : [['due', of, periodOf(before), periodOf(after)] as const].map(
          (pair) => [...pair] as [Change['field'], string, string, string],
        )),
  ];
  const changes = pairs.flatMap(([field, name, was, is]) =>
    was === is ? [] : [{ of: name, field, before: was, after: is }],
  );
  const isParts = partsOf(before) !== partsOf(after) || isSame(before.checklist, after.checklist);
  const isRest = isParts && isSame(restOf(before), restOf(after));
  return isRest ? changes : [...changes, { of, field: 'other', before: null, after: null }];
}

/** What is not told field by field. */
function restOf({
  responsible: _owner,
  recurrence: _recurrence,
  checklist: _parts,
  deadline,
  ...rule
}: CompiledObligation) {
  const { offset: _offset, anchor, ...clock } = deadline;
  const dated = typeof anchor === 'object' && 'on' in anchor;
  const rest = { ...rule, clock, anchor: dated ? 'date' : anchor };
  if (rest.rule === 'payment@1') {
    return { ...rest, amount: '', lateFee: rest.lateFee && { ...rest.lateFee, rate: '', graceDays: 0, cap: '' } };
  }
  return {
    ...rest,
    review: rest.review && { ...rest.review, windowDays: 0, reworkDays: 0 },
    penalty: rest.penalty && { ...rest.penalty, base: '', rate: '', graceDays: 0, cap: '' },
  };
}

function inDays(count: number | undefined): string | null {
  return count === undefined ? null : `${count} days`;
}

/** Every so often (`45 days`), by period (`quarter`), or on a day of the year (`03-15`); null where it comes once. */
function intervalOf({ recurrence }: CompiledObligation): string | null {
  if (!recurrence) return null;
  if (recurrence.by === 'interval') return `${recurrence.every.count} ${recurrence.every.unit}`;
  return recurrence.by === 'period' ? recurrence.period : recurrence.monthDay;
}

/** The ids of the parts that it must hold. */
function partsOf({ checklist }: Pick<CompiledObligation, 'checklist'>): string | null {
  return checklist && checklist.length > 0 ? checklist.map(({ id }) => id).join(', ') : null;
}

function amountOf(rule: CompiledObligation): string | null {
  return rule.rule === 'payment@1' ? rule.amount : (rule.penalty?.base ?? null);
}

function chargeOf(rule: CompiledObligation): { rate: string; graceDays: number; cap: string | null } | null {
  return rule.rule === 'payment@1' ? rule.lateFee : rule.penalty;
}

/** The day, or the period from day 0: `30 days`. */
function periodOf({ deadline: { anchor, offset } }: CompiledObligation): string {
  const { unit, count } = offset;
  const period = `${count} ${unit}`;
  if (typeof anchor !== 'object' || !('on' in anchor)) return period;
  return count === 0 ? anchor.on : `${anchor.on} ${period}`;
}

function lifeChanges(before: CompiledLife | undefined, after: CompiledLife): Change[] {
  const caps = after.liabilities.flatMap((rule): Change[] => {
    const was = before?.liabilities.find(({ id }) => id === rule.id);
    const [from, to] = [was?.cap?.amount ?? null, rule.cap?.amount ?? null];
    return was && from !== to ? [{ of: `cap:${rule.id}`, field: 'cap', before: from, after: to }] : [];
  });
  const withoutCaps = (life: CompiledLife | undefined, key: keyof CompiledLife): unknown =>
    key === 'liabilities' ? life?.liabilities.map((rule) => ({ ...rule, cap: null })) : life?.[key];
  const keys = Object.keys(after) as (keyof CompiledLife)[];
  const others = keys
    .filter((key) => !isSame(withoutCaps(before, key), withoutCaps(after, key)))
    .map((key): Change => ({ of: `life:${key}`, field: 'other', before: null, after: null }));
  return [...caps, ...others];
}

function ofId(rules: readonly CompiledObligation[], id: string): CompiledObligation | undefined {
  return rules.find((rule) => rule.id === id);
}

/** The same as JSON, whatever the order of its keys: a database does not keep it. */
export function isSame(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
