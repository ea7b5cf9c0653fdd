import type { CompiledAgreement, CompiledObligation } from '../domain/agreement/compiled.ts';
import { resolveDeadline } from '../domain/deadline.ts';
import { plannedRungs } from '../domain/notice-time.ts';
import type { LocalDate, Text } from '../domain/time.ts';
import { instantAt, isoAt } from '../domain/zone.ts';
import type { Template } from './schema.ts';
import type { OpenTerm, ResolvedTerm, ResolvedTerms } from './terms.ts';

/** One line of a plan. `dueAt` is the first instant after the period, `localDate` its last day. */
export interface PlannedObligation {
  id: string;
  kind: string;
  title: Text;
  clauses: string[];
  /** Role key. */
  responsible: string;
  dueAt: string | null;
  localDate: LocalDate | null;
  /** What it waits for, while it has no date. */
  after?: 'signing';
  explanation: Text[];
  /** `to` is an e-mail address. */
  reminders: { at: string; to: string; rung: string }[];
}

/** What falls due when: the output of `abide plan` and of `POST /plan`. */
export interface Plan {
  template: string;
  zone: string;
  calendar: { id: string; version: string; provisionalFrom: LocalDate };
  terms: ResolvedTerm[];
  open: OpenTerm[];
  obligations: PlannedObligation[];
}

/** Reads well before a date. */
const SIGNED: Text = { zh: '签署日', en: 'signed' };

function undated({ deadline }: CompiledObligation): Pick<PlannedObligation, 'explanation' | 'after'> {
  const { count } = deadline.offset;
  return {
    after: deadline.anchor,
    explanation: [
      {
        zh: `各方签署之日起 ${count} 日；签署日尚未确定`,
        en: `${count} days after the last signature; the date of signing is not known yet`,
      },
    ],
  };
}

function planObligation(
  obligation: CompiledObligation,
  agreement: CompiledAgreement,
  title: Text,
  address: string | undefined,
  dayZero: LocalDate | null,
): PlannedObligation & { dueAtMs: number | null } {
  const { id, kind, clauses, responsible } = obligation;
  const head = { id, kind, title, clauses, responsible };
  if (dayZero === null) {
    return { ...head, dueAt: null, localDate: null, ...undated(obligation), reminders: [], dueAtMs: null };
  }
  const { calendar, zone, noticeHours: hours, expiresOn } = agreement;
  const due = resolveDeadline(obligation.deadline, dayZero, calendar, zone, SIGNED);
  const endMs = expiresOn === null ? Number.POSITIVE_INFINITY : instantAt(zone, expiresOn, '24:00');
  const explanation = [...due.explanation];
  if (due.dueAtMs > endMs) {
    explanation.push({
      zh: `协议于 ${expiresOn ?? ''} 到期在先，届时未履行的义务终止`,
      en: `the agreement ends before, on ${expiresOn ?? ''}: what is open then is cancelled`,
    });
  }
  return {
    ...head,
    dueAt: isoAt(zone, due.dueAtMs),
    localDate: due.localDate,
    explanation,
    reminders:
      address === undefined
        ? []
        : plannedRungs(due, obligation.reminderLeadDays, { calendar, zone, hours })
            .filter(({ atMs }) => atMs < endMs)
            .map(({ atMs, rung }) => ({ at: isoAt(zone, atMs), to: address, rung })),
    dueAtMs: due.dueAtMs,
  };
}

function byDueThenId(a: { dueAtMs: number | null; id: string }, b: { dueAtMs: number | null; id: string }): number {
  const when = (a.dueAtMs ?? Number.MAX_SAFE_INTEGER) - (b.dueAtMs ?? Number.MAX_SAFE_INTEGER);
  if (when !== 0) return when;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/**
 * What falls due when, with the reminders that go to whoever owes it. `dayZero` is the date of the last signature, null
 * while that is unknown; `addresses` are e-mail addresses by seat. Starts nothing.
 */
export function planAgreement({
  template,
  agreement,
  terms,
  addresses,
  dayZero,
}: {
  template: Template;
  agreement: CompiledAgreement;
  terms: ResolvedTerms;
  addresses: Record<string, string>;
  dayZero: LocalDate | null;
}): Plan {
  const { id, version, provisionalFrom } = agreement.calendar;
  return {
    template: agreement.template,
    zone: agreement.zone.id,
    calendar: { id, version, provisionalFrom },
    terms: terms.terms,
    open: terms.open,
    obligations: agreement.obligations
      .map((obligation) => {
        const title = template.obligations.find((one) => one.id === obligation.id)?.title;
        if (!title) throw new Error(`obligation ${obligation.id} is not in the template`);
        return planObligation(obligation, agreement, title, addresses[obligation.responsible], dayZero);
      })
      .sort(byDueThenId)
      .map(({ dueAtMs: _dueAtMs, ...line }) => line),
  };
}
