import { Big } from 'big.js';
import type { CompiledAgreement, CompiledObligation } from '../../domain/agreement/compiled.ts';
import type { Notice } from '../../domain/agreement/notice.ts';
import { addDays, weekday } from '../../domain/local-date.ts';
import { isZeroMoney } from '../../domain/money.ts';
import type { Instant, LocalDate, Text } from '../../domain/time.ts';
import { localDateAt, localTimeAt } from '../../domain/zone.ts';

export type Language = 'zh' | 'en';

/** What a template calls things; a mail needs nothing else of it. */
export interface TemplateTitles {
  title: Text;
  obligations: { id: string; title: Text }[];
  /** By role key: 甲方, Party A. */
  parties: Record<string, Text>;
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
  /** What the template calls a role: 甲方. */
  roleOf: (role: string) => string;
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

/** A mail before it is laid out. */
export interface NoticeText {
  subject: string;
  heading: string;
  paragraphs: string[];
  details?: [label: string, value: string][];
  items?: { title: string; text: string; obligation?: string }[];
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
    roleOf: (role) => names.parties[role]?.[language] ?? role,
    organisationOf: (role) => organisations[role],
    addressedTo: addressedTo(notice, compiled),
    due,
    dueThere:
      facts.dueAtMs !== undefined && recipient.zone !== compiled.zone.id
        ? momentIn(recipient.zone, facts.dueAtMs)
        : undefined,
    phase: overdue ? 'overdue' : due?.date === today ? 'last-day' : 'before',
    dueOn,
    isPast: (date) => date < today,
    penalty: penaltyFacts(notice, obligation),
  };
}

/** What must be acted upon through links: the act that the notice asks for, or all that a summary lists. */
export function actsOf({
  kind,
  seat,
  role,
  act,
  obligation,
  facts,
}: Notice): { purpose: NoticeLink['purpose']; obligation?: string }[] {
  if (act) return [{ purpose: act, ...(obligation === undefined ? {} : { obligation }) }];
  if (kind !== 'summary' || seat !== role) return [];
  return (facts.missed ?? []).map((missed) => ({
    purpose: missed.review ? 'review' : 'submit',
    obligation: missed.obligation,
  }));
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

function penaltyFacts({ facts }: Notice, obligation: CompiledObligation | undefined): PenaltyFacts | undefined {
  const penalty = obligation?.penalty;
  if (!penalty) return undefined;
  return {
    debtor: obligation.responsible,
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
  itemLink: Record<NoticeLink['purpose'], string>;
  buttonHint: string;
  /** The coordinator's button where nothing is asked. */
  showAgreement: string;
  showAgreementHint: string;
  /** Which agreement it is, and between whom: one line each. */
  agreement: (context: NoticeContext) => string[];
  smallPrint: (context: NoticeContext, linkExpires: Moment | undefined) => string[];
  texts: Record<Notice['kind'], (context: NoticeContext) => NoticeText>;
}
