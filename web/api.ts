/** The wire as the page sees it: types of `/api`, one transport, nothing else. */

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
  calendar: { id: string; version: string; provisionalFrom: string };
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

/** The API said no, or could not be reached (`status` 0). */
export class ApiProblem extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.title);
    this.problem = problem;
  }
  get code(): string {
    return this.problem.type.replace(/^urn:abide:/, '');
  }
  /** Nothing is known about the outcome: the same request, with the same key, may be sent again. */
  get isTransient(): boolean {
    const { status } = this.problem;
    return status === 0 || status >= 500 || status === 429 || this.code === 'request-in-progress';
  }
}

interface RequestOptions {
  method?: 'GET' | 'POST' | 'PATCH';
  /** Kept over the retries of one intent; every non-GET has one. */
  key?: string;
  body?: unknown;
  form?: FormData;
  signal?: AbortSignal;
  /** Fraction of the upload, 0 to 1. */
  onProgress?: (fraction: number) => void;
}

const BASE = '/api';

function unreachable(): ApiProblem {
  return new ApiProblem({ type: 'urn:abide:unreachable', title: 'unreachable', status: 0 });
}

function problemOf(status: number, text: string): ApiProblem {
  const body = parse(text);
  if (typeof body === 'object' && body !== null && 'type' in body && 'title' in body) {
    return new ApiProblem({ ...(body as Problem), status });
  }
  // A gateway in between answers without a problem document.
  return new ApiProblem({ type: `urn:abide:http-${status}`, title: `HTTP ${status}`, status });
}

function parse(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const ACCESS_KEY = 'abide.access-key';

/** The API key of an installation that wants one; kept for this tab alone. */
export function rememberAccessKey(key: string): void {
  window.sessionStorage.setItem(ACCESS_KEY, key);
}

function headers(options: RequestOptions): Record<string, string> {
  const all: Record<string, string> = {
    accept: 'application/json, application/problem+json',
    'accept-language': document.documentElement.lang || 'zh-CN',
  };
  const accessKey = window.sessionStorage.getItem(ACCESS_KEY);
  if (accessKey !== null) all['authorization'] = `Bearer ${accessKey}`;
  if (options.body !== undefined) all['content-type'] = 'application/json';
  if (options.key !== undefined) all['idempotency-key'] = options.key;
  return all;
}

/**
 * One request to the API.
 * @throws ApiProblem with field errors when refused; with status 0 when the API cannot be reached
 */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const url = path.startsWith('/api/') ? path : `${BASE}${path}`;
  const { status, text } = options.form ? await upload(url, options) : await plain(url, options);
  if (status < 200 || status > 299) throw problemOf(status, text);
  const body = parse(text);
  if (body === undefined && text !== '') throw problemOf(502, '');
  return body as T;
}

/**
 * Hands a document's bytes to the browser as a file. Not a plain link, which could bear no key and would show a refusal
 * (the file is missing, was altered) as a page of JSON.
 */
export async function download(path: string, fileName: string): Promise<void> {
  let answer: Response;
  try {
    answer = await fetch(`${BASE}${path}`, { headers: headers({}) });
  } catch {
    throw unreachable();
  }
  if (!answer.ok) throw problemOf(answer.status, await answer.text());
  const address = URL.createObjectURL(await answer.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(address);
}

async function plain(url: string, options: RequestOptions): Promise<{ status: number; text: string }> {
  let answer: Response;
  try {
    answer = await fetch(url, {
      method: options.method ?? 'GET',
      headers: headers(options),
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
      ...(options.signal ? { signal: options.signal } : {}),
    });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw unreachable();
  }
  return { status: answer.status, text: await answer.text() };
}

/** `fetch` reports no progress of an upload. */
function upload(url: string, options: RequestOptions): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    xhr.open(options.method ?? 'POST', url);
    for (const [name, value] of Object.entries(headers(options))) xhr.setRequestHeader(name, value);
    xhr.upload.onprogress = (event) => {
      if (event.lengthComputable) options.onProgress?.(event.loaded / event.total);
    };
    xhr.onload = () => resolve({ status: xhr.status, text: xhr.responseText });
    xhr.onerror = () => reject(unreachable());
    xhr.ontimeout = () => reject(unreachable());
    xhr.send(options.form);
  });
}

/** `?a=1&b=2` of the values that are there. */
export function queryString(values: Record<string, string | number | null | undefined>): string {
  const pairs = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== null && value !== undefined && value !== '') pairs.set(name, String(value));
  }
  const text = pairs.toString();
  return text === '' ? '' : `?${text}`;
}

export const agreementPath = (id: string): string => `/agreements/${encodeURIComponent(id)}`;
