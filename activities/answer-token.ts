import { hash, randomBytes } from 'node:crypto';

/** 256 bits; design §7 asks for 128. */
const TOKEN_BYTES = 32;

/** A right to answer a survey once. It is in a mail, a list or a QR code alone: Postgres has its hash. */
export function newAnswerToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** The word that opts its bearer out and does nothing else: it stands in an address (RFC 8058), so nobody can answer by it. */
export function optOutWord(token: string): string {
  return hash('sha256', `opt-out/${token}`, 'base64url');
}

/** What is stored of an opt-out word. */
export function optOutHash(word: string): string {
  return hash('sha256', word, 'hex');
}

/** What is stored of a token: found by the token, and by its opt-out word, but neither can be had from it. */
export function answerTokenHash(token: string): string {
  return optOutHash(optOutWord(token));
}

/** The page where a token's bearer answers; browsers send no server what stands behind `#`. */
export function answerUrl(publicUrl: string, token: string): string {
  return `${publicUrl}/answer#${token}`;
}

export function optOutUrl(publicUrl: string, token: string): string {
  return `${publicUrl}/opt-out/${optOutWord(token)}`;
}

/**
 * What names a personal link that an earlier mail brought, in the table of links: every mail has a token of its own, and
 * all of them hold, because none could be made again from what is stored.
 */
export function personalLinkLabel(inviteeId: string): string {
  return `${PERSONAL}${inviteeId}`;
}

/** The invitee whose link it is; null: a link for anybody. */
export function inviteeOfLabel(label: string): string | null {
  return label.startsWith(PERSONAL) ? label.slice(PERSONAL.length) : null;
}

const PERSONAL = 'invitee/';

/** What names the link by which a customer says whether the answer to what they raised satisfies, in the table of links. */
export function verdictLinkLabel(customerId: string): string {
  return `${CUSTOMER}${customerId}`;
}

/** The customer whose link it is; null: a link of another kind. */
export function customerOfLabel(label: string): string | null {
  return label.startsWith(CUSTOMER) ? label.slice(CUSTOMER.length) : null;
}

const CUSTOMER = 'customer/';

/** So long a link of a test send works. */
export const TRIAL_MS = 3 * 86_400_000;

/**
 * What names the link of a test send, in the table of links: its bearer tries out the questionnaire with this content, and
 * nothing that they say is kept. It leads to nobody.
 */
export function trialLinkLabel({ sha256, language }: Trial): string {
  return `${TRIAL}${language}/${sha256}`;
}

/** What is tried out by a link; null: a link of another kind. */
export function trialOfLabel(label: string): Trial | null {
  if (!label.startsWith(TRIAL)) return null;
  const [language, sha256 = ''] = label.slice(TRIAL.length).split('/');
  return { language: language === 'en' ? 'en' : 'zh', sha256 };
}

interface Trial {
  language: 'zh' | 'en';
  /** Of the questionnaire. */
  sha256: string;
}

export const TRIAL = 'trial/';

export function verdictUrl(publicUrl: string, token: string): string {
  return `${publicUrl}/verdict/${token}`;
}
