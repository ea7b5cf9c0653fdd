import { randomUUID } from 'node:crypto';
import { type AccountDesk, openAccounts } from '../../api/accounts/accounts.ts';
import type { Letter } from '../../api/accounts/letters.ts';
import { setupLink } from '../../api/accounts/setup.ts';
import type { Role } from '../../api/policy.ts';
import type { RunningApi } from '../../api/server.ts';
import { type Desk, type Reply, ask, openDesk } from './desk.ts';

export const SECRET = 'a secret of the tests, long enough for anything';
export const PASSWORD = 'Kranich über dem Moor';

/** The API with accounts, on a database of its own; time begins at the machine's, which better-auth goes by. */
export interface AccountsDesk {
  desk: Desk;
  api: RunningApi;
  accounts: AccountDesk;
  /** Letters that were sent, the oldest first. */
  letters: Letter[];
  /** The newest letter to somebody, once there is one that `fits`. */
  letterTo(address: string, fits?: (letter: Letter) => boolean): Promise<Letter>;
  close(): Promise<void>;
}

export async function openAccountsDesk(publicUrl = 'http://127.0.0.1:8420'): Promise<AccountsDesk> {
  const desk = await openDesk();
  desk.now.ms = Date.now();
  const letters: Letter[] = [];
  const { database, clock, log } = desk.deps;
  const accounts = openAccounts({
    database,
    clock,
    log,
    secret: SECRET,
    publicUrl,
    sendLetter: async (letter) => void letters.push(letter),
  });
  const api = await desk.another({ accounts, config: { ...desk.deps.config, publicUrl } });
  const letterTo: AccountsDesk['letterTo'] = async (address, fits = () => true) => {
    for (let tries = 0; tries < 200; tries++) {
      const found = letters.findLast((one) => one.to.address === address && fits(one));
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`no letter to ${address}`);
  };
  return { desk, api, accounts, letters, letterTo, close: () => desk.close() };
}

/** The token behind the `#` of a letter's button. */
export function tokenOf(letter: Letter): string {
  const [, token] = (letter.button?.url ?? '').split('#token=');
  if (!token) throw new Error('the letter has no link');
  return token;
}

/** A browser: it keeps cookies and says where it is. */
export interface Browser {
  cookie(name: string): string | undefined;
  ask(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
}

export function openBrowser(api: RunningApi): Browser {
  const jar = new Map<string, string>();
  return {
    cookie: (name) => jar.get(name),
    async ask(method, path, body, headers = {}) {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
      // The bearer that other tests send by default is no browser's.
      const reply = await ask(api, method, path, body, {
        ...(cookie ? { cookie } : {}),
        Authorization: '',
        ...headers,
      });
      for (const one of reply.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(one) ?? [];
        if (value === '' || /max-age=0/i.test(one)) jar.delete(name);
        else jar.set(name, value);
      }
      return reply;
    },
  };
}

/** The first administrator, signed in. */
export async function firstAdministrator({ desk, api, accounts }: AccountsDesk): Promise<Browser> {
  const link = await setupLink({ database: desk.database, clock: desk.deps.clock, publicUrl: accounts.publicUrl });
  const browser = openBrowser(api);
  const reply = await browser.ask('POST', '/setup', {
    token: link?.split('#token=')[1],
    name: '林总管',
    email: 'lin@operator.example',
    password: PASSWORD,
    organisation: '运营单位',
  });
  if (reply.status !== 200) throw new Error(JSON.stringify(reply.body));
  return browser;
}

/** Somebody with an account and PASSWORD, signed in. */
export async function someone(
  world: AccountsDesk,
  administrator: Browser,
  roles: Role[] = ['coordinator'],
): Promise<{ browser: Browser; id: string; email: string }> {
  const email = `${randomUUID().slice(0, 8)}@someone.example`;
  const person = { name: '周同事', email, organisation: '示例单位', language: 'en' };
  const invited = await administrator.ask('POST', '/accounts', { person, roles });
  if (invited.status !== 201) throw new Error(JSON.stringify(invited.body));
  const token = tokenOf(await world.letterTo(email));
  const set = await openBrowser(world.api).ask('POST', '/password/reset', { token, password: PASSWORD });
  if (set.status !== 200) throw new Error(JSON.stringify(set.body));
  const browser = openBrowser(world.api);
  await signIn(browser, email);
  return { browser, id: invited.body.id, email };
}

export async function signIn(browser: Browser, email: string, password = PASSWORD): Promise<Reply> {
  return browser.ask('POST', '/session', { email, password });
}
