import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { z } from 'zod';
import * as schemas from '../../api/schemas.ts';
import type { Mail } from '../../embedded/mailbox.ts';
import { MACHINE } from './machine-key.ts';
import { type World, eventually } from './world.ts';

export interface Reply {
  status: number;
  type: string;
  location: string | null;
  body: Record<string, unknown>;
}

/** A file to be handed in. */
export interface Brought {
  name: string;
  content: string;
}

/** The coordinator's desk: the API as a program uses it. */
export class Desk {
  readonly #url: string;

  constructor(world: Pick<World, 'url'>) {
    this.#url = `${world.url}/api`;
  }

  async get<S extends z.ZodType>(path: string, schema: S): Promise<z.output<S>> {
    const reply = await this.read(path);
    expect({ path, ...reply }).toMatchObject({ status: 200 });
    return schema.parse(reply.body);
  }

  /** Whatever is answered, also when it is a refusal. */
  async read(path: string): Promise<Reply> {
    return replyOf(await fetch(this.#url + path, { headers: MACHINE }));
  }

  /** Sends JSON, or a form where the body is one. */
  async post(
    path: string,
    body: object,
    { key = randomUUID(), language = 'en' }: { key?: string; language?: string } = {},
  ): Promise<Reply> {
    const form = body instanceof FormData;
    const response = await fetch(this.#url + path, {
      method: 'POST',
      headers: {
        ...MACHINE,
        'Idempotency-Key': key,
        'Accept-Language': language,
        ...(form ? {} : { 'Content-Type': 'application/json' }),
      },
      body: form ? body : JSON.stringify(body),
    });
    return replyOf(response);
  }

  agreement(id: string) {
    return this.get(`/agreements/${id}`, schemas.agreement);
  }

  async events(id: string) {
    return (await this.get(`/agreements/${id}/events?limit=200`, schemas.eventPage)).items;
  }

  async notices(id: string) {
    return (await this.get(`/agreements/${id}/notices?limit=200`, schemas.noticePage)).items;
  }

  ledger(id: string, asOf?: string) {
    return this.get(`/agreements/${id}/ledger${asOf === undefined ? '' : `?asOf=${asOf}`}`, schemas.ledger);
  }

  command(id: string) {
    return this.get(`/commands/${encodeURIComponent(id)}`, schemas.command);
  }

  submit(id: string, obligation: string, as: string, files: Brought[], options: { key?: string } = {}) {
    return this.post(`/agreements/${id}/obligations/${obligation}/submissions`, formOf({ as }, files), options);
  }

  /** Until nothing of what has been recorded waits for the mail server. */
  async allSent(id: string): Promise<Awaited<ReturnType<Desk['notices']>>> {
    return eventually(
      async () => {
        const notices = await this.notices(id);
        return notices.every(({ status }) => status === 'sent' || status === 'refused') && notices;
      },
      { withinMs: 40_000, what: 'every notice sent' },
    );
  }
}

async function replyOf(response: Response): Promise<Reply> {
  return {
    status: response.status,
    type: response.headers.get('content-type') ?? '',
    location: response.headers.get('location'),
    body: (await response.json()) as Record<string, unknown>,
  };
}

export function formOf(fields: Record<string, string>, files: Brought[]): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  for (const { name, content } of files) form.append('file', new Blob([content]), name);
  return form;
}

/** What both signed to end an agreement: without it the coordinator records no end. */
export const SIGNED_END: Brought = { name: 'termination.txt', content: 'Both sign: we end the agreement.\n' };

/** The only link for an act in a mail. */
export function linkIn({ text }: Mail): string {
  const links = [...new Set(text.match(/http:\/\/\S+\/act\/\S+/g))];
  expect(links).toHaveLength(1);
  return links[0] as string;
}

/** A person with a browser that runs no script: follows the link of a mail and sends the form behind it. */
export class Stakeholder {
  readonly #cookie: string;
  readonly address: string;

  private constructor(address: string, cookie: string) {
    this.address = address;
    this.#cookie = cookie;
  }

  /** Follows the link; the token is then in no address any more. */
  static async follow(link: string): Promise<Stakeholder> {
    const opened = await fetch(link, { redirect: 'manual' });
    expect(opened.status).toBe(303);
    const cookie = opened.headers.get('set-cookie') ?? '';
    const location = new URL(opened.headers.get('location') ?? '', link);
    const token = link.slice(link.lastIndexOf('/') + 1).replace(/^.*t=/, '');
    expect(token.length).toBeGreaterThan(20);
    expect(location.href).not.toContain(token);
    expect(cookie).toContain('HttpOnly');
    expect(cookie).toContain(`Path=${location.pathname}`);
    expect(opened.headers.get('referrer-policy')).toBe('no-referrer');
    return new Stakeholder(location.href, cookie.split(';')[0] as string);
  }

  async page(): Promise<string> {
    const response = await fetch(this.address, { headers: { cookie: this.#cookie } });
    expect(response.status).toBe(200);
    return response.text();
  }

  /** Sends the page's form. @returns status and what the page then says */
  async send(
    fields: Record<string, string> | [string, string][],
    files: Brought[] = [],
  ): Promise<{ status: number; page: string }> {
    const shown = await this.page();
    const hidden = (name: string): string =>
      new RegExp(`name="${name}" value="([^"]+)"`).exec(shown)?.[1] ?? expect.unreachable(`no ${name} in ${shown}`);
    const form = formOf({ key: hidden('key'), nonce: hidden('nonce') }, files);
    for (const [name, value] of Array.isArray(fields) ? fields : Object.entries(fields)) form.append(name, value);
    const response = await fetch(this.address, { method: 'POST', headers: { cookie: this.#cookie }, body: form });
    return { status: response.status, page: await response.text() };
  }
}
