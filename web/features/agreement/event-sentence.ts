import type { AgreementEvent } from '../../wire.ts';

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
] as const;

export interface SentenceWords {
  t: (key: string, values?: Record<string, unknown>) => string;
  role: (role: string) => string;
  roles: (roles: string[]) => string;
  obligation: (id: string, occurrence?: string) => string;
  date: (localDate: string) => string;
  money: (amount: string, currency: string) => string;
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
    amount: line['amount'] ? words.money(text(line['amount']).replace(/^-/, ''), text(line['currency'])) : '',
  };
  if (event.type === 'penalty-posted' || event.type === 'penalty-credited') {
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
  return t(`event.${event.type}`, values);
}
