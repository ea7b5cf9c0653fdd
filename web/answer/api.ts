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
  readonly errors: { path: string; message: string; cure: string }[];

  constructor(status: number, { type = '', errors = [] }: { type?: string; errors?: Refused['errors'] } = {}) {
    super(type);
    this.status = status;
    this.code = type.replace('urn:abide:', '');
    this.errors = errors;
  }
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
      'Content-Type': 'application/json',
      'Accept-Language': language,
      ...(key === undefined ? {} : { 'Idempotency-Key': key }),
    },
    body: JSON.stringify(body),
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
