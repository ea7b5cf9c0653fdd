import type { AgreementEvent } from '../../wire.ts';
import { isNothing } from '../../app/moment.ts';

/** Every event type that the record may hold (domain/agreement/event.ts); a test compares. */
export const EVENT_TYPES = [
  'agreement-started',
  'agreement-signed',
  'agreement-in-force',
  'obligation-opened',
  'deliverable-submitted',
  'deliverable-accepted',
  'deliverable-rejected',
  'obligation-overdue',
  'overdue-withdrawn',
  'obligation-fulfilled',
  'review-overdue',
  'penalty-posted',
  'penalty-credited',
  'agreement-terminated',
  'agreement-expired',
  'seat-replaced',
  'seat-vacated',
  'delegation-made',
  'delegation-ended',
  'circulated',
  'acknowledged',
  'notice-undelivered',
  'agreement-sealed',
  'approval-given',
  'agreement-withdrawn',
  'baseline-entered',
  'baseline-locked',
  'goal-measured',
  'goal-judged',
  'risk-register-begun',
  'risk-register-empty',
  'visit-count-due',
  'visits-counted',
  'fee-posted',
  'payment-recorded',
  'payment-held-back',
  'late-fee-posted',
  'waiver-proposed',
  'penalty-waived',
  'amendment-proposed',
  'amendment-accepted',
  'amendment-declined',
  'amendment-lapsed',
  'amendment-effective',
  'obligation-overridden',
  'calendar-repinned',
  'redating-declined',
  'suspension-proposed',
  'agreement-suspended',
  'agreement-resumed',
  'renewal-announced',
  'renewal-objected',
  'agreement-renewed',
  'breach-notified',
  'notice-served',
  'service-failed',
  'evaluation-recorded',
  'breach-cured',
  'negotiation-failed',
  'termination-notified',
  'termination-objected',
  'item-settled',
  'final-statement-issued',
  'afterwards-begun',
  'afterwards-ended',
  'agreement-closed',
  'claim-made',
  'claim-answered',
  'claim-overdue',
  'claim-dropped',
  'recourse-recorded',
  'claim-posted',
  'sum-booked',
  'cap-reached',
  'matter-opened',
  'matter-carried',
  'matter-overdue',
  'engagement-end-proposed',
  'engagement-end-agreed',
  'engagement-ended',
  'engagement-item-agreed',
  'engagement-posted',
  'third-access-changed',
] as const;

export interface SentenceWords {
  t: (key: string, values?: Record<string, unknown>) => string;
  role: (role: string) => string;
  roles: (roles: string[]) => string;
  obligation: (id: string, occurrence?: string) => string;
  date: (localDate: string) => string;
  /** Without a currency: the agreement's. */
  money: (amount: string, currency?: string) => string;
  /** Title of a rule that is no obligation: of liability, after the end, of a goal. */
  rule: (id: string) => string;
  list: (names: string[]) => string;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const number = (value: unknown): number => (typeof value === 'number' ? value : 0);
const list = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []);
const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

/** One event as a sentence. A type that is newer than this page is named as it is. */
export function eventSentence(event: AgreementEvent, words: SentenceWords): string {
  const { t } = words;
  const { data } = event;
  if (!(EVENT_TYPES as readonly string[]).includes(event.type)) return t('event.unknown', { type: event.type });
  const due = record(data['due']);
  const line = record(data['line']);
  const late = number(data['daysLate']);
  const side = text(data['party']) || event.actor.onBehalfOf || event.actor.party || event.actor.seat;
  const values = {
    what: event.obligation ? words.obligation(event.obligation, event.occurrence) : '',
    who: words.role(side),
    responsible: words.role(text(data['responsible'])),
    waitingFor: words.roles(list(data['waitingFor'])),
    signedOn: data['signedOn'] ? words.date(text(data['signedOn'])) : '',
    endedOn: data['endedOn'] ? words.date(text(data['endedOn'])) : '',
    due: due['localDate'] ? words.date(text(due['localDate'])) : '',
    round: number(data['round']),
    version: number(data['version']),
    count: event.type === 'deliverable-rejected' ? number(data['pointCount']) : late,
    debtor: words.role(text(line['debtor'])),
    creditor: words.role(text(line['creditor'])),
    ...peopleIn(event, words),
    amount: line['amount'] ? words.money(text(line['amount']).replace(/^-/, ''), text(line['currency'])) : '',
    ...lifeValues(event, words),
  };
  if (data['withheld'] !== true && (event.type === 'penalty-posted' || event.type === 'penalty-credited')) {
    return t(`event.${event.type}`, { ...values, count: Math.abs(number(line['days'])) });
  }
  if (event.type === 'deliverable-submitted') {
    const sentence =
      values.version > 1 ? t('event.deliverable-replaced', values) : t('event.deliverable-submitted', values);
    const lateness = late > 0 ? t('event.lateDays', values) : '';
    const review = record(data['review']);
    const window = review['localDate'] ? t('event.reviewUntil', { by: words.date(text(review['localDate'])) }) : '';
    return sentence + lateness + window + t('event.stop');
  }
  if (event.type === 'obligation-fulfilled') {
    return data['late'] === true
      ? t('event.obligation-fulfilled-late', values)
      : t('event.obligation-fulfilled', values);
  }
  if (data['withheld'] === true && !SAID_WITHOUT_SUMS.includes(event.type)) {
    const name = t(`eventName.${event.type}`);
    return event.obligation ? t('event.withheldOf', { ...values, name }) : t('event.withheld', { name });
  }
  return t(`event.${variantOf(event)}`, values);
}

/** Events whose sentence names no sum; of others whoever may not read the ledger learns that they happened. */
const SAID_WITHOUT_SUMS = ['amendment-proposed', 'amendment-effective', 'item-settled', 'final-statement-issued'];

/** What the events of a whole life name beside: who, what for, when, how much. */
function lifeValues({ type, data, actor, obligation, occurrence }: AgreementEvent, words: SentenceWords) {
  const { t } = words;
  const line = record(data['line']);
  const matter = record(data['matter']);
  const day = text(data['paidOn']) || text(data['effectiveOn']) || text(data['servedOn']) || text(data['on']);
  const money = (amount: unknown, currency = text(data['currency']) || text(line['currency'])): string =>
    words.money(text(amount).replace(/^-/, ''), ...(currency === '' ? [] : [currency]));
  const days = number(data['days']);
  const by = text(data['by']) || text(matter['from']);
  const what = text(data['what']).split(':')[0] ?? '';
  const ground = text(data['ground']);
  const duties = list(data['obligations']);
  const booking = text(data['booking']) || (/^booking:(.+)$/.exec(text(line['about']))?.[1] ?? '');
  const sum = text(data['payable']) || text(data['balance']) || text(data['amount']);
  return {
    ...(type === 'amendment-proposed' ? { count: records(data['changes']).length } : {}),
    ...(type === 'agreement-resumed' || type === 'calendar-repinned' ? { count: records(data['redated']).length } : {}),
    ...(type === 'calendar-repinned' || type === 'redating-declined' ? { calendar: calendarOf(data) } : {}),
    ...(type === 'agreement-renewed' ? { count: number(data['number']) } : {}),
    ...(type === 'late-fee-posted' ? { count: Math.abs(number(line['days'])) } : {}),
    ...(type === 'visits-counted' ? { count: shortOf(data) } : {}),
    ...(type === 'visits-counted' || type === 'visit-count-due' ? { quarter: quarterOf(data, t) } : {}),
    ...(type === 'cap-reached' ? { count: number(data['percent']) } : {}),
    ...(line['amount'] === undefined && sum !== '' ? { amount: money(sum) } : {}),
    by: words.role(by || actor.onBehalfOf || actor.party || actor.seat),
    against: data['against'] ? words.role(text(data['against'])) : '',
    sealedOn: data['sealedOn'] ? words.date(text(data['sealedOn'])) : '',
    on: day === '' ? '' : words.date(day),
    expiresOn: data['expiresOn'] ? words.date(text(data['expiresOn'])) : '',
    approval: t(`approval.${APPROVALS.includes(what) ? what : 'other'}`),
    rule: words.rule(text(data['goal']) || text(data['rule']) || text(data['cap']).replace(/^penalty:/, '')),
    value: text(data['value']),
    unpaid: data['unpaid'] === undefined ? '' : money(data['unpaid']),
    base: line['base'] === undefined ? '' : money(line['base']),
    waived: days > 0 ? t('event.waivedDays', { count: days }) : data['amount'] ? money(data['amount']) : '',
    scope: duties.length === 0 ? t('event.allDuties') : words.list(duties.map((id) => words.obligation(id))),
    ground: ground === '' ? '' : t(`${groundWords(type)}.${ground}`),
    claim: text(data['claim']) || text(line['about']).replace(/^claim:/, ''),
    item: words.obligation(...reference(text(data['item']))),
    outcome: data['outcome'] ? t(`settlementOutcome.${text(data['outcome'])}`) : '',
    booking: booking === '' ? '' : words.rule(booking),
    step: data['step'] ? t(`matterStep.${text(data['step'])}`) : '',
    accessStep: type === 'third-access-changed' ? t(`accessStep.${text(data['step'])}`) : '',
    matterId: text(matter['id']) || text(data['matter']),
    ...(type === 'matter-opened' ? { kind: t(`matterKind.${text(matter['kind'])}`) } : {}),
    ...(NAMED_NOTICES.includes(type) ? { notice: text(data['notice']) || text(data['breach']) } : {}),
    ...(type === 'breach-notified' || type === 'claim-made'
      ? {
          matter: obligation
            ? t('event.titled', { what: words.obligation(obligation, occurrence) })
            : t('event.wholeAgreement'),
        }
      : {}),
    ...(record(data['until'])['localDate'] ? { until: words.date(text(record(data['until'])['localDate'])) } : {}),
  };
}

/** Where the words for an event's ground stand. */
function groundWords(type: string): string {
  if (type === 'agreement-suspended') return 'suspensionGround';
  return type.startsWith('engagement-') ? 'engagementGround' : 'terminationGround';
}

const GOAL_VERDICTS = ['reached', 'not-reached', 'no-verdict'];
const APPROVALS = ['review', 'policy', 'posting', 'baseline', 'waiver', 'suspension', 'termination'];
/** Events of written notices, which have ids of their own. */
const NAMED_NOTICES = [
  'breach-notified',
  'notice-served',
  'service-failed',
  'breach-cured',
  'negotiation-failed',
  'termination-notified',
  'termination-objected',
];

function records(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** `id#occurrence` in its parts. */
function reference(text: string): [string, string?] {
  const [id = '', occurrence] = text.split('#');
  return occurrence === undefined ? [id] : [id, occurrence];
}

/** Where an event reads differently: a seat that nobody had filled, a delegation of some duties alone. */
function variantOf({ type, data }: AgreementEvent): string {
  if (type === 'seat-replaced' && data['before'] === null) return 'seat-filled';
  if (type === 'seat-vacated' && data['before'] === null) return 'seat-vacated-unnamed';
  if (type === 'delegation-made' && list(data['obligations']).length > 0) return 'delegation-made-for';
  return lifeVariantOf(type, data);
}

/** Customers who lack a visit or a survey, of all tiers. */
function shortOf(data: Record<string, unknown>): number {
  return records(data['tiers']).reduce<number>((sum, tier) => sum + number(record(tier)['short']), 0);
}

/** `cn@2027.1`: the newer version. */
function calendarOf(data: Record<string, unknown>): string {
  const change = record(data['change']);
  const id = text(change['id']) || text(data['calendar']);
  return `${id}@${text(record(change['to'])['version']) || text(data['to'])}`;
}

function quarterOf(data: Record<string, unknown>, t: SentenceWords['t']): string {
  const [year = '', part = ''] = text(data['quarter']).split('-Q');
  return t('event.quarterOf', { year, number: part });
}

/** What became of it is part of the sentence: paid in full, agreed, dispensed with. */
function lifeVariantOf(type: string, data: Record<string, unknown>): string {
  switch (type) {
    case 'fee-posted':
      return text(record(data['line'])['amount']).startsWith('-') ? 'fee-credited' : type;
    case 'goal-judged':
      return GOAL_VERDICTS.includes(text(data['verdict'])) ? `${type}-${text(data['verdict'])}` : type;
    case 'visits-counted':
      return shortOf(data) === 0 ? `${type}-none` : type;
    case 'amendment-lapsed':
      return data['because'] === 'superseded' ? 'amendment-superseded' : type;
    case 'payment-recorded': {
      const [of] = text(record(data['line'])['about']).split(':');
      if (of === 'claim' || of === 'penalty' || of === 'booking') return `payment-recorded-${of}`;
      return isNothing(text(data['unpaid'])) ? 'payment-recorded-whole' : type;
    }
    case 'payment-held-back':
      return isNothing(text(data['amount'])) ? 'payment-released' : type;
    case 'obligation-overridden':
      if (data['skipped'] === true) return 'obligation-skipped';
      return data['due'] ? 'obligation-redated' : data['responsible'] ? 'obligation-reassigned' : type;
    case 'calendar-repinned':
      return records(data['redated']).length > 0 ? 'calendar-repinned-moved' : type;
    case 'agreement-resumed':
      return records(data['redated']).length > 0 ? 'agreement-resumed-moved' : type;
    case 'renewal-announced':
      return data['stage'] === 'internal' ? 'renewal-announced-internal' : type;
    case 'agreement-renewed':
      return data['afresh'] === true ? 'agreement-renewed-afresh' : type;
    case 'notice-served':
      return data['due'] ? 'notice-served-until' : type;
    case 'service-failed':
      return data['stands'] === true ? 'service-failed-stands' : type;
    case 'afterwards-begun':
      return data['until'] ? 'afterwards-begun-until' : type;
    case 'claim-answered':
      return data['verdict'] === 'agree' ? 'claim-agreed' : type;
    case 'cap-reached':
      return data['cap'] === 'penalties' ? 'penalty-warning' : type;
    default:
      return type;
  }
}

/** So many readers are named; an organisation may have hundreds. */
const NAMED = 6;

function readersOf(names: string[], { t, list: listed }: SentenceWords): string {
  if (names.length <= NAMED) return listed(names);
  return t('event.manyReaders', { names: listed(names.slice(0, NAMED)), count: names.length - NAMED });
}

const PERSON = 'person:';

/** Seats and people that the event names: the record has ids, the answer their names. */
function peopleIn({ type, data, people = {}, obligation, occurrence }: AgreementEvent, words: SentenceWords) {
  const { t } = words;
  const person = (id: unknown): string => people[text(id)] ?? t('event.nameErased');
  const reader = (one: string): string => (one.startsWith(PERSON) ? person(one.slice(PERSON.length)) : words.role(one));
  const titled = (id: string, of?: string): string => t('event.titled', { what: words.obligation(id, of) });
  return {
    seat: words.role(text(data['seat'])),
    before: person(data['before']),
    after: person(data['after']),
    absent: person(data['absent']),
    deputy: person(data['deputy']),
    from: data['from'] ? words.date(text(data['from'])) : '',
    until: text(data['until']) === '' ? '' : words.date(text(data['until'])),
    duties: words.list(list(data['obligations']).map((id) => titled(id))),
    matter: obligation ? titled(obligation, occurrence) : t('event.wholeAgreement'),
    readers: readersOf(list(data['readers']).map(reader), words),
    reader: reader(text(data['reader'])),
    notice: type === 'notice-undelivered' ? t(`noticeKind.${text(data['kind'])}`) : '',
  };
}
