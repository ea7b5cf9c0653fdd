import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ProcessFrame, ProcessType } from '../../domain/process/process.ts';
import { type DocumentStore, openDocumentStore } from '../../activities/documents.ts';
import { startApi } from '../../api/server.ts';
import { type AccountsDesk, PASSWORD, firstAdministrator, openAccountsDesk } from '../api/accounts-desk.ts';
import { processDesk } from '../api/process-desk.ts';
import { builtPages } from './build.ts';
import { AXE, isTooWide } from './checks.ts';
import { type BrowserPage, openPage } from './page.ts';

/** Of the first administrator. */
const EMAIL = 'lin@operator.example';

/** The pages as they are built, on the real API; what is asked for there is recorded as the worker would. */
export interface Pages {
  world: AccountsDesk;
  url: string;
  documents: DocumentStore;
  /** Codes of what the rules refused. */
  refused: string[];
  /** Addresses that test invitations went to. */
  tested: string[];
  /** Id of the first administrator among the people. */
  person: string;
  /** A browser with the first administrator signed in; from then on the worker works. */
  open(language: 'zh-CN' | 'en', width: number): Promise<Hand>;
  close(): Promise<void>;
}

export async function openPages(): Promise<Pages> {
  const folder = await mkdtemp(join(tmpdir(), 'abide-pages-'));
  const webRoot = await builtPages();
  const port = await freePort();
  const url = `http://127.0.0.1:${String(port)}`;
  const world = await openAccountsDesk(url);
  await firstAdministrator(world);
  const { desk, accounts } = world;
  // A report as PDF bears its fonts.
  const documents = openDocumentStore(join(folder, 'documents'), { maxBytes: 20 * 1024 * 1024 });
  const tested: string[] = [];
  const api = await startApi(
    {
      ...{ ...desk.deps, accounts, config: { ...desk.deps.config, publicUrl: url }, webRoot, documents },
      sendLetter: async (letter) => void world.letters.push(letter),
      sendTestInvitation: async ({ to }) => void tested.push(to.address),
    },
    { host: '127.0.0.1', port },
  );
  const refused: string[] = [];
  const work = worker(world, refused);
  const browsers: BrowserPage[] = [];
  return {
    world,
    url,
    documents,
    refused,
    tested,
    person: (await desk.database.person.findFirstOrThrow({ where: { email: EMAIL } })).id,
    async open(language, width) {
      work.begin();
      const profile = join(folder, `profile-${String(browsers.length)}`);
      const page = await openPage({ profile, language, width, height: 900 });
      browsers.push(page);
      const hand = handOn(page);
      await page.goto(`${url}/sign-in`);
      await page.until('document.querySelector("#password")');
      await page.evaluate('document.querySelector("#email").focus()');
      await page.press(EMAIL, 'Tab', PASSWORD, 'Enter');
      await page.until('location.pathname !== "/sign-in"');
      // A stranger was asked who he is.
      page.errors.length = 0;
      return hand;
    },
    async close() {
      for (const browser of browsers) await browser.close();
      await work.stop();
      await api.stop();
      await world.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

/** Decides and records what is pending, one after the other. */
function worker({ desk }: AccountsDesk, refused: string[]): { begin(): void; stop(): Promise<void> } {
  const { database } = desk;
  const processes = processDesk(desk);
  const tried = new Set<string>();
  const once = async (): Promise<void> => {
    for (const row of await database.process.findMany({ where: { status: 'starting' } })) {
      await processes.begin(row.type as ProcessType, row.input as unknown as ProcessFrame);
    }
    const pending = await database.command.findMany({ where: { status: 'pending' }, orderBy: { receivedAt: 'asc' } });
    for (const { id, workflowId } of pending.filter((one) => !tried.has(one.id))) {
      tried.add(id);
      try {
        await (workflowId === null ? desk.record(id) : processes.record(id));
      } catch (error) {
        refused.push((error as Error).message);
      }
    }
  };
  const state = { isOver: false };
  const work = async (): Promise<void> => {
    while (!state.isOver) {
      await once();
      await pause(100);
    }
  };
  let working: Promise<void> | undefined;
  return {
    begin: () => void (working ??= work()),
    stop: async () => {
      state.isOver = true;
      await working;
    },
  };
}

/** Names of files that are whole. */
async function arrived(folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  return (await readdir(folder)).filter((name) => !name.endsWith('.crdownload') && !name.startsWith('.'));
}

/** What the dialog of an act is given. */
export interface Doing {
  /** On whose behalf, as the list of capacities says it. */
  as?: string;
  /** By label. Chosen before anything is filled in: what is asked for may hang on it. */
  choose?: Record<string, string>;
  fill?: Record<string, string>;
  /** Files by name. */
  brings?: Record<string, string>;
  /** Demands that axe finds nothing in the dialog as it is sent. */
  clean?: true;
  /** Name of a picture of the dialog as it is sent. */
  look?: string;
  /** What is to be read once it is done. */
  sees?: string;
}

/** Somebody at a page: finds things by what is written on them. */
export interface Hand {
  page: BrowserPage;
  /** Presses the button, link, tab or box that is named so, in the dialog that is open, else on the page. */
  click(name: string): Promise<void>;
  /** Types into the field that is labelled so, in place of what stands there. */
  fill(label: string, text: string): Promise<void>;
  /** Types into the field of a selector, in place of what stands there. */
  type(selector: string, text: string): Promise<void>;
  /** Chooses from the list that is labelled so. */
  choose(label: string, option: string): Promise<void>;
  /** Presses what sends the open dialog, and waits until it is gone. */
  sends(): Promise<void>;
  /** Presses an act, gives its dialog what it asks for, sends it. */
  does(act: string, doing?: Doing): Promise<void>;
  /** Waits until something is to be read. */
  sees(text: string): Promise<void>;
  /** Waits until something is not to be read any more. */
  seesNo(text: string): Promise<void>;
  /** Chooses a file for the field of files in the dialog that is open, else on the page. */
  brings(name: string, bytes: string | Uint8Array): Promise<void>;
  /** Presses what downloads a file. @returns its name and bytes */
  downloads(name: string): Promise<{ name: string; bytes: Buffer }>;
  /** Opens this page, or another one, in another language and width, as on another device. */
  reads(language: 'zh' | 'en', width: number, url?: string): Promise<void>;
  /** Whether the page is wider than the window. */
  isTooWide(): Promise<boolean>;
  /** What the console showed in red since it was asked last. */
  errors(): string[];
  /** What axe finds against WCAG 2.2 A and AA, as `rule: where`. */
  violations(): Promise<string[]>;
  /** Keeps a picture of the page in ABIDE_SHOTS, if that is set. */
  look(name: string): Promise<void>;
}

/** Runs in the page: what is seen of the uppermost dialog, else of the page. */
const FIND = `window.hand ??= {
  said: (text) => text.replace(/\\s+/g, '').toLowerCase(),
  area: () => [...document.querySelectorAll('.ant-modal-wrap, .ant-drawer')].filter((one) => one.checkVisibility()).at(-1) ?? document.body,
  seen: (one) => one.checkVisibility() && !one.disabled,
  named: (name) => {
    const { said, area, seen } = window.hand;
    const all = [...area().querySelectorAll('button, a, [role=tab], [role=button], label.ant-checkbox-wrapper, label.ant-radio-wrapper, label.ant-segmented-item, summary, input[type=button]')].filter(seen);
    const of = (one) => [one.getAttribute('aria-label') ?? '', one.innerText || one.value || ''].map(said);
    return all.find((one) => of(one).includes(said(name))) ?? all.find((one) => of(one).some((text) => text.includes(said(name))));
  },
  labelled: (label) => {
    const { said, area, seen } = window.hand;
    const fields = [...area().querySelectorAll('input, textarea, select')].filter((one) => one.checkVisibility({ opacityProperty: false }) && !one.disabled);
    const of = (one) => [one.getAttribute('aria-label') ?? '', one.placeholder ?? '', ...[...(one.labels ?? [])].map((l) => l.innerText)].map(said);
    return fields.find((one) => of(one).includes(said(label))) ?? fields.find((one) => of(one).some((text) => text !== '' && text.includes(said(label))));
  },
};`;

/** Somebody at a page. */
export function handOn(page: BrowserPage): Hand {
  const found = (expression: string) => `(() => { ${FIND} return ${expression}; })()`;
  const open = `[...document.querySelectorAll('.ant-modal-wrap')].filter((one) => one.checkVisibility())`;
  const hand: Hand = {
    page,
    async click(name) {
      const target = found(`window.hand.named(${JSON.stringify(name)})`);
      await page.until(target);
      await page.evaluate(`${target}.click()`);
      await pause(100);
    },
    async fill(label, text) {
      const target = found(`window.hand.labelled(${JSON.stringify(label)})`);
      await page.until(target);
      await page.evaluate(`(() => { const field = ${target}; field.focus(); field.select?.(); })()`);
      const isDate = await page.evaluate<boolean>(`document.activeElement.type === 'date'`);
      // What a browser's own calendar does when a day is picked.
      if (isDate) {
        await page.evaluate(
          `(() => { const field = document.activeElement; Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, ${JSON.stringify(text)}); field.dispatchEvent(new Event('input', { bubbles: true })); })()`,
        );
      } else await page.press(text);
      await pause(50);
    },
    async type(selector, text) {
      await page.until(`document.querySelector(${JSON.stringify(selector)})`);
      await page.evaluate(
        `(() => { const field = document.querySelector(${JSON.stringify(selector)}); field.focus(); field.select(); })()`,
      );
      await page.press(text);
    },
    async choose(label, option) {
      const target = found(`window.hand.labelled(${JSON.stringify(label)})`);
      await page.until(target);
      await page.evaluate(`(() => {
        const field = ${target};
        field.closest('.ant-select').dispatchEvent(new MouseEvent('mousedown', { bubbles: true }));
        field.focus();
      })()`);
      const choice = `[...document.querySelectorAll('.ant-select-item-option')].filter((one) => one.checkVisibility()).find((one) => one.innerText.includes(${JSON.stringify(option)}))`;
      // A long list shows its first lines; what is typed narrows it.
      await pause(300);
      if (!(await page.evaluate<boolean>(`Boolean(${choice})`))) await page.press(option);
      await page.until(choice);
      await page.evaluate(`${choice}.click()`);
      await pause(300);
    },
    sees: (text) => page.until(`document.body.innerText.includes(${JSON.stringify(text)})`),
    async does(act, { as, choose = {}, fill = {}, brings = {}, clean, look, sees } = {}) {
      await hand.click(act);
      await page.until(`${open}.length > 0`);
      if (as !== undefined) await hand.choose('办理身份', as);
      for (const [label, option] of Object.entries(choose)) await hand.choose(label, option);
      for (const [label, text] of Object.entries(fill)) await hand.fill(label, text);
      for (const [name, bytes] of Object.entries(brings)) await hand.brings(name, bytes);
      const found = clean ? await hand.violations() : [];
      if (found.length > 0) throw new Error(`${act}: ${found.join('; ')}`);
      if (look !== undefined) await hand.look(look);
      await hand.sends();
      if (sees !== undefined) await hand.sees(sees);
    },
    async sends() {
      await page.evaluate(`${open}.at(-1).querySelector('.ant-modal-footer .ant-btn-primary').click()`);
      await page.until(`${open}.length === 0`);
    },
    seesNo: (text) => page.until(`!document.body.innerText.includes(${JSON.stringify(text)})`),
    async brings(name, bytes) {
      const field = found(`[...window.hand.area().querySelectorAll('input[type=file]')].at(-1)`);
      await page.until(field);
      const path = join(page.downloads, '..', name);
      await writeFile(path, bytes);
      await page.bring(field, path);
      await hand.sees(name);
    },
    async downloads(name) {
      const before = await arrived(page.downloads);
      await hand.click(name);
      for (const end = Date.now() + 20_000; Date.now() < end; await pause(50)) {
        const [file] = (await arrived(page.downloads)).filter((one) => !before.includes(one));
        if (file !== undefined) return { name: file, bytes: await readFile(join(page.downloads, file)) };
      }
      throw new Error(`nothing arrived by ${name}`);
    },
    async reads(language, width, url) {
      await page.resize(width, 900);
      await page.evaluate(`localStorage.setItem('abide.language', ${JSON.stringify(language)})`);
      await page.goto(url ?? (await page.evaluate<string>('location.href')));
      await page.until('document.querySelector("h1")');
    },
    isTooWide: () => isTooWide(page),
    errors: () => page.errors.splice(0),
    async violations() {
      // Colours in the middle of a transition are nobody's.
      await page.until(
        'document.getAnimations().every((one) => one.playState !== "running" || one.effect.getTiming().iterations === Infinity)',
      );
      await page.evaluate(AXE);
      return page.evaluate<string[]>(
        `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
          .then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.filter(
            // Ant Design owns the button for tabs that find no room by its list of tabs: react-component/tabs#1013.
            ({ target }) => !(id === 'aria-required-children' && String(target) === '.ant-tabs-nav')).map(({ target, html }) =>
            id + ': ' + target.join(' ') + ' ' + html.slice(0, 200))))`,
      );
    },
    async look(name) {
      if (process.env.ABIDE_SHOTS === undefined) return;
      await pause(400);
      await writeFile(join(process.env.ABIDE_SHOTS, `${name}.png`), await page.picture());
    },
  };
  return hand;
}
