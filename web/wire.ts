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
  email?: string;
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
  nextDue: { obligation: string; dueAt: string; localDate: string; responsible: string } | null;
  overdue: number;
}

export interface Obligation {
  id: string;
  occurrence?: string;
  kind: string;
  title: Text;
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
  terms: { name: string; value: unknown; origin: string; given?: boolean; clauses: string[] }[];
  open: OpenTerm[];
  seats: { seat: string; party?: string | null; name: string; email: string; language: Language }[];
  signatures: Record<string, string>;
  endedOn: string | null;
  obligations: Obligation[];
  sequence: number;
  runs: { workflowId: string; runId: string }[];
  draft?: DraftBody | null;
}

export interface DraftBody {
  template: string;
  zone?: string;
  calendar?: string;
  terms: Record<string, unknown>;
  parties: Record<string, Party>;
  coordinator?: Party;
}

export interface TemplateTerm {
  name: string;
  type: 'money' | 'currency' | 'integer' | 'percent' | 'date' | 'time' | 'enum' | 'map' | 'list';
  unit?: string;
  clauses: string[];
  origin: TermOrigin;
  label: Text;
  hint?: Text;
  required: boolean;
  nullable: boolean;
  /** What the text fixes, or our default. */
  value?: string | number | number[];
  min?: number;
  max?: number;
  options?: { value: string; label: Text }[];
}

export interface Template {
  id: string;
  version: number;
  ref: string;
  title: Text;
  source: string;
  summary: Text;
  parties: Record<string, Text>;
  signatories: string[];
  terms: TemplateTerm[];
  obligations: { id: string; kind: string; title: Text; clauses: string[]; review: 'none' | 'joint' }[];
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
    clauses: string[];
    responsible: string;
    dueAt: string | null;
    localDate: string | null;
    after?: string;
    explanation: Text[];
    reminders: { at: string; to: string; rung: string }[];
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
  text?: { points?: string[]; reason?: string } | null;
  documents?: { id: string; fileName: string; size: number; sha256: string }[];
  data: Record<string, unknown>;
  hash: string;
}

export interface LedgerItem {
  at: string;
  kind: string;
  obligation?: string;
  debtor: string;
  creditor: string;
  amount: string;
  currency: string;
  days?: number;
  base?: string;
  rate?: string;
  clauses: string[];
  posted: boolean;
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
  rungs?: string[];
  subject: string | null;
  clauses: string[];
  status: string;
  possibleDuplicate: boolean;
  failure?: string | null;
}

export interface StoredDocument {
  id: string;
  fileName: string;
  size: number;
  type: string;
  sha256: string;
  obligation?: string | null;
  commandId: string | null;
  createdAt: string;
  state: 'ok' | 'missing' | 'altered';
}

export interface Refusal {
  at: string;
  do: string;
  code: string;
  message: string;
  actor: EventActor;
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
}
