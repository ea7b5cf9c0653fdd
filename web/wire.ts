/** The wire as the page sees it: the types of `/api`, repeated here because web talks to api/ over HTTP alone. */

export interface Text {
  zh: string;
  en: string;
}

export type AgreementStatus =
  'draft' | 'starting' | 'awaiting-signatures' | 'active' | 'suspended' | 'terminated' | 'expired' | 'closed';

export type ObligationStatus =
  'pending' | 'in-review' | 'rework' | 'overdue' | 'fulfilled' | 'fulfilled-late' | 'waived' | 'cancelled';

export interface Party {
  name: string;
  title?: Text;
  email?: string;
  /** The person there who reads the mail, if another. */
  contact?: string;
  language?: Language;
}

export type Language = 'zh' | 'en';

export interface AgreementSummary {
  id: string;
  template: string;
  title: Text;
  status: AgreementStatus;
  parties: Record<string, Party>;
  inForceOn: string | null;
  expiresOn: string | null;
  createdAt: string;
  nextDue: {
    obligation: string;
    occurrence?: string;
    dueAt: string;
    localDate: string;
    responsible: string;
    title: Text;
    responsibleTitle: Text;
  } | null;
  overdue: number;
}

export interface ChecklistPart {
  id: string;
  title: Text;
  clauses: string[];
  mayOmit: boolean;
}

export interface Obligation {
  id: string;
  occurrence?: string;
  kind: string;
  title: Text;
  summary?: Text;
  status: ObligationStatus;
  responsible: string;
  dueAt: string | null;
  localDate: string | null;
  fulfilledAt: string | null;
  daysLate: number;
  clauses: string[];
  explanation: Text[];
  review: { dueAt: string; localDate: string; waitingFor: string[]; round: number } | null;
  penalty: { balance: string; currency: string } | null;
  checklist: ChecklistPart[];
}

export type Recurrence =
  | { by: 'interval'; every: { unit: 'days' | 'months' | 'years'; count: number } }
  | { by: 'period'; period: 'month' | 'quarter' | 'half-year' | 'year' }
  | { by: 'month-day'; monthDay: string };

/** An obligation as such, whether it has been opened or not. */
export interface Duty {
  id: string;
  kind: string;
  title: Text;
  summary?: Text;
  clauses: string[];
  /** Of what its lateness costs. */
  penaltyClauses: string[];
  responsible: string;
  recurs: boolean;
  recurrence: Recurrence | null;
  anchor: string | { on: string } | { obligation: string; at: 'fulfilled' | 'due' } | { event: string; of?: string };
  offset: { unit: 'hours' | 'days' | 'working-days' | 'months' | 'years'; count: number };
  opensDays: number | null;
  reviewers: string[];
  checklist: ChecklistPart[];
}

export interface OpenTerm {
  term: string;
  clauses: string[];
  affects: string[];
}

export type TermOrigin = 'fixed' | 'blank' | 'vague' | 'proposal';

export interface Agreement extends AgreementSummary {
  zone: string;
  calendar: { id: string; version: string; provisionalFrom: string } | null;
  terms: { name: string; value: unknown; origin: string; given?: boolean; proposal?: unknown; clauses: string[] }[];
  open: OpenTerm[];
  seats: { seat: string; party?: string | null; name: string; email: string; language: Language }[];
  /** Seats that the reader fills, or stands in for today (of `obligations` alone, where there are any). */
  mine: { seat: string; deputyFor: string | null; obligations: string[] }[];
  signatures: Record<string, string>;
  endedOn: string | null;
  obligations: Obligation[];
  duties: Duty[];
  seatTitles: Record<string, Text>;
  seatParties: Record<string, string>;
  sequence: number;
  runs: { workflowId: string; runId: string }[];
  /** Kinds of processes that it knows or has had, as far as the reader may know. */
  work: { type: string; open: number; total: number }[];
  draft?: DraftBody | null;
}

export interface DraftBody {
  template: string;
  zone?: string;
  calendar?: string;
  terms: Record<string, unknown>;
  parties: Record<string, Party>;
  seats?: Record<string, Party>;
  coordinator?: Party;
}

export interface Option {
  value: string;
  label: Text;
}

/** What stands in one cell of a table, or behind a key of a mapping. */
export type Scalar =
  | { type: 'text' | 'email' | 'date' | 'boolean' | 'duration' | 'party' }
  | { type: 'integer' | 'number'; unit: string; min: number; max: number }
  | { type: 'percent'; min: number; max: number }
  | { type: 'money'; currency: string }
  | { type: 'enum'; options: Option[] };

export interface TableColumn {
  name: string;
  label: Text;
  required: boolean;
  of: Scalar;
}

export type TermType =
  | ('money' | 'currency' | 'integer' | 'number' | 'percent' | 'date' | 'month-day' | 'time' | 'duration')
  | ('boolean' | 'text' | 'email' | 'enum' | 'party' | 'map' | 'list' | 'texts' | 'mapping' | 'table');

export interface TemplateTerm {
  name: string;
  type: TermType;
  unit?: string;
  clauses: string[];
  origin: TermOrigin;
  label: Text;
  hint?: Text;
  required: boolean;
  nullable: boolean;
  /** Nobody may sign without it: a draft may leave it open, a start may not. */
  neededToSign?: true;
  /** What the text fixes, or our default. */
  value?: unknown;
  /** What we would suggest: ours, not in force. */
  proposal?: unknown;
  min?: number;
  max?: number;
  options?: Option[];
  /** Of a mapping: its keys (any, when missing), what stands behind them, and what they must add up to. */
  keys?: Option[];
  values?: Scalar;
  total?: number;
  /** Of a table. */
  columns?: TableColumn[];
}

export interface Template {
  id: string;
  version: number;
  ref: string;
  title: Text;
  source: string;
  summary: Text;
  nature: 'contract' | 'policy';
  parties: Record<string, Text>;
  seats: { id: string; party: string; title: Text; clauses: string[] }[];
  signatories: string[];
  terms: TemplateTerm[];
  obligations: {
    id: string;
    kind: string;
    title: Text;
    summary?: Text;
    clauses: string[];
    review: 'none' | 'one-side' | 'joint';
    checklist: ChecklistPart[];
  }[];
}

export interface Plan {
  template: string;
  zone: string;
  calendar: { id: string; version: string; provisionalFrom: string };
  terms: { name: string; value: unknown; origin: string }[];
  open: OpenTerm[];
  obligations: {
    id: string;
    occurrence?: string;
    kind: string;
    title: Text;
    clauses: string[];
    responsible: string;
    dueAt: string | null;
    localDate: string | null;
    after?: string;
    explanation: Text[];
    reminders: { at: string; to: string; rung: string }[];
  }[];
  /** What is to be paid, and what being late costs; nothing where nothing is agreed. */
  money: {
    obligation: string;
    due: { amount: string; currency: string; payee: string } | null;
    late: {
      /** For each late day. */
      per: string;
      base: string;
      percent: string;
      currency: string;
      graceDays: number;
      cap: string | null;
      creditor: string;
      clauses: string[];
    } | null;
  }[];
}

export interface CommandOutcome {
  command: string;
  agreementId?: string;
  type?: string;
  receivedAt?: string;
  status: 'pending' | 'applied' | 'refused';
  sequence?: number | null;
  events?: string[];
  code?: string;
  message?: string;
}

/** What an act is answered with: applied, or recorded and still being processed. */
export interface ActAnswer {
  command?: string;
  status: 'applied' | 'pending';
  sequence?: number | null;
  events?: string[];
  location?: string;
}

export interface EventActor {
  seat: string;
  party?: string;
  onBehalfOf?: string;
  /** Id of the absent person whom the actor stands in for. */
  deputyFor?: string;
  via: string;
  name?: string | null;
}

export interface AgreementEvent {
  sequence: number;
  type: string;
  at: string;
  recordedAt: string;
  obligation?: string;
  occurrence?: string;
  actor: EventActor;
  clauses: string[];
  text?:
    | ({ points?: string[]; reason?: string; omitted?: Record<string, string> } & Partial<
        Record<'topic' | 'cause' | 'details' | 'agenda' | 'minutes' | 'note' | 'reference', string>
      >)
    | null;
  documents?: { id: string; fileName: string; size: number; sha256: string }[];
  data: Record<string, unknown>;
  /** Names of those whom the event names by their ids. */
  people?: Record<string, string>;
  hash: string;
}

export interface LedgerItem {
  at: string;
  kind: string;
  obligation?: string;
  occurrence?: string;
  debtor: string;
  creditor: string;
  amount: string;
  currency: string;
  days?: number;
  base?: string;
  rate?: string;
  /** Days that did not count because of suspensions. */
  excludedDays?: number;
  /** What it rests on beside a duty: `claim:<id>`, `waiver:<number>`. */
  about?: string;
  clauses: string[];
  posted: boolean;
  /** How it came about, step by step. */
  why?: Text[];
  /** Of the event that posted it. */
  sequence: number | null;
  /** The very days that it charges, both ends included, where the record tells them. */
  counted: { from: string; until: string; excluded: { from: string; until: string }[] } | null;
}

export interface Ledger {
  asOf: string;
  items: LedgerItem[];
  balances: { debtor: string; creditor: string; currency: string; amount: string }[];
}

export interface Notice {
  id: string;
  at: string;
  sentAt: string | null;
  kind: string;
  seat: string;
  role: string;
  to: string | null;
  obligation?: string;
  occurrence?: string;
  rungs?: string[];
  subject: string | null;
  clauses: string[];
  status: string;
  possibleDuplicate: boolean;
  failure?: string | null;
  /** When the mail came back: it is not served. */
  bouncedAt: string | null;
  deputyFor?: string | null;
  mergedInto?: { id: string; subject: string | null } | null;
  /** Of what asks to be read. */
  acknowledgedAt?: string | null;
}

export interface StoredDocument {
  id: string;
  fileName: string;
  size: number;
  type: string;
  sha256: string;
  obligation?: string | null;
  occurrence?: string;
  commandId: string | null;
  createdAt: string;
  state: 'ok' | 'missing' | 'altered';
  /** Type and sequence of the event by which it came. */
  act: string | null;
  sequence: number | null;
  by: { name: string | null; seat: string; onBehalfOf: string | null } | null;
  /** Of a hand-in: which version of it, and what became of that. */
  handedIn: {
    version: number;
    round: number;
    state: 'current' | 'replaced' | 'rejected' | 'accepted';
    replacedBy: number | null;
  } | null;
}

/** All obligations in time (GET /agreements/{id}/schedule); dates are the agreement's own. */
export interface Schedule {
  asOf: string;
  spans: Span[];
  suspensions: { number: number; ground: string; from: string; until: string | null; obligations: string[] }[];
}

export interface Span {
  id: string;
  occurrence?: string;
  from: string | null;
  dueOn: string | null;
  firstDueOn: string | null;
  doneOn: string | null;
  status: ObligationStatus | 'planned';
  daysLate: number;
  review: { from: string; until: string } | null;
  marks: SpanMark[];
}

interface SpanMark {
  what: 'handed-in' | 'rejected' | 'accepted' | 'penalty' | 'paid';
  at: string;
  amount?: string;
  currency?: string;
}

export interface Refusal {
  at: string;
  do: string;
  code: string;
  message: string;
  clauses?: string[];
  /** Without a seat where it was refused before one was read. */
  actor: Partial<EventActor> & { kind?: string };
}

export interface Replay {
  verdict: 'identical' | 'different' | 'incomplete';
  compared: number;
  runs: { workflowId: string; runId: string; events: number; bundle: string | null }[];
  first?: { run?: string; event?: number | string; what?: string; recorded?: unknown; now?: unknown };
  reason?: string;
}

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

export interface Problem {
  type: string;
  title: string;
  detail?: string;
  status: number;
  errors?: { path: string; message: string; cure?: string }[];
  clauses?: string[];
}
