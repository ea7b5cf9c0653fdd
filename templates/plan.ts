import type { CompiledAgreement, CompiledObligation } from '../domain/agreement/compiled.ts';
import { expiryOf } from '../domain/agreement/ending.ts';
import { mailSeat } from '../domain/agreement/parties.ts';
import { type Calling, anchorDate, firstDue, occurrenceDue, recurs } from '../domain/agreement/opening.ts';
import type { Due, EventType } from '../domain/agreement/event.ts';
import { EVENT_WORDS } from '../domain/agreement/vocabulary.ts';
import { resolveDeadline } from '../domain/deadline.ts';
import { plannedRungs } from '../domain/notice-time.ts';
import { obligationTitle } from '../domain/obligation-title.ts';
import type { Instant, LocalDate, Text } from '../domain/time.ts';
import { instantAt, isoAt } from '../domain/zone.ts';
import type { Template } from './schema.ts';
import type { OpenTerm, ResolvedTerm, ResolvedTerms } from './terms.ts';

/** One line of a plan. `dueAt` is the first instant after the period, `localDate` its last day. */
export interface PlannedObligation {
  id: string;
  /** Of a recurring obligation. */
  occurrence?: string;
  kind: string;
  title: Text;
  clauses: string[];
  /** Role key, or another seat. */
  responsible: string;
  dueAt: string | null;
  localDate: LocalDate | null;
  /** What it waits for, while it has no date: `signing`, an obligation's id, or an event. */
  after?: string;
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

/** A line before it is written out, with what sorts it. */
interface Line {
  rule: CompiledObligation;
  occurrence: string | null;
  due: (Due & { explanation: Text[] }) | null;
  /** From when on it is there; rungs before that are none. */
  opensAtMs: Instant | null;
  after?: string;
  explanation: Text[];
}

/** What the template calls an obligation. */
type TitleOf = (obligation: string) => Text;

const UNIT_WORDS = {
  hours: { zh: '小时', en: 'hours' },
  days: { zh: '日', en: 'days' },
  'working-days': { zh: '个工作日', en: 'working days' },
  months: { zh: '个月', en: 'months' },
  years: { zh: '年', en: 'years' },
};

/** What an obligation waits for that has no date yet. */
function waiting(
  { deadline: { anchor, offset } }: CompiledObligation,
  titleOf: TitleOf,
): { after: string; explanation: Text[] } {
  const unit = UNIT_WORDS[offset.unit];
  const size = Math.abs(offset.count);
  const words = (zh: string, en: string): Text[] => [
    offset.count === 0
      ? { zh: `${zh}；日期尚未确定`, en: `${en}; that date is not known yet` }
      : {
          zh: `${zh}起${offset.count < 0 ? '倒推' : ''} ${size} ${unit.zh}；日期尚未确定`,
          en: `${size} ${size === 1 ? unit.en.slice(0, -1) : unit.en} ${offset.count < 0 ? 'before' : 'after'} ${en}; that date is not known yet`,
        },
  ];
  if (anchor === 'signing' || anchor === 'effect') {
    return { after: anchor, explanation: words('各方签署之日', 'the last signature') };
  }
  if (anchor === 'expiry') {
    return { after: 'agreement-expired', explanation: words('有效期届满之日', 'the end of the term') };
  }
  if ('on' in anchor) return { after: anchor.term, explanation: words(anchor.on, anchor.on) };
  if ('obligation' in anchor) {
    const { obligation, at } = anchor;
    return {
      after: obligation,
      explanation:
        at === 'due'
          ? words(`《${titleOf(obligation).zh}》到期之日`, `“${titleOf(obligation).en}” is due`)
          : words(`《${titleOf(obligation).zh}》履行之日`, `“${titleOf(obligation).en}” is fulfilled`),
    };
  }
  const of = anchor.of === undefined ? { zh: '', en: '' } : titleOf(anchor.of);
  const happens = EVENT_WORDS[anchor.event as EventType];
  return {
    after: anchor.of ?? anchor.event,
    explanation: words(`${of.zh && `《${of.zh}》`}“${happens.zh}”之日`, `${of.en && `“${of.en}”: `}${happens.en}`),
  };
}

/** The lines of one obligation up to an instant: one, or one for each occurrence that has begun by then. */
function linesOf(
  rule: CompiledObligation,
  agreement: CompiledAgreement,
  calling: Calling | null,
  untilMs: Instant,
  titleOf: TitleOf,
): Line[] {
  const undated: Line = { rule, occurrence: null, due: null, opensAtMs: null, ...waiting(rule, titleOf) };
  if (!calling) return [undated];
  if (rule.recurrence) {
    const lines: Line[] = [];
    for (let k = 1; ; k += 1) {
      const found = occurrenceDue(agreement, rule, calling, k);
      if (!found || found.opensAtMs >= untilMs) break;
      const { label, due, opensAtMs } = found;
      lines.push({ rule, occurrence: label, due, opensAtMs, explanation: due.explanation });
    }
    return lines.length > 0 || anchorDate(rule, calling) !== null ? lines : [undated];
  }
  if (recurs(agreement, rule)) {
    const { anchor } = rule.deadline;
    const followed =
      typeof anchor === 'object' && 'obligation' in anchor && anchor.at === 'due'
        ? agreement.obligations.find(({ id }) => id === anchor.obligation)
        : undefined;
    if (!followed) return [undated];
    return linesOf(followed, agreement, calling, untilMs, titleOf).flatMap((line) => {
      if (!line.due) return [undated];
      const { zh, en } = titleOf(followed.id);
      const name: Text = { zh: `《${zh}》到期日`, en: `“${en}” due` };
      const point = { date: line.due.localDate, atMs: line.due.dueAtMs, name };
      const due = resolveDeadline(rule.deadline, point, agreement.calendar, agreement.zone);
      return [{ rule, occurrence: line.occurrence, due, opensAtMs: line.opensAtMs, explanation: due.explanation }];
    });
  }
  const due = firstDue(agreement, rule, calling);
  return due ? [{ rule, occurrence: null, due, opensAtMs: null, explanation: due.explanation }] : [undated];
}

function byDueThenId(a: Line, b: Line): number {
  const when = (a.due?.dueAtMs ?? Number.MAX_SAFE_INTEGER) - (b.due?.dueAtMs ?? Number.MAX_SAFE_INTEGER);
  if (when !== 0) return when;
  if (a.rule.id !== b.rule.id) return a.rule.id < b.rule.id ? -1 : 1;
  return (a.occurrence ?? '') < (b.occurrence ?? '') ? -1 : 1;
}

/**
 * What falls due when, with the reminders that go to whoever owes it. `dayZero` is the date of the last signature, null
 * while that is unknown; recurring obligations are told as far as their occurrences begin before `untilMs`; `addresses`
 * are e-mail addresses by seat. Starts nothing.
 */
export function planAgreement({
  template,
  agreement,
  terms,
  addresses,
  dayZero,
  untilMs,
}: {
  template: Template;
  agreement: CompiledAgreement;
  terms: ResolvedTerms;
  addresses: Record<string, string>;
  dayZero: LocalDate | null;
  untilMs: Instant;
}): Plan {
  const { calendar, zone, noticeHours: hours } = agreement;
  const calling = dayZero === null ? null : { inForceOn: dayZero, expiresOn: expiryOf(agreement, dayZero) };
  const expiresOn = calling?.expiresOn ?? agreement.expiresOn;
  const endMs = expiresOn === null ? Number.POSITIVE_INFINITY : instantAt(zone, expiresOn, '24:00');
  const { id, version, provisionalFrom } = calendar;

  const titleOf: TitleOf = (obligation) => {
    const title = obligationTitle(template, obligation);
    if (!title) throw new Error(`obligation ${obligation} is not in the template`);
    return title;
  };

  const describe = ({ rule, occurrence, due, opensAtMs, after, explanation }: Line): PlannedObligation => {
    const title = titleOf(rule.id);
    const to = addresses[mailSeat(agreement, rule.responsible)];
    return {
      id: rule.id,
      ...(occurrence === null ? {} : { occurrence }),
      kind: rule.kind,
      title,
      clauses: rule.clauses,
      responsible: rule.responsible,
      dueAt: due && isoAt(zone, due.dueAtMs),
      localDate: due?.localDate ?? null,
      ...(after === undefined ? {} : { after }),
      explanation:
        due && due.dueAtMs > endMs
          ? [
              ...explanation,
              {
                zh: `协议于 ${expiresOn ?? ''} 到期在先，届时未履行的义务终止`,
                en: `the agreement ends before, on ${expiresOn ?? ''}: what is open then is cancelled`,
              },
            ]
          : explanation,
      reminders:
        to === undefined || !due
          ? []
          : plannedRungs(due, rule.reminderLeadDays, { calendar, zone, hours })
              .filter(({ atMs }) => atMs < endMs && (opensAtMs === null || atMs >= opensAtMs))
              .map(({ atMs, rung }) => ({ at: isoAt(zone, atMs), to, rung })),
    };
  };
  return {
    template: agreement.template,
    zone: zone.id,
    calendar: { id, version, provisionalFrom },
    terms: terms.terms,
    open: terms.open,
    obligations: agreement.obligations
      .flatMap((rule) => linesOf(rule, agreement, calling, untilMs, titleOf))
      .sort(byDueThenId)
      .map(describe),
  };
}
