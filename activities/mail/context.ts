import { Big } from 'big.js';
import type { CompiledAgreement, CompiledObligation, CompiledPayment } from '../../domain/agreement/compiled.ts';
import type { CustomerNoticeKind, Notice, NoticeAct, NoticeKind } from '../../domain/agreement/notice.ts';
import { partyOf } from '../../domain/agreement/parties.ts';
import { addDays, weekday } from '../../domain/local-date.ts';
import { obligationTitle } from '../../domain/obligation-title.ts';
import { isZeroMoney } from '../../domain/money.ts';
import type { Instant, LocalDate, Text } from '../../domain/time.ts';
import { localDateAt, localTimeAt } from '../../domain/zone.ts';
import { stepAsked, stepSubject } from '../../domain/engagement/steps.ts';
import { type Doing, doingOf } from './duty.ts';
import type { SettledDuty } from './due-events.ts';
import type { TrendPoint } from '../satisfaction-trend.ts';

export type Language = 'zh' | 'en';

/** What a template calls things; a mail needs nothing else of it. */
export interface TemplateTitles {
  title: Text;
  obligations: { id: string; title: Text; summary?: Text | undefined }[];
  /** By role key: 甲方, Party A. */
  parties: Record<string, Text>;
  /** Seats that are no role keys: 客服部, Customer service. */
  seats?: { id: string; title: Text }[];
  /** Rules of liability, of what is owed after the end, of goals …: what a notice names by its id. */
  rules?: { id: string; title: Text; items?: string | { id: string; title: Text }[] | undefined }[];
  /** What its surveys ask about. */
  dimensions?: { id: string; title: Text }[];
  /** What its training teaches. */
  topics?: { id: string; title: Text }[];
  /** What it calls its terms. */
  terms?: { name: string; label: Text }[];
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
  purpose: NoticeAct;
  /** The duty, or what else is answered: `amendment:<id>`, `claim:<id>`, `engagement:<reference>:<step>` … */
  obligation?: string;
  occurrence?: string;
  url: string;
  expiresAtMs: Instant;
}

/** Names of those whom a notice about a seat is about, where it says so: left, follows; is away, stands in. */
export type NamedPeople = Partial<Record<'before' | 'after' | 'absent' | 'deputy' | 'trainee', string>>;

/** A notice that came back: whom it was for, what it said. */
export interface ReturnedMail {
  name?: string;
  address?: string;
  subject?: string;
}

/** What somebody wrote with the act that a notice tells of. */
export interface WrittenWords {
  reason?: string;
  note?: string;
  cause?: string;
  items?: { what: string; amount?: string }[];
  topic?: string;
  details?: string;
  agenda?: string;
}

/** All that a notice's text is made from. */
export interface NoticeInput {
  notice: Notice;
  agreement: { id: string; template: string; compiled: CompiledAgreement };
  recipient: Recipient;
  titles: TitleSource;
  /** Names of the contract's parties by role key. */
  organisations: Record<string, string>;
  links: NoticeLink[];
  people?: NamedPeople;
  /** Name of the absent person whose deputy gets it. */
  deputyFor?: string;
  returned?: ReturnedMail;
  words?: WrittenWords;
  /** Name of the customer whom it is about. */
  customer?: string;
  /** What surveys have said so far, the earliest cycle first. */
  trend?: readonly TrendPoint[];
  /** Nobody fills the seat: the coordinator gets it instead. */
  vacant?: true;
  publicUrl: string;
  /** Where the kind of notice may withdraw entries of calendars: what is done or gone. */
  settled?: readonly SettledDuty[];
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
  people: NamedPeople;
  deputyFor: string | undefined;
  /** It goes to the very person whom the notice put into the seat. */
  isSuccessor: boolean;
  returned: ReturnedMail;
  words: WrittenWords;
  customer: string | undefined;
  trend: readonly TrendPoint[];
  language: Language;
  agreementTitle: string;
  /** The recipient is asked to act, and is not just told. */
  asked: boolean;
  obligation: CompiledObligation | undefined;
  /** Title of an obligation by id. */
  titleOf: (obligation: string) => string;
  /** Title of another rule of the template by id. */
  ruleTitle: (rule: string) => string;
  /** What remains after a third party's involvement, by its id. */
  itemTitle: (item: string) => string;
  /** What the template calls a term. */
  termLabel: (term: string) => string;
  /** What the template calls a dimension of its survey, where it does. */
  dimensionTitle: (dimension: string) => string | undefined;
  /** What the template calls a topic of its training, where it does. */
  topicTitle: (topic: string) => string | undefined;
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
  people = {},
  deputyFor,
  returned = {},
  words = {},
  customer,
  trend = [],
  vacant,
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
    people,
    deputyFor,
    isSuccessor: notice.kind === 'seat-handed-over' && notice.role !== 'copy' && deputyFor === undefined && !vacant,
    returned,
    words,
    customer,
    trend,
    language,
    agreementTitle: names.title[language],
    asked:
      notice.act !== undefined ||
      (notice.kind === 'summary' && notice.role === notice.seat) ||
      (isOfProcess(notice) && notice.role !== 'copy'),
    obligation,
    titleOf: (id) => obligationTitle(names, id)?.[language] ?? id,
    ruleTitle: (id) => names.rules?.find((rule) => rule.id === id)?.title[language] ?? id,
    itemTitle: (id) =>
      names.rules?.flatMap(({ items }) => (Array.isArray(items) ? items : [])).find((item) => item.id === id)?.title[
        language
      ] ?? id,
    dimensionTitle: (id) => names.dimensions?.find((dimension) => dimension.id === id)?.title[language],
    topicTitle: (id) => names.topics?.find((topic) => topic.id === id)?.title[language],
    termLabel: (name) => names.terms?.find((term) => term.name === name)?.label[language] ?? name,
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

/** Kinds that ask for an act on something else than a duty, and what the link then says before its id. */
const SUBJECTS: Partial<Record<Notice['kind'], string>> = {
  'approval-request': '',
  'baseline-entered': 'baseline:',
  'termination-consent': 'termination:',
  'termination-notice': 'termination:',
  'waiver-proposed': 'waiver:',
  'amendment-proposed': 'amendment:',
  'cap-notice': 'amendment:',
  'engagement-end-consent': 'engagement-end:',
  'claim-made': 'claim:',
  'claim-overdue': 'claim:',
  'matter-opened': 'matter:',
  'matter-carried': 'matter:',
  'matter-overdue': 'matter:',
  'matter-reminder': 'matter:',
};

/**
 * What a link is for: a duty, `amendment:<id>`, `claim:<id>`, `matter:<id>`, `waiver:<n>`, `renewal`, `termination:<id>`,
 * `suspension:<n>`, `baseline:<goal>@<value>`: what the mail shows, and nothing that replaces it later.
 */
function subjectOf({ kind, obligation, occurrence, facts }: Notice): Pick<NoticeLink, 'obligation' | 'occurrence'> {
  if (kind === 'renewal-notice') return { obligation: 'renewal' };
  const prefix = SUBJECTS[kind];
  if (prefix !== undefined && facts.about !== undefined) {
    const shown = kind === 'baseline-entered' ? `@${facts.value ?? ''}` : '';
    return { obligation: `${facts.about.startsWith(prefix) ? '' : prefix}${facts.about}${shown}` };
  }
  return obligation === undefined ? {} : { obligation, ...(occurrence === undefined ? {} : { occurrence }) };
}

/** What must be acted upon through links: the act that the notice asks for, or all that a summary lists. */
export function actsOf(notice: Notice): Pick<NoticeLink, 'purpose' | 'obligation' | 'occurrence'>[] {
  const { kind, seat, role, act, facts } = notice;
  if (act) return [{ purpose: act, ...subjectOf(notice) }];
  const step = stepAsked(notice);
  if (step) return [{ purpose: 'engagement', obligation: stepSubject(step) }];
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

/** Whether whoever is asked to sign seals, too. */
export function isSealed({ notice: { facts } }: Pick<NoticeContext, 'notice'>): boolean {
  return facts.kind === 'signature-and-seal';
}

export type EffectKind = 'signed' | 'sealed' | 'posted';

/** What brought the agreement into force: signatures, signatures and seals, or the posting of a policy. */
export function effectOf({ agreement }: Pick<NoticeContext, 'agreement'>): EffectKind {
  const effect = agreement.life?.effect;
  if (effect?.policy) return 'posted';
  return effect?.seal ? 'sealed' : 'signed';
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

/** Of a survey or an improvement: its duty is not what is asked for, so its links and addressees are not the duty's. */
export function isOfProcess({ facts }: Pick<Notice, 'facts'>): boolean {
  return facts.process !== undefined;
}

function addressedTo(notice: Notice, agreement: CompiledAgreement): string[] {
  if (isOfProcess(notice)) return [];
  const { kind, obligation, facts } = notice;
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
  if (obligation?.rule === 'payment@1') return lateFeeFacts(facts, obligation, agreement);
  const penalty = obligation?.penalty;
  if (!penalty) return undefined;
  return {
    debtor: partyOf(agreement, obligation.responsible),
    creditor: penalty.creditor,
    base: penalty.base,
    rate: percent(facts.rate ?? penalty.rate),
    ...(facts.amount === undefined || isZeroMoney(facts.amount) ? {} : { amount: facts.amount }),
    ...(penalty.cap === null ? {} : { cap: penalty.cap }),
    currency: facts.currency ?? penalty.currency,
    graceDays: penalty.graceDays,
  };
}

/** A late fee is a daily penalty on what is unpaid; none where the contract leaves its rate open (S001b-104). */
function lateFeeFacts(
  { amount, currency, rate, unpaid }: Notice['facts'],
  { responsible, payee, lateFee, ...payment }: CompiledPayment,
  agreement: CompiledAgreement,
): PenaltyFacts | undefined {
  if (!lateFee) return undefined;
  return {
    debtor: partyOf(agreement, responsible),
    creditor: payee,
    base: unpaid ?? payment.amount,
    rate: percent(rate ?? lateFee.rate),
    ...(amount === undefined || isZeroMoney(amount) ? {} : { amount }),
    ...(lateFee.cap === null ? {} : { cap: lateFee.cap }),
    currency: currency ?? payment.currency,
    graceDays: lateFee.graceDays,
  };
}

/** `0.005` as `0.5%`. */
export function percent(rate: string): string {
  return `${new Big(rate).times(100).toFixed()}%`;
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

/** A language of the mails: one text per kind of notice, and what stands around it. */
export interface Wording {
  lang: string;
  colon: string;
  greeting: (name: string) => string;
  /** What a copy says of itself. */
  copyBanner: (context: NoticeContext) => string;
  /** What a mail to a seat that nobody fills says to the coordinator. */
  vacantBanner: (seat: string) => string;
  copySubject: (subject: string) => string;
  itemLink: (purpose: NoticeLink['purpose'], doing: Doing) => string;
  buttonHint: string;
  /** Of several reminders in one mail; `first` is the earliest due time of all. */
  digest: (count: number, first: Moment, asked: boolean) => { subject: string; heading: string; paragraph: string };
  /** What is to be done, as a calendar shows it. */
  entry: (
    context: NoticeContext,
    entry: { obligation: string; occurrence?: string | undefined; review: boolean },
  ) => string;
  /** The coordinator's button where nothing is asked. */
  showAgreement: string;
  showAgreementHint: string;
  /** The button to what is done on a page, by those with an account. */
  showProcess: string;
  showProcessHint: string;
  /** Which agreement it is, and between whom: one line each. */
  agreement: (context: NoticeContext) => string[];
  smallPrint: (context: NoticeContext, linkExpires: Moment | undefined) => string[];
  texts: Record<Exclude<NoticeKind, CustomerNoticeKind>, (context: NoticeContext) => NoticeText>;
}
