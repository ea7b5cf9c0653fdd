import type { CompiledAgreement } from '../../domain/agreement/compiled.ts';
import type { PersonCommand, Start } from '../../domain/agreement/command.ts';
import { callingOf } from '../../domain/agreement/opening.ts';
import { COORDINATOR } from '../../domain/agreement/parties.ts';
import { hasEnded } from '../../domain/agreement/phase.ts';
import type { Rejection } from '../../domain/agreement/rejection.ts';
import type { AgreementState } from '../../domain/agreement/state.ts';
import { isSame, patched } from '../../domain/life/patch.ts';
import { addMonths, addYears } from '../../domain/local-date.ts';
import type { Instant, LocalDate } from '../../domain/time.ts';
import type { AgreementLife } from '../../domain/what-if/life.ts';
import { type RefusedAct, livedOtherwise } from '../../domain/what-if/otherwise.ts';
import {
  type Divergence,
  type RecordedLife,
  divergence,
  isDivergence,
  livedAgain,
} from '../../domain/what-if/record.ts';
import { instantAt, localDateAt } from '../../domain/zone.ts';
import type { Database } from '../../prisma/database.ts';
import { type AmendmentChanges, amendedDraft, amendmentPatch } from '../../templates/amend.ts';
import { compileAgreement } from '../../templates/compile.ts';
import { type ResolvedDraft, compileDraft, resolveDraft } from '../../templates/draft.ts';
import { resolveTerms } from '../../templates/terms.ts';
import type { Problem as InputProblem } from '../../templates/problem.ts';
import { type FieldProblem, Problem, inputProblem } from '../problem.ts';
import { findAgreement, templateOf } from '../views.ts';
import { readRecord } from './recorded.ts';
import type { AskedAssumption, Question } from './schema.ts';

/** Without an end of the term a trial looks so far ahead, and never farther than this. */
const DEFAULT_MONTHS = 12;
const MOST_YEARS = 10;

/** What is asked about: a record and how it came about, or a draft that nobody has signed. */
interface Subject {
  record: RecordedLife | Divergence;
  agreement: CompiledAgreement;
  given: Record<string, unknown>;
  /** What proposals on record asked for, by their commands' ids. */
  changes: Record<string, AmendmentChanges>;
  isDraft: boolean;
}

/** Both lives up to the horizon, and what the contract did not allow in the second. */
export interface Trial {
  agreement: CompiledAgreement;
  record: RecordedLife;
  today: LocalDate;
  earliest: LocalDate;
  horizon: LocalDate;
  latest: LocalDate;
  before: AgreementLife;
  after: AgreementLife;
  refused: RefusedAct[];
  /** As it stands now, whatever the horizon. */
  now: AgreementState;
  changeFromStart: boolean;
  openTerms: { before: string[]; after: string[] };
}

/** The record comes out otherwise: nothing is computed. */
export interface Untold {
  agreement: CompiledAgreement;
  divergence: Divergence;
  today: LocalDate;
}

/**
 * A started agreement, or a kept draft, as it was and as it would be. Stores nothing.
 *
 * @throws Problem `unknown-agreement`, `not-started` while its start waits for the engine; what is wrong with the question
 */
export async function tryAgreement(
  deps: { database: Database; nowMs: Instant },
  id: string,
  question: Question,
): Promise<Trial | Untold> {
  const row = await findAgreement(deps.database, id);
  const given = row.draft as Record<string, unknown>;
  if (row.status === 'draft') return tryDraft(given, question, deps.nowMs);
  if (!row.compiled || row.sequence === 0) throw new Problem('not-started');
  const agreement = row.compiled as unknown as CompiledAgreement;
  const { record, changes } = await readRecord(deps.database, { id, compiled: agreement });
  return lived({ record, agreement, given, changes, isDraft: false }, question, deps.nowMs);
}

/** A draft as if all had signed today, or on the day that is assumed. @throws Problem: what is wrong or missing in it */
export function tryDraft(given: Record<string, unknown>, question: Question, nowMs: Instant): Trial | Untold {
  const { draft, errors } = resolveDraft(given);
  if (!draft) throw inputProblem(errors);
  const today = localDateAt(draft.zone, nowMs);
  const signing = question.assumptions.find((one) => one.kind === 'signing');
  const first = signing && signing.on < today ? signing.on : today;
  const agreement = compileDraft(draft, { id: 'what-if', year: Number(first.slice(0, 4)) });
  const start: Start = {
    type: 'start',
    id: 'start',
    receivedAtMs: Math.min(nowMs, instantAt(draft.zone, first, '00:00')),
    actor: { personId: 'what-if', seat: COORDINATOR, via: 'api' },
  };
  const record: RecordedLife = { agreement, start, acts: [], events: [] };
  return lived({ record, agreement, given, changes: {}, isDraft: true }, question, nowMs);
}

function lived(subject: Subject, question: Question, nowMs: Instant): Trial | Untold {
  const { record, agreement, given, isDraft } = subject;
  const { zone } = agreement;
  const today = localDateAt(zone, nowMs);
  if (isDivergence(record)) return { agreement, divergence: record, today };
  const now = livedAgain(record, nowMs);
  if (isDivergence(now)) return { agreement, divergence: now, today };
  const parts = isDraft ? undefined : divergence(record.events, now.events);
  if (parts) return { agreement, divergence: parts, today };

  const earliest = localDateAt(zone, record.start.receivedAtMs);
  const latest = addYears(today, MOST_YEARS);
  const assumptions = isDraft ? withSigning(question.assumptions, today) : question.assumptions;
  const today0: AskedAssumption[] = isDraft ? [{ kind: 'signing', on: today }] : [];
  const horizon = question.horizon ?? horizonOf(now.state, question.assumptions, today, latest);
  const wrong = [
    ...outside(horizon, 'horizon', earliest, latest),
    ...question.assumptions.flatMap((one, index) => unfit(one, `assumptions[${index}]`, { record, earliest, horizon })),
  ];
  if (wrong.length > 0) throw new Problem('invalid-request', { errors: wrong });

  const throughMs = instantAt(zone, horizon, '24:00') - 1;
  const changed = fromStart(subject, assumptions);
  const rules = patching({ ...subject, record }, assumptions, changed.given);
  // Of a draft nothing is on record: what falls due is done in time from its signing on.
  const sinceMs = isDraft ? record.start.receivedAtMs : nowMs;
  const inTimeFromMs = question.others === 'in-time' ? sinceMs : null;
  const nothing = { nowMs, throughMs, inTimeFromMs, patchOf: rules.patchOf };
  const before = livedOtherwise(record, { ...nothing, assumptions: today0 }).life;
  const after = livedOtherwise(
    { ...record, agreement: changed.agreement },
    {
      ...nothing,
      assumptions,
      ...(changed.given === given ? {} : { asSaid: rules.asSaid }),
    },
  );
  if (rules.problems.length > 0) throw inputProblem(rules.problems);
  return {
    agreement,
    record,
    today,
    earliest,
    horizon,
    latest,
    before,
    after: after.life,
    refused: after.refused,
    now: now.state,
    changeFromStart: isDraft || isCompiledAlike(subject),
    openTerms: { before: openTerms(agreement, given), after: openTerms(agreement, changed.given) },
  };
}

/** A draft is signed today unless something else is assumed. */
function withSigning(assumptions: readonly AskedAssumption[], today: LocalDate): AskedAssumption[] {
  if (assumptions.some(({ kind }) => kind === 'signing')) return [...assumptions];
  return [...assumptions, { kind: 'signing', on: today }];
}

/** To the end of the term, else for a year; and beyond whatever is assumed. */
function horizonOf(
  state: AgreementState,
  assumptions: readonly AskedAssumption[],
  today: LocalDate,
  latest: LocalDate,
): LocalDate {
  const { agreement, expiresOn, endedOn } = state;
  const day0 = callingOf(state)?.inForceOn ?? today;
  const usual = hasEnded(state) ? endedOn : (expiresOn ?? agreement.expiresOn ?? addMonths(day0, DEFAULT_MONTHS));
  const assumed = assumptions.flatMap(datesIn).map(({ date }) => date);
  const far = [today, usual ?? today, ...assumed].reduce((one, other) => (one > other ? one : other));
  return far > latest ? latest : far;
}

function datesIn(assumption: AskedAssumption): { field: string; date: LocalDate }[] {
  switch (assumption.kind) {
    case 'act':
      return assumption.on === null ? [] : [{ field: 'on', date: assumption.on }];
    case 'step':
    case 'signing':
    case 'termination':
      return [{ field: 'on', date: assumption.on }];
    case 'change':
      return assumption.from === null ? [] : [{ field: 'from', date: assumption.from }];
    case 'suspension': {
      const { from, until } = assumption;
      return [{ field: 'from', date: from }, ...(until === null ? [] : [{ field: 'until', date: until }])];
    }
  }
}

function outside(date: LocalDate, path: string, from: LocalDate, until: LocalDate): FieldProblem[] {
  if (date >= from && date <= until) return [];
  return [
    {
      path,
      message: { zh: `应在 ${from} 至 ${until} 之间`, en: `is not from ${from} to ${until}` },
      cure: { zh: '请改填这段时间内的日期', en: 'name a day within that time' },
    },
  ];
}

function unfit(
  assumption: AskedAssumption,
  path: string,
  { record, earliest, horizon }: { record: RecordedLife; earliest: LocalDate; horizon: LocalDate },
): FieldProblem[] {
  const wrong = datesIn(assumption).flatMap(({ field, date }) =>
    // What a paper says, a signature, a payment, may be of before; the contract's own rules judge it.
    outside(date, `${path}.${field}`, assumption.kind === 'act' ? '1970-01-01' : earliest, horizon),
  );
  if (assumption.kind === 'act' && !record.acts.some(({ command }) => command.id === assumption.command)) {
    wrong.push({
      path: `${path}.command`,
      message: { zh: '记录中没有这一行为', en: 'is no act on record' },
      cure: { zh: '请从 acts 中选择', en: 'name one of `acts`' },
    });
  }
  if (assumption.kind === 'suspension' && assumption.until !== null && assumption.until < assumption.from) {
    wrong.push({
      path: `${path}.until`,
      message: { zh: '早于中止的首日', en: 'is before the first day' },
      cure: { zh: '请填写首日或其后的日期', en: 'name the first day or a later one' },
    });
  }
  return wrong;
}

type Change = Extract<AskedAssumption, { kind: 'change' }>;

/** The agreement as if the changes without a day had been agreed before anyone signed. @throws Problem: what is wrong with them */
function fromStart(
  subject: Subject,
  assumptions: readonly AskedAssumption[],
): { agreement: CompiledAgreement; given: Record<string, unknown> } {
  const meant = assumptions.flatMap((one, index) =>
    one.kind === 'change' && one.from === null ? [{ one, index }] : [],
  );
  if (meant.length === 0) return { agreement: subject.agreement, given: subject.given };
  if (!subject.isDraft && !isCompiledAlike(subject)) {
    throw new Problem('invalid-request', {
      errors: meant.map(({ index }) => ({
        path: `assumptions[${index}].from`,
        message: {
          zh: '本协议由较早的版本编译，现在无法假设一开始即另有约定',
          en: 'was compiled by an earlier release: another start cannot be assumed any more',
        },
        cure: { zh: '请填写变更生效之日', en: 'name the day from which it is to hold' },
      })),
    });
  }
  let { agreement, given } = subject;
  for (const { one, index } of meant) {
    const { terms, ...others } = one.changes;
    const at = (problems: readonly InputProblem[]): Problem =>
      inputProblem(problems.map((problem) => ({ ...problem, path: `assumptions[${index}].${problem.path}` })));
    if (terms) {
      given = amendedDraft(given, [{ terms }]);
      const { draft, errors } = resolveDraft({ ...given, template: agreement.template });
      if (!draft) throw at(errors.map((problem) => ({ ...problem, path: `changes.${problem.path}` })));
      agreement = compiledLike(agreement, draft);
    }
    const made = amendmentPatch({ given, agreement, inForceOn: null }, others);
    if ('problems' in made) throw at(made.problems);
    agreement = patched(agreement, made.patch);
  }
  return { agreement, given };
}

function compiledLike({ id, zone, calendar, seats }: CompiledAgreement, draft: ResolvedDraft): CompiledAgreement {
  // As it is pinned: cut to its years already.
  const compiled = compileAgreement(draft.template, draft.terms, {
    ...{ id, zone, calendar, seats },
    year: Number(calendar.provisionalFrom.slice(0, 4)),
  });
  return { ...compiled, calendar };
}

/** Whether the terms as they were agreed still compile to the agreement that is run. */
function isCompiledAlike({ agreement, given }: Subject): boolean {
  const { draft } = resolveDraft({ ...given, template: agreement.template });
  return draft !== null && isSame(compiledLike(agreement, draft), agreement);
}

/** How changes become rules, of an agreement as it stands when they are proposed in a life. */
function patching(
  { changes: recorded }: Subject,
  assumptions: readonly AskedAssumption[],
  given: Record<string, unknown>,
): {
  patchOf: (changes: AmendmentChanges, state: AgreementState, name: string) => ReturnType<typeof patchOrNot>;
  asSaid: (command: PersonCommand, state: AgreementState) => PersonCommand | Rejection;
  problems: InputProblem[];
} {
  const problems: InputProblem[] = [];
  const assumed = Object.fromEntries(
    assumptions.flatMap((one, index): [string, Change['changes']][] =>
      one.kind === 'change' ? [[`what-if-${index + 1}`, one.changes]] : [],
    ),
  );
  const givenIn = ({ amendments }: AgreementState): Record<string, unknown> =>
    amendedDraft(
      given,
      amendments
        .filter(({ status }) => status === 'effective')
        .toSorted((a, b) => (a.effectiveOn < b.effectiveOn ? -1 : a.effectiveOn > b.effectiveOn ? 1 : 0))
        .map(({ id, commandId }) => recorded[commandId] ?? assumed[id] ?? {}),
    );
  const patchIn = (changes: AmendmentChanges, state: AgreementState) =>
    patchOrNot(
      amendmentPatch({ given: givenIn(state), agreement: state.agreement, inForceOn: state.inForceOn }, changes),
    );
  return {
    problems,
    patchOf: (changes, state, name) => {
      const made = patchIn(changes, state);
      if ('rejected' in made) {
        const index = Number(name.slice('what-if-'.length)) - 1;
        problems.push(...made.problems.map((one) => ({ ...one, path: `assumptions[${index}].${one.path}` })));
      }
      return made;
    },
    asSaid: (command, state) => {
      if (command.type !== 'propose') return command;
      const patch = patchIn(recorded[command.id] ?? {}, state);
      return 'rejected' in patch ? patch : { ...command, patch };
    },
  };
}

function patchOrNot(made: ReturnType<typeof amendmentPatch>) {
  if ('patch' in made) return made.patch;
  const [first] = made.problems;
  const refusal: Rejection & { problems: InputProblem[] } = {
    rejected: 'not-provided',
    message: first ? `${first.path} ${first.message.en}` : 'it cannot be amended so',
    problems: made.problems,
  };
  return refusal;
}

/** Terms that nobody has filled or left out on purpose. */
function openTerms({ template: reference }: CompiledAgreement, given: Record<string, unknown>): string[] {
  const template = templateOf(reference);
  return template ? resolveTerms(template, given['terms'] ?? {}).open.map(({ term }) => term) : [];
}
