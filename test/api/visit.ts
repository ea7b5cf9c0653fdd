import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { createLink } from '../../activities/links.ts';
import type { Desk } from './desk.ts';

export interface Visit {
  url: string;
  cookie: string;
}

/** A link as the mail has it, opened once: where it leads, and the cookie that it sets. */
export async function link(
  desk: Desk,
  agreementId: string,
  seat: string,
  purpose: 'sign' | 'submit' | 'review' | 'acknowledge',
  obligation?: string,
  occurrence?: string,
  { personId = undefined as string | undefined, days = 1 } = {},
) {
  const seated = await desk.database.seat.findUnique({ where: { agreementId_seat: { agreementId, seat } } });
  const mailed = await createLink(
    desk.database,
    {
      agreementId,
      personId: personId ?? seated?.personId ?? '',
      seat,
      purpose,
      ...(obligation ? { obligation } : {}),
      ...(occurrence ? { occurrence } : {}),
      noticeId: randomUUID(),
      expiresAt: desk.now.ms + days * 86_400_000,
    },
    { clock: desk.deps.clock, publicUrl: desk.api.url },
  );
  return mailed;
}

export async function open(desk: Desk, mailed: string): Promise<Visit> {
  const response = await fetch(mailed, { redirect: 'manual' });
  expect(response.status).toBe(303);
  const cookie = response.headers.get('set-cookie') ?? '';
  expect(cookie).toMatch(/; HttpOnly; SameSite=Lax/);
  const location = response.headers.get('location') ?? '';
  expect(cookie).toContain(`Path=${location}`);
  return { url: `${desk.api.url}${location}`, cookie: cookie.split(';')[0] ?? '' };
}

export async function page({ url, cookie }: Visit, query = ''): Promise<string> {
  const response = await fetch(`${url}${query}`, { headers: { cookie } });
  expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
  expect(response.headers.get('referrer-policy')).toBe('no-referrer');
  expect(response.headers.get('cache-control')).toBe('no-store');
  return response.text();
}

export function secrets(text: string): { key: string; nonce: string } {
  const value = (name: string) => new RegExp(`name="${name}"\\s+value="([^"]+)"`).exec(text)?.[1] ?? '';
  return { key: value('key'), nonce: value('nonce') };
}

export async function send({ url, cookie }: Visit, body: FormData | URLSearchParams) {
  const response = await fetch(url, { method: 'POST', headers: { cookie, origin: 'null' }, body });
  return { status: response.status, text: await response.text() };
}
