import { Big } from 'big.js';
import type { CompiledAgreement, CompiledObligation } from '../../domain/agreement/compiled.ts';
import type { Notice } from '../../domain/agreement/notice.ts';
import { partyOf } from '../../domain/agreement/parties.ts';
import { addDays, weekday } from '../../domain/local-date.ts';
import { isZeroMoney } from '../../domain/money.ts';
import type { Instant, LocalDate, Text } from '../../domain/time.ts';
import { localDateAt, localTimeAt } from '../../domain/zone.ts';
import { type Doing, doingOf } from './duty.ts';

export type Language = 'zh' | 'en';

/** What a template calls things; a mail needs nothing else of it. */
export interface TemplateTitles {
  title: Text;
  obligations: { id: string; title: Text; summary?: Text | undefined }[];
  /** By role key: 甲方, Party A. */
  parties: Record<string, Text>;
  /** Seats that are no role keys: 客服部, Customer service. */
  seats?: { id: string; title: Text }[];
  /** The template's own paragraphs, for all mails of a kind or those about one obligation. */
  wording?: { notice: string; obligation?: string | undefined; text: Text }[];
}

/** Looks titles up by template ref (`service-attachments@1`). */
export type TitleSource = (templateRef: string) => TemplateTitles;

/** Who is written to. */
export interface Recipient {
  name: string;
  /** `zh` or `en`; anything else is written to in English. */
  language: string;
  /** IANA name. */
  zone: string;
}

/** A link of this mail. */
export interface NoticeLink {
  purpose: 'sign' | 'submit' | 'review';
  obligation?: string;
  occurrence?: string;
  url: string;
  expiresAtMs: Instant;
}

/** All that a notice's text is made from. */
export interface NoticeInput {
  notice: Notice;
  agreement: { id: string; template: string; compiled: CompiledAgreement };
  recipient: Recipient;
  titles: TitleSource;
  /** Names of the organisations by role key, where known. */
  organisations: Record<string, string>;
  links: NoticeLink[];
  publicUrl: string;
}

/** A moment as people write it: `time` is `24:00` of the day before rather than `00:00`. */
export interface Moment {
  date: LocalDate;
  /** 1 for Monday … 7 for Sunday. */
  weekday: number;
  /** `HH:MM` */
  time: string;
  zone: string;
}

/** The penalty that runs for the notice's obligation, ready to be written. */
export interface PenaltyFacts {
  debtor: string;
  creditor: string;
  base: string;
  /** `0.5%` */
  rate: string;
  /** Balance, or undefined when nothing is owed (yet). */
  amount?: string;
  cap?: string;
  currency: string;
  graceDays: number;
}

/** What a language's texts are written from. */
export interface NoticeContext {
  notice: Notice;
  agreement: CompiledAgreement;
  recipient: Recipient;
  language: Language;
  agreementTitle: string;
  /** The recipient is asked to act, and is not just told. */
  asked: boolean;
  obligation: CompiledObligation | undefined;
  /** Title of an obligation by id. */
  titleOf: (obligation: string) => string;
  doing: Doing;
  /** What the template says of the notice's obligation, and in its own words for such a mail. */
  ownWords: string[];
  /** What the template calls a role or another seat: 甲方, 客服部. */
  roleOf: (role: string) => string;
  /** Of a role, or of the side that a seat is on. */
  organisationOf: (role: string) => string | undefined;
  /** Roles that the notice is addressed to in the first place: of interest to copies. */
  addressedTo: string[];
  due: Moment | undefined;
  /** The same moment on the recipient's clocks, when these differ. */
  dueThere: Moment | undefined;
  /** Where the notice's moment stands to the due time. */
  phase: 'before' | 'last-day' | 'overdue';
  /** The last day of something as a due moment of this agreement. */
  dueOn: (date: LocalDate, obligation?: string) => Moment;
  /** Whether a last day lies before the notice's own day. */
  isPast: (date: LocalDate) => boolean;
  penalty: PenaltyFacts | undefined;
}

export type Missed = NonNullable<Notice['facts']['missed']>[number];

/** A mail before it is laid out. */
export interface NoticeText {
  subject: string;
  heading: string;
  paragraphs: string[];
  details?: [label: string, value: string][];
  /** `link` names the link of the item: `linkKey`. */
  items?: { title: string; text: string; link?: string }[];
  /** Of the one button, when the mail bears a link. */
  button?: string;
  /** After the button. */
  notes?: string[];
}

/** Works out what the texts of both languages need. */
export function noticeContext({
  notice,
  agreement: { template, compiled },
  recipient,
  titles,
  organisations,
}: NoticeInput): NoticeContext {
  const language: Language = recipient.language === 'zh' ? 'zh' : 'en';
  const names = titles(template);
  const { facts } = notice;
  const obligation = compiled.obligations.find(({ id }) => id === notice.obligation);
  const today = localDateAt(compiled.zone, notice.atMs);
  const dueOn = (date: LocalDate, id?: string): Moment => ({
    date,
    weekday: weekday(date),
    time: compiled.obligations.find((rule) => rule.id === id)?.deadline.dayEnd ?? '24:00',
    zone: compiled.zone.id,
  });
  const due =
    facts.dueAtMs !== undefined
      ? moment(localDateAt(compiled.zone, facts.dueAtMs), localTimeAt(compiled.zone, facts.dueAtMs), compiled.zone.id)
      : facts.localDate !== undefined
        ? dueOn(facts.localDate, notice.obligation)
        : undefined;
  const overdue = facts.dueAtMs !== undefined ? notice.atMs >= facts.dueAtMs : due !== undefined && today > due.date;
  return {
    notice,
    agreement: compiled,
    recipient,
    language,
    agreementTitle: names.title[language],
    asked: notice.act !== undefined || (notice.kind === 'summary' && notice.role === notice.seat),
    obligation,
    titleOf: (id) => names.obligations.find((entry) => entry.id === id)?.title[language] ?? id,
    doing: doingOf(obligation?.kind),
    ownWords: ownWords(notice, names).map((text) => text[language]),
    roleOf: (role) => (names.parties[role] ?? names.seats?.find(({ id }) => id === role)?.title)?.[language] ?? role,
    organisationOf: (role) => organisations[role] ?? organisations[partyOf(compiled, role)],
    addressedTo: addressedTo(notice, compiled),
    due,
    dueThere:
      facts.dueAtMs !== undefined && recipient.zone !== compiled.zone.id
        ? momentIn(recipient.zone, facts.dueAtMs)
        : undefined,
    phase: overdue ? 'overdue' : due?.date === today ? 'last-day' : 'before',
    dueOn,
    isPast: (date) => date < today,
    penalty: penaltyFacts(notice, obligation, compiled),
  };
}

/** What must be acted upon through links: the act that the notice asks for, or all that a summary lists. */
export function actsOf({
  kind,
  seat,
  role,
  act,
  obligation,
  occurrence,
  facts,
}: Notice): Pick<NoticeLink, 'purpose' | 'obligation' | 'occurrence'>[] {
  if (act) {
    const about = obligation === undefined ? {} : { obligation, ...(occurrence === undefined ? {} : { occurrence }) };
    return [{ purpose: act, ...about }];
  }
  if (kind !== 'summary' || seat !== role) return [];
  return (facts.missed ?? []).map((missed) => ({
    purpose: missed.review ? 'review' : 'submit',
    obligation: missed.obligation,
    ...(missed.occurrence === undefined ? {} : { occurrence: missed.occurrence }),
  }));
}

/** What tells the links of one mail apart. */
export function linkKey({
  purpose,
  obligation = '',
  occurrence = '',
}: Pick<NoticeLink, 'purpose' | 'obligation' | 'occurrence'>): string {
  return `${purpose} ${obligation}#${occurrence}`;
}

/** The link of one item of a summary. */
export function missedKey({ review, obligation, occurrence }: Missed): string {
  return linkKey({ purpose: review ? 'review' : 'submit', obligation, ...(occurrence ? { occurrence } : {}) });
}

/** Mails in which the duty's own sentence helps whoever reads them. */
const EXPLAINED: readonly Notice['kind'][] = [
  'reminder',
  'review-request',
  'review-reminder',
  'deliverable-submitted',
  'deliverable-rejected',
  'penalty-started',
];

function ownWords({ kind, obligation }: Notice, { obligations, wording = [] }: TemplateTitles): Text[] {
  const summary = obligations.find(({ id }) => id === obligation)?.summary;
  return [
    ...(summary && EXPLAINED.includes(kind) ? [summary] : []),
    ...wording
      .filter((own) => own.notice === kind && (own.obligation === undefined || own.obligation === obligation))
      .map(({ text }) => text),
  ];
}

function addressedTo({ kind, obligation, facts }: Notice, agreement: CompiledAgreement): string[] {
  const ids = obligation === undefined ? (facts.missed ?? []).map((missed) => missed.obligation) : [obligation];
  const roles = agreement.obligations
    .filter(({ id }) => ids.includes(id))
    .flatMap((rule) => {
      const reviewed =
        kind === 'review-reminder' ||
        (facts.missed ?? []).some((missed) => missed.obligation === rule.id && missed.review);
      return reviewed
        ? (rule.review?.reviewers ?? []).filter((reviewer) => reviewer !== rule.responsible)
        : [rule.responsible];
    });
  return [...new Set(roles)];
}

function penaltyFacts(
  { facts }: Notice,
  obligation: CompiledObligation | undefined,
  agreement: CompiledAgreement,
): PenaltyFacts | undefined {
  const penalty = obligation?.penalty;
  if (!penalty) return undefined;
  return {
    debtor: partyOf(agreement, obligation.responsible),
    creditor: penalty.creditor,
    base: penalty.base,
    rate: `${new Big(facts.rate ?? penalty.rate).times(100).toFixed()}%`,
    ...(facts.amount === undefined || isZeroMoney(facts.amount) ? {} : { amount: facts.amount }),
    ...(penalty.cap === null ? {} : { cap: penalty.cap }),
    currency: facts.currency ?? penalty.currency,
    graceDays: penalty.graceDays,
  };
}

function moment(date: LocalDate, time: string, zone: string): Moment {
  const midnight = time.startsWith('00:00');
  const day = midnight ? addDays(date, -1) : date;
  return { date: day, weekday: weekday(day), time: midnight ? '24:00' : time.slice(0, 5), zone };
}

function momentIn(zone: string, ms: Instant): Moment {
  const text = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(ms);
  return moment(text.slice(0, 10), text.slice(11), zone);
}

/** `1000000.00` as `1,000,000.00`. */
export function grouped(amount: string): string {
  const [whole = '', decimals] = amount.split('.');
  const digits = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return decimals === undefined ? digits : `${digits}.${decimals}`;
}

/** A language of the mails: one text per kind of notice, and what stands around it. */
export interface Wording {
  lang: string;
  colon: string;
  greeting: (name: string) => string;
  /** What a copy says of itself. */
  copyBanner: (context: NoticeContext) => string;
  copySubject: (subject: string) => string;
  itemLink: (purpose: NoticeLink['purpose'], doing: Doing) => string;
  buttonHint: string;
  /** The coordinator's button where nothing is asked. */
  showAgreement: string;
  showAgreementHint: string;
  /** Which agreement it is, and between whom: one line each. */
  agreement: (context: NoticeContext) => string[];
  smallPrint: (context: NoticeContext, linkExpires: Moment | undefined) => string[];
  texts: Record<Notice['kind'], (context: NoticeContext) => NoticeText>;
}
