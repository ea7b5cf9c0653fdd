import type { z } from 'zod';
import type { CompiledAgreement } from '../../domain/agreement/compiled.ts';
import type { Event, LedgerLine } from '../../domain/agreement/event.ts';
import { obligationContext } from '../../domain/agreement/obligations.ts';
import { callingOf, explainDue } from '../../domain/agreement/opening.ts';
import { hasEnded, isInForce } from '../../domain/agreement/phase.ts';
import type { AgreementState } from '../../domain/agreement/state.ts';
import { type ObligationView, accruedLines, describeObligations } from '../../domain/agreement/view.ts';
import { EVENT_WORDS } from '../../domain/agreement/vocabulary.ts';
import { present } from '../../domain/fields.ts';
import { balanceKey, balancesOf, lineOf, withLine } from '../../domain/ledger/balance.ts';
import { explainLine } from '../../domain/ledger/line-explanation.ts';
import { addMoney, isZeroMoney, negateMoney, subtractMoney } from '../../domain/money.ts';
import type { Instant, LocalDate, Text } from '../../domain/time.ts';
import type { AgreementLife } from '../../domain/what-if/life.ts';
import { dayOf } from '../../domain/what-if/otherwise.ts';
import { keyed, paired } from '../../domain/what-if/pairs.ts';
import type { RecordedAct } from '../../domain/what-if/record.ts';
import { instantAt, isoAt } from '../../domain/zone.ts';
import type { Template } from '../../templates/schema.ts';
import { problemTitle } from '../problem.ts';
import { matterTitle, obligationTitle, templateOf } from '../views.ts';
import type { Trial, Untold } from './asking.ts';
import type { whatIf } from './schema.ts';

type WhatIf = z.output<typeof whatIf>;
type Happening = WhatIf['events']['before'][number];

/** What mail and counts said follows from what they are about: it is no act of its own that could be moved. */
const FOLLOWING = ['served', 'undelivered', 'visits-counted', 'risk-noted'];
/** So many happenings of one life alone are listed. */
const HAPPENINGS = 500;

/** Parts of an agreement whose processes are not lived again. */
const PROCESSES = [
  'surveys',
  'improvement',
  'visits',
  'trainings',
  'evaluations',
  'risks',
  'engagements',
  'cases',
] as const;

/** Both lives side by side, in words. */
export function answerOf(trial: Trial | Untold): WhatIf {
  const { agreement, today } = trial;
  const template = templateOf(agreement.template);
  const { zone, calendar } = agreement;
  const head = {
    zone: zone.id,
    today,
    calendar: { id: calendar.id, version: calendar.version, provisionalFrom: calendar.provisionalFrom },
    notLived: PROCESSES.filter((part) => {
      const rules = agreement[part];
      return Array.isArray(rules) ? rules.length > 0 : rules !== undefined;
    }),
  };
  if ('divergence' in trial) return untold(head, trial);
  const { before, after, record, horizon, earliest, latest, now, openTerms, refused, changeFromStart } = trial;
  const sides = [before, after].map((life) => sideOf(life, horizon));
  const [one, other] = sides as [Side, Side];
  const happened = happeningsOf(before, after, template);
  return {
    ...head,
    earliest,
    horizon,
    latest,
    divergence: null,
    acts: record.acts
      .filter(({ command }) => !FOLLOWING.includes(command.type))
      .flatMap((act) => actOf(act, agreement, template)),
    can: {
      sign: !isInForce(now) && !hasEnded(now),
      act: !hasEnded(now),
      amend: (now.agreement.life?.amendment ?? null) !== null && !hasEnded(now),
      changeFromStart,
      suspend: hasEnded(now) ? [] : (now.agreement.life?.suspension ?? []).flatMap(({ grounds }) => grounds),
    },
    obligations: obligationsOf(one, other, template),
    money: moneyOf(one, other, template),
    balances: balancesBeside(one, other),
    agreement: { before: endOf(before.state), after: endOf(after.state) },
    openTerms,
    events: happened,
    refused: refused.map(({ atMs, assumption, act, refused: { rejected: code, message, clauses = [] } }) => {
      const [event] = act?.events ?? [];
      return {
        at: isoAt(zone, atMs),
        assumption: assumption ?? null,
        command: act?.command.id ?? null,
        title: event ? EVENT_WORDS[event.type] : null,
        about: event ? aboutOf(event, template) : null,
        code,
        reason: problemTitle(code),
        message,
        clauses,
      };
    }),
  };
}

function untold(
  head: Pick<WhatIf, 'zone' | 'today' | 'calendar' | 'notLived'>,
  { divergence: { sequence, type, why }, today }: Untold,
): WhatIf {
  const end = { status: '', inForceOn: null, expiresOn: null, endedOn: null };
  return {
    ...head,
    earliest: today,
    horizon: today,
    latest: today,
    divergence: { sequence, type, title: EVENT_WORDS[type], why },
    acts: [],
    can: { sign: false, act: false, amend: false, changeFromStart: false, suspend: [] },
    obligations: [],
    money: [],
    balances: [],
    agreement: { before: end, after: end },
    openTerms: { before: [], after: [] },
    events: { before: [], after: [] },
    refused: [],
  };
}

type Line = LedgerLine & { at: string; obligation?: string; occurrence?: string; clauses: string[]; posted: boolean };

/** One life at the end of the horizon. */
interface Side {
  state: AgreementState;
  views: ObligationView[];
  lines: Line[];
}

function sideOf({ state, events }: AgreementLife, horizon: LocalDate): Side {
  const { zone } = state.agreement;
  const endMs = instantAt(zone, horizon, '24:00');
  const posted = events.flatMap((event): Line[] => {
    const line = lineOf(event);
    if (!line) return [];
    const { obligation, occurrence } = event as { obligation?: string; occurrence?: string };
    const { clauses, occurredAtMs } = event;
    return [{ ...line, ...present({ obligation, occurrence }), clauses, at: isoAt(zone, occurredAtMs), posted: true }];
  });
  const accrued = accruedLines(state, horizon).map((line) => ({ ...line, at: isoAt(zone, endMs), posted: false }));
  return { state, views: describeObligations(state, endMs - 1), lines: [...posted, ...accrued] };
}

function obligationsOf(before: Side, after: Side, template: Template | undefined): WhatIf['obligations'] {
  const rows = paired(before.views, after.views).flatMap(({ key, before: one, after: other }) => {
    const view = other ?? one;
    if (!view) return [];
    const was = one ? standingOf(one, before.state) : null;
    const is = other ? standingOf(other, after.state) : null;
    return [
      {
        key,
        id: view.id,
        title: obligationTitle(template, view.id),
        kind: view.kind,
        responsible: view.responsible,
        clauses: view.clauses,
        before: was,
        after: is,
        differs: JSON.stringify({ ...was, explanation: [] }) !== JSON.stringify({ ...is, explanation: [] }),
      },
    ];
  });
  const dateOf = ({ before: was, after: is }: (typeof rows)[number]) => is?.localDate ?? was?.localDate ?? '9999';
  return rows.toSorted((a, b) => (dateOf(a) < dateOf(b) ? -1 : dateOf(a) > dateOf(b) ? 1 : 0));
}

function standingOf(view: ObligationView, state: AgreementState): NonNullable<WhatIf['obligations'][number]['before']> {
  const { zone } = state.agreement;
  const context = obligationContext(state, view.id, view.occurrence);
  const calling = callingOf(state);
  const iso = (ms: Instant | null): string | null => (ms === null ? null : isoAt(zone, ms));
  return {
    occurrence: view.occurrence,
    status: view.status,
    dueAt: iso(view.due?.dueAtMs ?? null),
    localDate: view.due?.localDate ?? null,
    explanation: context && calling ? explainDue(context, calling) : [],
    fulfilledAt: iso(view.fulfilledAtMs),
    daysLate: view.daysLate,
  };
}

/** Sums by what they are for, each with its lines in both lives. */
function moneyOf(before: Side, after: Side, template: Template | undefined): WhatIf['money'] {
  const [one, other] = [before, after].map((side) => grouped(side)) as [Grouped, Grouped];
  const sums = [...new Set([...Object.keys(one), ...Object.keys(other)])].flatMap((key) => {
    const [was = [], is = []] = [one[key], other[key]];
    const line = is[0] ?? was[0];
    if (!line) return [];
    const { kind, obligation = null, occurrence = null, debtor, creditor, currency, about = null } = line;
    const [a, b] = [was, is].map((lines) => lines.reduce((sum, { amount }) => addMoney(sum, amount), '0')) as [
      string,
      string,
    ];
    return [
      {
        ...{ key, kind, obligation, occurrence, debtor, creditor, currency, about },
        title: obligation === null ? null : obligationTitle(template, obligation),
        before: a,
        after: b,
        difference: subtractMoney(b, a),
        lines: {
          before: was.map((each) => lineIn(each, before.state)),
          after: is.map((each) => lineIn(each, after.state)),
        },
      },
    ];
  });
  // What differs comes first.
  return sums.toSorted((a, b) => Number(isZeroMoney(a.difference)) - Number(isZeroMoney(b.difference)));
}

type Grouped = Record<string, Line[]>;

function grouped({ lines, views }: Side): Grouped {
  const keys = Object.entries(keyed(views));
  const groups: Grouped = {};
  for (const line of lines) {
    const { kind, obligation, occurrence = null, about } = line;
    const subject =
      keys.find(([, view]) => view.id === obligation && view.occurrence === occurrence)?.[0] ?? obligation ?? '';
    const key = [kind, subject, about ?? '', balanceKey(line)].join(' ');
    (groups[key] ??= []).push(line);
  }
  return groups;
}

function lineIn(
  { at, posted, clauses, obligation, occurrence, ...line }: Line,
  state: AgreementState,
): WhatIf['money'][number]['lines']['before'][number] {
  const context = obligation === undefined ? undefined : obligationContext(state, obligation, occurrence ?? null);
  const progress = context?.state;
  const due = (progress?.round === 1 ? progress.due : progress?.originalDue) ?? null;
  const { agreement, claims } = state;
  const reckonedBy = progress?.reckonedBy;
  const { amount, days, excludedDays } = line;
  return {
    at,
    amount,
    ...present({ days, excludedDays }),
    posted,
    clauses,
    why: explainLine(line, {
      agreement,
      claims,
      rule: context?.rule,
      due,
      ...present({ reckonedBy }),
      clauses,
      posted,
    }),
  };
}

function balancesBeside(before: Side, after: Side): WhatIf['balances'] {
  const [one, other] = [before, after].map(({ lines }) => lines.reduce(withLine, {}));
  const rows = balancesOf({ ...one, ...other });
  return rows.map((row) => {
    const key = balanceKey(row);
    const [was, is] = [one?.[key] ?? '0', other?.[key] ?? '0'];
    const { debtor, creditor, currency } = row;
    return { debtor, creditor, currency, before: was, after: is, difference: addMoney(is, negateMoney(was)) };
  });
}

function endOf({ status, inForceOn, expiresOn, endedOn }: AgreementState): WhatIf['agreement']['before'] {
  return { status, inForceOn, expiresOn, endedOn };
}

/** What happens in one of the lives alone. */
function happeningsOf(before: AgreementLife, after: AgreementLife, template: Template | undefined): WhatIf['events'] {
  const keyOf = (event: Event): string => {
    const { sequence: _sequence, recordedAtMs: _recordedAtMs, actor: _actor, ...facts } = event;
    return JSON.stringify(facts);
  };
  const without = (events: readonly Event[], others: readonly Event[]): Happening[] => {
    const known = new Set(others.map(keyOf));
    const { agreement } = before.state;
    return events
      .filter((event) => !known.has(keyOf(event)))
      .slice(0, HAPPENINGS)
      .map((event) => happeningOf(event, agreement, template));
  };
  return { before: without(before.events, after.events), after: without(after.events, before.events) };
}

function happeningOf(event: Event, { zone }: CompiledAgreement, template: Template | undefined): Happening {
  const { obligation = null, occurrence = null } = event as { obligation?: string; occurrence?: string };
  return {
    at: isoAt(zone, event.occurredAtMs),
    type: event.type,
    title: EVENT_WORDS[event.type],
    obligation,
    occurrence,
    about: aboutOf(event, template),
    clauses: event.clauses,
  };
}

function aboutOf(event: Event, template: Template | undefined): Text | null {
  const { obligation, occurrence } = event as { obligation?: string; occurrence?: string };
  if (obligation === undefined) return null;
  return matterTitle(template, occurrence === undefined ? obligation : `${obligation}#${occurrence}`);
}

function actOf(act: RecordedAct, agreement: CompiledAgreement, template: Template | undefined): WhatIf['acts'] {
  const { command, events, byMachine } = act;
  const main = events.find(({ type }) => type !== 'overdue-withdrawn') ?? events[0];
  if (!main) return [];
  return [
    {
      ...happeningOf(main, agreement, template),
      command: command.id,
      on: dayOf(act, agreement.zone),
      seat: command.actor.onBehalfOf ?? command.actor.seat,
      byMachine,
    },
  ];
}
