import type { Language } from './words.ts';

export type Answers = Record<string, unknown>;

/** What a token asks for (`POST /api/answer-sessions`). */
export interface Session {
  kind: 'personal' | 'open' | 'feedback';
  state: 'not-open' | 'open' | 'late' | 'answered' | 'over';
  /** Of a test send: nothing of it is kept as an answer. */
  trial?: boolean;
  operator: string;
  client: string | null;
  period?: { zh: string; en: string } | null;
  anonymous?: boolean;
  closesOn?: string | null;
  language?: Language | null;
  questionnaire?: object | null;
  draft?: Answers | null;
}

/** The API said no, or could not be reached (`status` 0). */
export class Refused extends Error {
  readonly status: number;
  /** `already-answered`, `answer-link-unknown` … */
  readonly code: string;
  /** In the language that was asked for; '' where nothing was said. */
  readonly title: string;
  readonly errors: { path: string; message: string; cure: string }[];

  constructor(
    status: number,
    { type = '', title = '', errors = [] }: { type?: string; title?: string; errors?: Refused['errors'] } = {},
  ) {
    super(type);
    this.status = status;
    this.title = title;
    this.code = type.replace('urn:abide:', '');
    this.errors = errors;
  }
}

/** A file that is there until the answer is handed in, or for good with it. */
export interface Attached {
  id: string;
  name: string;
  /** Bytes. */
  size: number;
  type: string;
}

/** @param key the same for a repetition of the same act */
async function ask<T>(
  method: 'POST' | 'PUT',
  path: string,
  body: object,
  { language, key, keepalive = false }: { language: Language; key?: string; keepalive?: boolean },
): Promise<T> {
  const response = await fetch(`/api${path}`, {
    method,
    keepalive,
    credentials: 'omit',
    headers: {
      ...(body instanceof FormData ? {} : { 'Content-Type': 'application/json' }),
      'Accept-Language': language,
      ...(key === undefined ? {} : { 'Idempotency-Key': key }),
    },
    body: body instanceof FormData ? body : JSON.stringify(body),
  }).catch(() => {
    throw new Refused(0);
  });
  const answer: unknown = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(response.status, answer as ConstructorParameters<typeof Refused>[1]);
  return answer as T;
}

export function openSession(token: string, language: Language): Promise<Session> {
  return ask('POST', '/answer-sessions', { token }, { language });
}

/** @param keepalive the page is about to be left */
export function saveDraft(token: string, answers: Answers, language: Language, keepalive = false): Promise<unknown> {
  return ask('PUT', '/answer-drafts', { token, answers }, { language, key: randomKey(), keepalive });
}

export function attachFile(token: string, question: string, file: File, language: Language): Promise<Attached> {
  const form = new FormData();
  form.append('token', token); // before the file: nothing is taken of anybody else's
  form.append('question', question);
  form.append('file', file, file.name);
  return ask('POST', '/answers/files', form, { language, key: randomKey() });
}

export async function removeFile(token: string, file: string, language: Language): Promise<void> {
  await ask('POST', '/answers/files/removal', { token, file }, { language, key: randomKey() });
}

export function handIn(token: string, answers: Answers, language: Language, key: string): Promise<{ late: boolean }> {
  return ask('POST', '/answers', { token, answers }, { language, key });
}

export function sendFeedback(
  token: string,
  given: { text: string; name?: string; email?: string },
  language: Language,
  key: string,
): Promise<{ number: string }> {
  return ask('POST', '/feedback', { token, ...given }, { language, key });
}

/** `crypto.randomUUID` is there on secure origins alone; an intranet may have none. */
export function randomKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
