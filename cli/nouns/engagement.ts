import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { CommandText } from '../../api/commands.ts';
import type { Actor } from '../../domain/agreement/command.ts';
import { COORDINATOR, THIRD } from '../../domain/agreement/parties.ts';
import { applicationRefused } from '../../domain/engagement/applying.ts';
import { capChangeOf } from '../../domain/engagement/cap.ts';
import {
  type AgreementDraft,
  type Application,
  type EngagementInput,
  LOSS_CATEGORIES,
  type LossCategory,
} from '../../domain/engagement/command.ts';
import type { ApplicationField, CompiledEngagement } from '../../domain/engagement/compiled.ts';
import { isInForce, roundOf, saidBy } from '../../domain/engagement/standing.ts';
import { ENGAGEMENT_STATUSES, type EngagementState } from '../../domain/engagement/state.ts';
import { ENGAGEMENT_EVENT_WORDS } from '../../domain/engagement/vocabulary.ts';
import { present } from '../../domain/fields.ts';
import { compareMoney } from '../../domain/money.ts';
import type { LocalDate } from '../../domain/time.ts';
import { findTemplate } from '../../templates/library.ts';
import type { Person } from '../../templates/parties.ts';
import {
  CAUSES,
  ENGAGEMENT_ACTS,
  ENGAGEMENT_ACT_WORDS,
  type EngagementAct,
  GROUNDS,
  SHARED_ACTS,
  VERDICTS,
} from './engagement-acts.ts';
import type { Living, Noun, NounEvent, NounRefusal, NounSituation, NounStep, NounToDo, Said } from './noun.ts';

type Order = Extract<NounToDo, { what: 'command' }>;

export const ENGAGEMENT: Noun = {
  type: 'engagement',
  rows: 'engagements',
  name: 'engagement',
  title: '第三方介入',
  acts: ENGAGEMENT_ACTS,
  words: ENGAGEMENT_ACT_WORDS,
  owns,
  spelling: {
    reply: ['verdict'],
    review: ['verdict'],
    'review-effect': ['verdict'],
    'answer-loss': ['verdict'],
    end: ['ground'],
  },
  mayAct: (as) => as === THIRD || as.startsWith(`${THIRD}-`),
  check: () => [],
  toDo,
  describe: (records, { at }) => records.map((record) => ({ record, row: rowOf(record.state as EngagementState, at) })),
  row: rowSchema(),
  eventWords: ENGAGEMENT_EVENT_WORDS,
  detail: told,
  detailWords: {
    'reply-due': '答复期限至',
    'days-late': '逾期日数',
    'notice-through': '通知期至',
    'starts-on': '介入首日',
    'by-law': '按法律规定',
    recoverable: '可追偿',
    'own-loss': '自行承担',
  },
};

/** `decline{cap}` and `accept{milestone}` are ours as `sign{engagement}` is; an amendment, a survey, a claim is not. */
function owns(item: Said): boolean {
  if (!SHARED_ACTS.includes(item.do)) return !Object.hasOwn(item, 'case') && !Object.hasOwn(item, 'evaluation');
  if (Object.hasOwn(item, 'engagement')) return true;
  const isElse = ['amendment', 'survey', 'claim', 'case', 'evaluation', 'finding', 'plan', 'notice', 'item', 'risk'];
  if (isElse.some((field) => Object.hasOwn(item, field))) return false;
  if (['consent', 'negotiate', 'supervise', 'access', 'draft', 'provide', 'end', 'dispute'].includes(item.do))
    return true;
  return ['cap', 'milestone', 'loss', 'scope'].some((field) => Object.hasOwn(item, field));
}

function rowOf(state: EngagementState, at: (ms: number) => string): Record<string, unknown> {
  const { input, status, draft } = state;
  const round = roundOf(state);
  const { caps } = state;
  const last = caps.at(-1);
  return {
    engagement: input.reference,
    status,
    third: input.thirdSeat,
    appliedBy: round.by,
    appliedAt: at(round.appliedAtMs),
    rounds: state.rounds.length,
    noticeThrough: state.noticeThrough,
    replyDueAt: round.replyDue ? at(round.replyDue.dueAtMs) : null,
    repliedAt: round.repliedAtMs === null ? null : at(round.repliedAtMs),
    verdict: status === 'asked' ? 'ask' : round.verdict,
    daysLate: round.daysLate,
    cap: last ? last.amount : (draft?.cap ?? null),
    capBasis: input.rules.cap === null ? 'none' : last ? (last.amount === null ? 'by-law' : 'sum') : null,
    caps: caps.map(({ amount, from }) => ({ amount, from })),
    capChanges: state.capChanges.map(({ amount, by, status: stage, notifiedOn, due }) => ({
      amount,
      by,
      status: stage,
      notifiedOn,
      dueAt: due ? at(due.dueAtMs) : null,
    })),
    losses: state.losses.map(({ loss, amount, cause, of, lossOn, cap, recoverable, ownLoss, ownShares, ...one }) => ({
      loss,
      amount,
      cause,
      of,
      lossOn,
      cap,
      recoverable,
      ownLoss,
      ownShares,
      status: one.status,
      recourse: one.recourse,
    })),
    signatures: state.signatures.map(({ seat, signedOn }) => ({ seat, signedOn })),
    reviewedBy: state.reviewedBy,
    startedOn: state.startsOn,
    workStartedOn: state.workStartedOn,
    access: state.access,
    scope: draft?.scope ?? round.application.scope,
    tasks: state.tasks.map(({ task, scope, on }) => ({ task, scope, on })),
    milestones: state.milestones.map(({ milestone, status: stage, due, daysLate, attributable, acceptedBy }) => ({
      milestone,
      status: stage,
      dueAt: due ? at(due.dueAtMs) : null,
      daysLate,
      attributable,
      acceptedBy,
    })),
    reports: state.reports.map(({ report, by, complete }) => ({ report, by, complete })),
    costs: state.charges.map(({ amount, on, shares, due = null, overdue = [] }) => ({
      ...{ amount, on, shares, overdue },
      dueAt: due ? at(due.dueAtMs) : null,
    })),
    owed: state.owed,
    breaches: state.breaches.map(({ foundOn, by }) => ({ foundOn, by })),
    endedOn: state.endedOn,
    endGround: state.endGround,
    open: state.items.filter(({ by }) => input.parties.some((party) => !by.includes(party))).map(({ item }) => item),
  };
}

function rowSchema() {
  const instant = z.string().nullable();
  const date = z.string().nullable();
  const money = z.string().nullable();
  const shares = z.record(z.string(), z.string());
  return z.strictObject({
    engagement: z.string(),
    status: z.enum(ENGAGEMENT_STATUSES),
    third: z.string().meta({ description: 'Its seat' }),
    appliedBy: z.string(),
    appliedAt: z.string(),
    rounds: z.int(),
    noticeThrough: date.meta({ description: 'The last day of the notice ahead' }),
    replyDueAt: instant,
    repliedAt: instant,
    verdict: z.enum(['agree', 'refuse', 'ask']).nullable(),
    daysLate: z.int(),
    cap: money,
    capBasis: z.enum(['sum', 'by-law', 'none']).nullable().meta({
      description: 'A sum, as the law provides, or none that the contract speaks of; null before it is signed',
    }),
    caps: z.array(z.strictObject({ amount: money, from: z.string() })),
    capChanges: z.array(
      z.strictObject({
        amount: money,
        by: z.string(),
        status: z.enum(['proposed', 'agreed', 'notified', 'consented', 'declined', 'lapsed', 'rejected']),
        notifiedOn: date,
        dueAt: instant,
      }),
    ),
    losses: z.array(
      z.strictObject({
        loss: z.string(),
        amount: z.string(),
        cause: z.string(),
        of: z.string(),
        lossOn: z.string(),
        cap: money,
        recoverable: money.meta({ description: 'Of the third party; null: the law decides' }),
        ownLoss: money,
        ownShares: shares.nullable().meta({ description: 'Null: no share is agreed' }),
        status: z.enum(['claimed', 'agreed', 'disputed', 'dropped', 'own']),
        recourse: z.string(),
      }),
    ),
    signatures: z.array(z.strictObject({ seat: z.string(), signedOn: z.string() })),
    reviewedBy: z.array(z.string()),
    startedOn: date.meta({ description: 'The first day on which the third party may be involved' }),
    workStartedOn: date,
    access: z.enum(['none', 'granted', 'withdrawn']),
    scope: z.array(z.string()),
    tasks: z.array(z.strictObject({ task: z.string(), scope: z.string(), on: z.string() })),
    milestones: z.array(
      z.strictObject({
        milestone: z.string(),
        status: z.enum(['pending', 'overdue', 'handed-in', 'rejected', 'accepted']),
        dueAt: instant,
        daysLate: z.int(),
        attributable: z.boolean(),
        acceptedBy: z.array(z.string()),
      }),
    ),
    reports: z.array(z.strictObject({ report: z.string(), by: z.array(z.string()), complete: z.boolean() })),
    costs: z.array(
      z.strictObject({
        amount: z.string(),
        on: z.string(),
        shares,
        dueAt: instant.meta({
          description: 'The last moment to pay the third party; null: no days are agreed, or a party has paid it',
        }),
        overdue: z.array(z.string()).meta({ description: 'Who had not paid its share by then' }),
      }),
    ),
    owed: shares.meta({ description: 'To the third party, by role key' }),
    breaches: z.array(z.strictObject({ foundOn: z.string(), by: z.string() })),
    endedOn: date,
    endGround: z
      .enum(['unable-to-perform', 'breach', 'purpose-achieved', 'agreed', 'term', 'agreement-over'])
      .nullable(),
    open: z.array(z.string()).meta({ description: 'What is still to be settled' }),
  });
}

/** What an event is about, as sums and dates. */
function told({ type, body }: NounEvent): string | undefined {
  const of = (field: string): string | undefined => {
    const value = body[field];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  };
  const joined = (...fields: string[]): string | undefined => {
    const found = fields.flatMap((field) => of(field) ?? []);
    return found.length > 0 ? found.join('; ') : undefined;
  };
  switch (type) {
    case 'engagement-applied':
    case 'engagement-provided': {
      const due = body['replyDue'] as { localDate: string } | null;
      return due ? `reply-due ${due.localDate}` : undefined;
    }
    case 'engagement-agreed':
    case 'engagement-refused':
      return body['daysLate'] === 0 ? undefined : `days-late ${String(body['daysLate'])}`;
    case 'engagement-invited':
      return body['noticeThrough'] === null ? undefined : `notice-through ${String(body['noticeThrough'])}`;
    case 'engagement-in-force':
      return `starts-on ${String(body['startsOn'])}`;
    case 'engagement-cost-charged':
      return `${String(body['amount'])}: ${Object.entries(body['shares'] as Record<string, string>)
        .map(([party, share]) => `${party} ${share}`)
        .join(', ')}`;
    case 'engagement-loss-reported':
    case 'engagement-loss-agreed': {
      const [recoverable, own] = [of('recoverable'), of('ownLoss')];
      const split = recoverable === undefined ? 'by-law' : `recoverable ${recoverable}, own-loss ${own ?? ''}`;
      return `${String(body['loss'])}; ${String(body['amount'])}; ${split}`;
    }
    case 'engagement-cap-proposed':
    case 'engagement-cap-changed':
      return of('amount') ?? 'by-law';
    default:
      return joined(
        'milestone',
        'finding',
        'task',
        'scope',
        'request',
        'report',
        'loss',
        'item',
        'ground',
        'amount',
        'percent',
      );
  }
}

function nothing(refused: string, message: string, reference?: string): NounRefusal {
  return { refused, message, ...present({ reference }) };
}

function text(said: Said, more: CommandText = {}): { text?: CommandText } {
  const all = { ...present({ reason: said['reason'] as string | undefined }), ...more };
  return Object.keys(all).length > 0 ? { text: all } : {};
}

function toDo(step: NounStep, situation: NounSituation): NounToDo[] | NounRefusal {
  const { said } = step;
  const act = said.do as EngagementAct;
  const [first] = situation.agreement.engagements ?? [];
  if (!first) return nothing('not-provided', 'the agreement provides for no involvement of a third party');
  if (act === 'apply' || act === 'invite') return applying(said, situation);
  const found = meant(said, act, situation);
  if ('refused' in found) {
    const isDrafting = act === 'draft' || act === 'agree-terms' || act === 'review' || act === 'sign';
    const begins = first.application === null && first.advanceNotice === null && isDrafting;
    const isNew = found.refused === 'unknown-engagement' && begins;
    return isNew ? begunByDraft(step, situation, first) : found;
  }
  const state = found.state as EngagementState;
  const actor = actorIn(state, situation, step);
  return ordersOf(step, { ...situation, actor }, { workflowId: found.workflowId, state });
}

/** `third` is the third party of the engagement that is meant, also where it has a seat of its own. */
function actorIn({ input }: EngagementState, { actor, seats }: NounSituation, { as }: NounStep): Actor {
  const { thirdSeat } = input;
  if (actor.seat === COORDINATOR && actor.onBehalfOf === THIRD) return { ...actor, onBehalfOf: thirdSeat };
  if (as !== THIRD || thirdSeat === THIRD) return actor;
  const personId = seats[thirdSeat]?.personId ?? thirdSeat;
  return { ...actor, seat: thirdSeat, personId, party: THIRD };
}

/** Which one: the one that is named; else the only one, or the only one of those that are not over. */
function meant(said: Said, act: EngagementAct, { processes }: NounSituation): Living | NounRefusal {
  const all = processes.filter(({ type }) => type === 'engagement');
  const nameOf = ({ state }: Living): string => (state as EngagementState).input.reference;
  const named = (said['engagement'] as string | undefined) ?? all.map(nameOf).find((one) => one === said['cap']);
  const isGated = [
    'start-work',
    'pay',
    'charge',
    'fees',
    'invoice',
    'access',
    'grant-access',
    'assign',
    'deliver',
  ].includes(act);
  if (named !== undefined) {
    const one = all.find((living) => nameOf(living).toLowerCase() === referenceIn(named).toLowerCase());
    if (one) return one;
    if (isGated) return nothing('gate-closed', `nothing was agreed on ${named}: no agreement of it is signed`, named);
    const there = all.map(nameOf).join(', ') || 'none';
    return nothing('unknown-engagement', `there is no engagement ${named}: there is ${there}`, named);
  }
  const open = all.filter(
    ({ state }) => !['closed', 'withdrawn', 'refused'].includes((state as EngagementState).status),
  );
  const [only] = open.length > 0 ? open : all;
  if (only && (open.length === 1 || all.length === 1)) return only;
  if (all.length === 0 && isGated) return nothing('gate-closed', 'no agreement of a third party is signed');
  return nothing(
    'unknown-engagement',
    all.length === 0 ? 'no third party was applied for' : `say which: ${all.map(nameOf).join(', ')}`,
  );
}

function referenceIn(named: string): string {
  return named.trim().replaceAll('/', '-');
}

/** Codes of scope from words: those that the contract offers by id or title, others by what they say. */
function scopeCodes(
  rules: CompiledEngagement,
  templateRef: string,
  given: unknown,
): { codes: string[]; words: Record<string, string> } {
  const list = given === undefined ? [] : typeof given === 'string' ? [given] : (given as string[]);
  const found = findTemplate(templateRef);
  const rule = 'template' in found ? found.template.rules.find(({ id }) => id === rules.id) : undefined;
  const offered = rule?.kind === 'engagement' ? rule.scopes : [];
  const words: Record<string, string> = {};
  const codes = list.map((one) => {
    const plain = one.trim().toLowerCase();
    const known = offered.find(
      ({ id, title }) =>
        id === plain.replaceAll(/[\s_]+/g, '-') || title.zh === one.trim() || title.en.toLowerCase() === plain,
    );
    if (known) return known.id;
    if (/^other-\d+$/.test(plain)) return plain;
    const code = `other-${1 + (parseInt(createHash('sha256').update(plain).digest('hex').slice(0, 8), 16) % 9999)}`;
    words[code] = one;
    return code;
  });
  return { codes: [...new Set(codes)], words };
}

function applying(said: Said, situation: NounSituation): NounToDo[] | NounRefusal {
  const { agreement, agreementStatus, inForceOn, processes, frame, actor, atMs } = situation;
  const reference = referenceIn((said['engagement'] as string | undefined) ?? 'engagement');
  if (inForceOn === null)
    return nothing('not-in-force', 'a third party is applied for once the agreement is in force', reference);
  if (!['active', 'suspended'].includes(agreementStatus)) {
    return nothing('agreement-ended', `the agreement is ${agreementStatus}`, reference);
  }
  const rules = ruleIn(said, agreement.engagements ?? []);
  if ('refused' in rules) return rules;
  const { application, words } = applicationIn(said, rules, situation);
  const known = processes.find(
    ({ type, state }) =>
      type === 'engagement' && (state as EngagementState).input.reference.toLowerCase() === reference.toLowerCase(),
  );
  if (known) {
    return [
      {
        what: 'command',
        workflowId: known.workflowId,
        order: { type: 'apply', application },
        ...text(said, words),
        ...(said['file'] === undefined && said['documents'] === undefined && actor.seat !== COORDINATOR
          ? {}
          : { bringsDocument: true as const }),
      },
    ];
  }
  const brings =
    said['file'] !== undefined ||
    said['documents'] !== undefined ||
    actor.seat === COORDINATOR ||
    (rules.application?.demands ?? []).includes('documents');
  const given = brings ? { ...application, documents: [{ sha256: '', size: 0 }] } : application;
  const refused = applicationRefused({ ...frame, rules }, actor, given);
  if (refused) {
    const { rejected, message, clauses } = refused;
    return { refused: rejected, message, ...present({ clauses }), reference };
  }
  const { thirdSeat, person } = thirdIn(said, reference, situation);
  const input: Omit<EngagementInput, 'workflowId' | 'reference'> = {
    ...frame,
    seats: person && !frame.seats.includes(thirdSeat) ? [...frame.seats, thirdSeat] : frame.seats,
    rules,
    currency: agreement.currency,
    thirdSeat,
    improvement: agreement.improvement ?? null,
    ...present({ suspendedFrom: situation.suspendedFrom }),
    application,
    actor,
    appliedAtMs: atMs,
  };
  return [
    {
      what: 'start',
      type: 'engagement',
      reference,
      input,
      ...text(said, words),
      ...(person ? { seats: { [thirdSeat]: person } } : {}),
      ...(brings ? { bringsDocument: true as const } : {}),
    },
  ];
}

function ruleIn(said: Said, rules: readonly CompiledEngagement[]): CompiledEngagement | NounRefusal {
  const named = said['rule'] as string | undefined;
  const found = named === undefined ? rules[0] : rules.find(({ id }) => id === named);
  return found ?? nothing('not-provided', `the agreement has no rule ${named ?? ''} of third parties`);
}

/** What an application says; what the contract itself has filled in counts as said. */
function applicationIn(
  said: Said,
  rules: CompiledEngagement,
  { agreement, term }: NounSituation,
): { application: Application; words: CommandText } {
  const own = scopeCodes(rules, agreement.template, said['scope']);
  const agreed =
    said['scope'] === undefined && rules.prefill.hasScope
      ? scopeCodes(rules, agreement.template, term('thirdPartyScope'))
      : own;
  const purpose = said['purpose'] as string | undefined;
  const effect = (said['effect'] ?? said['expectedEffect']) as string | undefined;
  const third = thirdSaid(said);
  const filled: Record<ApplicationField, boolean> = {
    purpose: purpose !== undefined || rules.prefill.hasPurpose,
    scope: agreed.codes.length > 0,
    effect: effect !== undefined,
    identity: third !== undefined,
    documents: false,
  };
  const [cap, fee, endsOn] = [said['cap'], said['fee'], said['endsOn']];
  const proposed = {
    ...(cap === undefined ? {} : { cap: cap === 'by-law' ? null : (cap as string | null) }),
    ...(fee === undefined ? {} : { fee: fee as string }),
    ...(endsOn === undefined ? {} : { endsOn: endsOn as LocalDate }),
  };
  const name = typeof third === 'string' ? third : (third as { name?: string } | undefined)?.name;
  return {
    application: {
      filled: (Object.keys(filled) as ApplicationField[]).filter((field) => filled[field]),
      scope: agreed.codes,
      interest: (said['interest'] as Application['interest'] | undefined) ?? 'none',
      documents: [],
      ...(Object.keys(proposed).length > 0 ? { proposed } : {}),
    },
    words: {
      ...present({ purpose, effect }),
      ...(Object.keys(agreed.words).length > 0 ? { scope: agreed.words } : {}),
      ...(name === undefined ? {} : { identity: { name, kind: kindOf(third) } }),
    },
  };
}

/** A legal person where it says so, else another organisation (S001a-41). */
function kindOf(third: unknown): string {
  const { kind, orgType } = (typeof third === 'object' && third !== null ? third : {}) as {
    kind?: string;
    orgType?: string;
  };
  const said = (kind ?? orgType ?? '')
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/g, '-');
  return said === 'legal-person' || said === '法人' ? 'legal-person' : 'other-organisation';
}

/** Whom an application names, as a name or with an address. */
function thirdSaid(said: Said): unknown {
  return said['third'] ?? said['thirdParty'] ?? said['identity'];
}

/** Whoever is named with an address of its own has a seat of its own, unless it is the one that sits there. */
function thirdIn(
  said: Said,
  reference: string,
  { seatAt, agreement, term }: NounSituation,
): { thirdSeat: string; person?: Person } {
  const given = thirdSaid(said);
  const own = typeof given === 'object' && given !== null ? (given as { name: string; email?: string }) : undefined;
  const agreed = term('thirdPartyEmail');
  const [email, name] =
    own?.email !== undefined
      ? [own.email, own.name]
      : agreement.seats.includes(THIRD) || typeof agreed !== 'string'
        ? [undefined, '']
        : [agreed, String(term('thirdPartyName') ?? agreed)];
  if (email === undefined || seatAt[email.toLowerCase()] === THIRD) return { thirdSeat: THIRD };
  const handle = reference
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  // Names that look alike without their other letters are two engagements, of two third parties.
  const isWhole = /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(reference.toLowerCase());
  const mark = createHash('sha256').update(reference.toLowerCase()).digest('hex').slice(0, 8);
  const thirdSeat = [THIRD, ...(handle ? [handle] : []), ...(isWhole ? [] : [mark])].join('-');
  return { thirdSeat, person: { name, email, language: 'zh' } };
}

/** Where the contract has neither application nor notice, drafting is how one begins (S001a). */
function begunByDraft(step: NounStep, situation: NounSituation, rules: CompiledEngagement): NounToDo[] | NounRefusal {
  const { said } = step;
  const { frame, actor, agreement } = situation;
  const isApplicant = rules.applicants.includes(saidBy({ ...frame, thirdSeat: THIRD } as EngagementInput, actor) ?? '');
  const [by = ''] = rules.applicants;
  const starter: Actor = isApplicant
    ? actor
    : { personId: situation.seats[by]?.personId ?? by, seat: by, party: by, via: actor.via };
  // What the draft itself says is no proposal beside it.
  const { cap, fee, endsOn, ...application } = said;
  const started = applying({ ...application, do: 'apply' }, { ...situation, actor: starter });
  const [start] = 'refused' in started ? [] : started;
  if (start?.what !== 'start') return started;
  const workflowId = `engagement/${agreement.id}/${start.reference}`;
  const drafted = madeDraft(
    { ...application, do: 'draft', ...present({ fee, endsOn }), ...(cap === undefined ? {} : { cap }) },
    rules,
    start.input as unknown as EngagementInput,
    situation,
  );
  const first: Order = {
    what: 'command',
    workflowId,
    order: { type: 'draft', draft: drafted.draft },
    ...text(said, drafted.words),
    actor: starter,
  };
  if (said.do === 'draft' || said.do === 'agree-terms') return [start, first];
  const then =
    said.do === 'review'
      ? { type: 'review', ...verdictIn(said) }
      : { type: 'sign', ...present({ signedOn: said['signedOn'] as string | undefined }), documents: [] };
  return [
    start,
    first,
    {
      what: 'command',
      workflowId,
      order: then,
      ...text(said),
      ...(said.do === 'sign' ? { bringsDocument: true as const } : {}),
    },
  ];
}

function verdictIn(said: Said): { verdict: 'accept' | 'reject'; pointCount: number } {
  const verdict = said['verdict'] === 'reject' || said['verdict'] === 'return' ? 'reject' : 'accept';
  const points =
    (said['points'] as string[] | undefined) ?? (said['reason'] === undefined ? [] : [said['reason'] as string]);
  return { verdict, pointCount: verdict === 'reject' ? points.length : 0 };
}

/** A draft from what is said, what was proposed with the application, and what the contract fills in itself. */
function madeDraft(
  said: Said,
  rules: CompiledEngagement,
  { application }: Pick<EngagementInput, 'application'>,
  { agreement, today }: Pick<NounSituation, 'agreement' | 'today'>,
): { draft: AgreementDraft; words: CommandText } {
  const { prefill } = rules;
  const { proposed = {} } = application;
  const scope =
    said['scope'] === undefined
      ? { codes: application.scope, words: {} }
      : scopeCodes(rules, agreement.template, said['scope']);
  const saidCap = said['cap'] as string | null | undefined;
  const cap =
    saidCap === 'by-law'
      ? null
      : saidCap === undefined
        ? proposed.cap === undefined
          ? prefill.cap
          : proposed.cap
        : saidCap;
  const fee = (said['fee'] as string | undefined) ?? proposed.fee ?? rules.fee?.amount ?? null;
  const reasons = said['rationale'] as Record<string, string> | undefined;
  const factors = reasons
    ? Object.keys(reasons)
    : prefill.rationale.length > 0
      ? prefill.rationale
      : cap === null
        ? []
        : (rules.cap?.rationale ?? []);
  const agreedEnd = prefill.endsOn !== null && prefill.endsOn >= today ? prefill.endsOn : null;
  const rows = said['milestones'] as { milestone?: string; dueOn?: string; what?: string }[] | undefined;
  const milestones = rows
    ? rows.map(({ milestone, dueOn }, index) => ({
        milestone: milestone ?? `milestone-${index + 1}`,
        dueOn: dueOn ?? null,
      }))
    : prefill.milestones;
  return {
    draft: {
      sections: (said['sections'] as AgreementDraft['sections'] | undefined) ?? rules.agreement.sections,
      scope: scope.codes,
      fee:
        rules.fee === null
          ? null
          : fee === null || said['costs'] === 'actual'
            ? { basis: 'actual' }
            : { basis: 'agreed', amount: fee },
      cap: rules.cap === null && saidCap === undefined ? null : cap,
      rationale: factors,
      endsOn: (said['endsOn'] as LocalDate | undefined) ?? proposed.endsOn ?? agreedEnd,
      milestones: rules.acceptance === null && rows === undefined ? [] : milestones,
      documents: [],
    },
    words: {
      ...(reasons ? { rationale: reasons } : {}),
      ...(Object.keys(scope.words).length > 0 ? { scope: scope.words } : {}),
    },
  };
}

function ordersOf(
  step: NounStep,
  situation: NounSituation,
  { workflowId, state }: { workflowId: string; state: EngagementState },
): NounToDo[] | NounRefusal {
  const { said } = step;
  const act = said.do as EngagementAct;
  const { input } = state;
  const { rules } = input;
  const { actor, today } = situation;
  const isOwnThird = actor.seat !== step.as || actor.onBehalfOf !== step.for;
  const who = isOwnThird ? { actor } : {};
  const isEntered = actor.seat === COORDINATOR;
  const order = (command: { type: string } & Record<string, unknown>, words: CommandText = {}): Order => ({
    what: 'command',
    workflowId,
    order: command,
    ...text(said, words),
    ...who,
    // What a coordinator enters for somebody has its document.
    ...(isEntered && command.type !== 'draft' ? { bringsDocument: true as const } : {}),
  });
  const proven = (command: { type: string } & Record<string, unknown>, words: CommandText = {}): Order => ({
    ...order(command, words),
    bringsDocument: true,
  });
  const maybe = (command: { type: string } & Record<string, unknown>, words: CommandText = {}): Order =>
    isEntered || said['file'] !== undefined ? proven(command, words) : order({ ...command, documents: [] }, words);
  const by = saidBy(input, actor);
  switch (act) {
    case 'apply':
    case 'invite':
      return [];
    case 'reply': {
      const verdict = VERDICTS[said['verdict'] as string] ?? 'agree';
      return [maybe({ type: 'reply', verdict, hasReason: true })];
    }
    case 'provide':
    case 'answer-question':
      return [maybe({ type: 'provide' }, present({ note: said['answer'] as string | undefined }))];
    case 'withdraw':
      return [order({ type: 'withdraw' })];
    case 'negotiate': {
      const there = (said['present'] ?? said['with']) as string[] | undefined;
      const present1 = there
        ? [...new Set([...(by === undefined ? [] : [by]), ...there])]
        : (rules.negotiation?.between ?? []);
      return [proven({ type: 'negotiate', heldOn: dayIn(said) ?? today, present: present1 })];
    }
    case 'draft':
    case 'agree-terms': {
      const { draft, words } = draftOf(said, state, situation);
      return [...negotiated(state, situation, order), order({ type: 'draft', draft }, words)];
    }
    case 'review':
      return [...drafted(said, state, situation, order), order({ type: 'review', ...verdictIn(said) })];
    case 'sign':
      return [
        ...drafted(said, state, situation, order),
        proven({ type: 'sign', ...present({ signedOn: said['signedOn'] as string | undefined }) }),
      ];
    case 'refuse-to-sign':
      return [order({ type: 'refuse-to-sign' })];
    case 'undertake':
      return [
        proven({
          type: 'undertake',
          what: (said['what'] as string | undefined) ?? (rules.undertaking ? 'secrecy' : 'site-rules'),
        }),
      ];
    case 'access':
      return [order({ type: 'access', step: (said['step'] as string | undefined) ?? 'grant' })];
    case 'grant-access':
      return [order({ type: 'access', step: 'grant' })];
    case 'withdraw-access':
      return [order({ type: 'access', step: 'withdraw' })];
    case 'start-work':
      return [order({ type: 'start-work' })];
    case 'report-involvement':
      return [proven({ type: 'report-involvement', foundOn: dayIn(said) ?? today })];
    case 'assign': {
      const agreed = state.draft?.scope ?? [];
      const [code] =
        said['scope'] === undefined ? agreed : scopeCodes(rules, situation.agreement.template, said['scope']).codes;
      const task = (said['task'] as string | undefined) ?? `task-${state.tasks.length + 1}`;
      return [order({ type: 'assign', task, scope: code ?? 'other-1' })];
    }
    case 'deliver':
      return [
        proven({
          type: 'deliver',
          milestone: milestoneIn(said, state, ['pending', 'overdue', 'rejected', 'handed-in']),
        }),
      ];
    case 'approve':
    case 'accept':
    case 'consent':
      return consenting(said, state, { by, situation, order, proven, maybe });
    case 'reject': {
      const points = (said['points'] as string[] | undefined) ?? [];
      const pointCount = Math.max(points.length, said['reason'] === undefined ? 0 : 1);
      if (said['milestone'] === undefined && state.status === 'in-review') {
        return [order({ type: 'review', verdict: 'reject', pointCount }, { points })];
      }
      const milestone = milestoneIn(said, state, ['handed-in']);
      return [order({ type: 'judge-delivery', milestone, verdict: 'reject', pointCount }, { points })];
    }
    case 'decline':
      return declining(said, state, { by, situation, order, maybe, proven });
    case 'raise-shortcoming':
      return [
        order(
          { type: 'follow-up', ...shortcoming(said) },
          present({ topic: said['shortcoming'] as string | undefined }),
        ),
      ];
    case 'review-effect':
      return [
        order({
          type: 'review-effect',
          milestone: milestoneIn(said, state, ['accepted']),
          verdict: (said['verdict'] as string | undefined) ?? 'good',
        }),
      ];
    case 'supervise': {
      const report = (said['report'] as string | undefined) ?? state.reports.find(({ complete }) => !complete)?.report;
      return [maybe({ type: 'supervise', report: report ?? `report-${state.reports.length + 1}` })];
    }
    case 'ask-support': {
      const of =
        said['of'] === undefined ? [] : typeof said['of'] === 'string' ? [said['of']] : (said['of'] as string[]);
      const request = (said['request'] as string | undefined) ?? `support-${state.support.length + 1}`;
      return [order({ type: 'ask-support', request, of })];
    }
    case 'answer-support': {
      const open = state.support.find(({ answeredOn }) => answeredOn === null)?.request;
      return [
        maybe({ type: 'answer-support', request: (said['request'] as string | undefined) ?? open ?? 'support-1' }),
      ];
    }
    case 'charge':
    case 'fees':
    case 'invoice':
      return [
        proven({
          type: 'charge',
          amount: said['amount'],
          ...present({ paidBy: said['paidBy'] as string | undefined }),
        }),
      ];
    case 'pay': {
      const owes = Object.values(state.owed).some((sum) => compareMoney(sum, '0') > 0);
      const charged = owes || !isInForce(state) ? [] : [proven({ type: 'charge', amount: said['amount'] })];
      return [...charged, maybe({ type: 'pay', amount: said['amount'] })];
    }
    case 'propose-cap': {
      const amount = (said['amount'] ?? said['cap']) as string | null | undefined;
      const reasons = said['rationale'];
      const words = typeof reasons === 'object' && reasons !== null ? (reasons as Record<string, string>) : undefined;
      return [
        order(
          {
            type: 'propose-cap',
            amount: amount === undefined || amount === 'by-law' ? null : amount,
            rationale: Object.keys(words ?? {}),
          },
          words ? { rationale: words } : {},
        ),
      ];
    }
    case 'report-loss': {
      const { cause = THIRD, category = 'other' } = said as { cause?: string; category?: string };
      const kind = category
        .trim()
        .toLowerCase()
        .replaceAll(/[\s_]+/g, '-');
      const known: LossCategory = LOSS_CATEGORIES.find((one) => one === kind) ?? 'other';
      return [
        proven({
          type: 'report-loss',
          loss: (said['loss'] as string | undefined) ?? `loss-${state.losses.length + 1}`,
          amount: said['amount'],
          cause:
            CAUSES[
              cause
                .trim()
                .toLowerCase()
                .replaceAll(/[\s_]+/g, '-')
            ] ?? cause,
          category: known,
          ...present({
            of: said['of'] as string | undefined,
            lossOn: (said['lossOn'] as string | undefined) ?? dayIn(said),
          }),
        }),
      ];
    }
    case 'answer-loss':
    case 'dispute':
      return [
        maybe({
          type: 'answer-loss',
          loss: lossIn(said, state),
          verdict: act === 'dispute' ? 'dispute' : ((said['verdict'] as string | undefined) ?? 'agree'),
          ...present({ amount: said['amount'] as string | undefined }),
        }),
      ];
    case 'record-recourse':
      return [proven({ type: 'record-recourse', loss: lossIn(said, state), amount: said['amount'] })];
    case 'end': {
      // “As agreed” is said of the ground that the other one named; beside both it is the coordinator's to enter.
      const isAsAgreed = GROUNDS[(said['ground'] as string | undefined) ?? ''] === 'agreed' && !isEntered;
      const ground =
        (isAsAgreed ? state.ending?.ground : undefined) ??
        GROUNDS[(said['ground'] as string | undefined) ?? ''] ??
        state.ending?.ground ??
        'purpose-achieved';
      return [proven({ type: 'end', ground })];
    }
    case 'serve':
      return [
        proven({
          type: 'serve',
          notice: (said['notice'] as string | undefined) ?? (capChangeOf(state) ? 'cap' : 'end'),
          servedOn: dayIn(said) ?? today,
        }),
      ];
    case 'settle':
      return [maybe({ type: 'settle', item: said['item'] })];
  }
}

type Ordering = (command: { type: string } & Record<string, unknown>, words?: CommandText) => Order;

function draftOf(said: Said, { input, rounds }: EngagementState, situation: NounSituation) {
  const application = rounds.at(-1)?.application ?? input.application;
  return madeDraft(said, input.rules, { application }, situation);
}

/** A negotiation that the script does not mention took place with all of them on the day of the draft. */
function negotiated(state: EngagementState, { today }: NounSituation, order: Ordering): Order[] {
  const { negotiation } = state.input.rules;
  if (negotiation === null || state.negotiatedOn !== null) return [];
  const partyActor = roundOf(state).party;
  const held = order({ type: 'negotiate', heldOn: today, present: negotiation.between });
  return [{ ...held, bringsDocument: true, actor: standIn(partyActor) }];
}

/** Whoever the script leaves out: the party itself, as its seat. */
function standIn(party: string): Actor {
  return { personId: party, seat: party, party, via: 'cli' };
}

/** A draft that the script does not mention is made of the application and of what the contract fills in. */
function drafted(said: Said, state: EngagementState, situation: NounSituation, order: Ordering): Order[] {
  const { status, draft } = state;
  const mayDraft = status === 'agreed' || status === 'invited' || status === 'drafted';
  if (!mayDraft || draft !== null) return [];
  const round = roundOf(state);
  const personId = situation.seats[round.party]?.personId ?? round.party;
  const actor: Actor = { ...standIn(round.party), personId };
  const made = draftOf({ do: said.do }, state, situation);
  const before = negotiated(state, situation, order).map((one) => ({ ...one, actor }));
  return [...before, { ...order({ type: 'draft', draft: made.draft }, made.words), actor }];
}

interface Choosing {
  by: string | undefined;
  situation: NounSituation;
  order: Ordering;
  proven: Ordering;
  maybe: Ordering;
}

/** A notice of a cap that nobody could be written to: given by hand before the third party answers it. */
function servedByHand(state: EngagementState, { by, situation, order }: Choosing): Order[] {
  const change = capChangeOf(state);
  const hasAddress = state.input.seats.includes(state.input.thirdSeat);
  if (by !== THIRD || change?.status !== 'agreed' || hasAddress) return [];
  const personId = situation.seats[change.by]?.personId ?? change.by;
  const actor: Actor = { ...standIn(change.by), personId };
  return [{ ...order({ type: 'serve', notice: 'cap', servedOn: situation.today }), bringsDocument: true, actor }];
}

/** A sum that is not the one that was proposed: nobody agrees to what nobody proposed. */
function notProposed({ cap }: Said, state: EngagementState): NounRefusal | undefined {
  const change = capChangeOf(state);
  if (!change || (cap !== null && typeof cap !== 'string')) return undefined;
  const said = cap === null || cap === 'by-law' ? null : cap;
  if (said !== null && !/^\d+(?:\.\d+)?$/.test(said)) return undefined;
  const { amount } = change;
  const isSame = said === null || amount === null ? said === amount : compareMoney(said, amount) === 0;
  if (isSame) return undefined;
  const byLaw = 'as the law provides';
  const message = `the cap that is proposed is ${amount ?? byLaw}, not ${said ?? byLaw}`;
  return nothing('nothing-to-approve', message, state.input.reference);
}

/** Yes to what waits: a loss, a cap, an end, a milestone, a draft, an application. */
function consenting(said: Said, state: EngagementState, choosing: Choosing): NounToDo[] | NounRefusal {
  const other = notProposed(said, state);
  if (other) return other;
  const { order, maybe, proven, by } = choosing;
  if (said['loss'] !== undefined) {
    const amount = present({ amount: said['amount'] as string | undefined });
    return [maybe({ type: 'answer-loss', loss: lossIn(said, state), verdict: 'agree', ...amount })];
  }
  const isCap = said['cap'] !== undefined || (capChangeOf(state) && said['milestone'] === undefined);
  if (isCap) return [...servedByHand(state, choosing), maybe({ type: 'answer-cap', verdict: 'consent' })];
  if (state.ending && said['milestone'] === undefined && by !== THIRD) {
    return [proven({ type: 'end', ground: state.ending.ground })];
  }
  const isDraftMeant = said.do === 'approve' && ['agreed', 'invited', 'drafted'].includes(state.status);
  if (state.status === 'in-review' || isDraftMeant) {
    const made = drafted(said, state, choosing.situation, order);
    return [...made, order({ type: 'review', verdict: 'accept', pointCount: 0 })];
  }
  if (['applied', 'asked', 'no-reply'].includes(state.status)) {
    return [maybe({ type: 'reply', verdict: 'agree', hasReason: true })];
  }
  const waiting = state.losses.find(({ status }) => status === 'claimed');
  if (by === THIRD && waiting && said['milestone'] === undefined) {
    return [maybe({ type: 'answer-loss', loss: waiting.loss, verdict: 'agree' })];
  }
  const milestone = milestoneIn(said, state, ['handed-in']);
  const found = said['shortcomings'] as string | string[] | undefined;
  const raised = (found === undefined ? [] : [found].flat()).map((topic) =>
    order({ type: 'follow-up', ...shortcoming(said) }, { topic }),
  );
  return [...raised, order({ type: 'judge-delivery', milestone, verdict: 'accept', pointCount: 0 })];
}

function shortcoming(said: Said): { dimension: string | null; severity: number } {
  return {
    dimension: (said['dimension'] as string | undefined) ?? null,
    severity: (said['severity'] as number | undefined) ?? 3,
  };
}

/** No to what waits. */
function declining(said: Said, state: EngagementState, choosing: Choosing): NounToDo[] | NounRefusal {
  const other = notProposed(said, state);
  if (other) return other;
  const { order, maybe } = choosing;
  if (said['loss'] !== undefined)
    return [maybe({ type: 'answer-loss', loss: lossIn(said, state), verdict: 'dispute' })];
  if (said['cap'] !== undefined || capChangeOf(state)) {
    return [...servedByHand(state, choosing), maybe({ type: 'answer-cap', verdict: 'decline' })];
  }
  if (['applied', 'asked', 'no-reply'].includes(state.status)) {
    return [maybe({ type: 'reply', verdict: 'refuse', hasReason: true })];
  }
  return [order({ type: 'refuse-to-sign' })];
}

function dayIn(said: Said): LocalDate | undefined {
  return (said['on'] ?? said['servedOn'] ?? said['date']) as LocalDate | undefined;
}

function lossIn(said: Said, { losses }: EngagementState): string {
  const open = losses.find(({ status }) => status === 'claimed' || status === 'disputed') ?? losses.at(-1);
  return (said['loss'] as string | undefined) ?? open?.loss ?? 'loss-1';
}

function milestoneIn(said: Said, { milestones, input }: EngagementState, statuses: readonly string[]): string {
  const fits = milestones.find(({ status }) => statuses.includes(status)) ?? milestones[0];
  const named = said['milestone'] as string | undefined;
  return named ?? fits?.milestone ?? (input.rules.kind === 'commission' ? 'report' : 'milestone-1');
}
