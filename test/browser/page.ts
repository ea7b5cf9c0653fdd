import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { chromium } from './chromium.ts';

/** A page of a headless Chromium, driven over its own protocol (Chrome DevTools Protocol) by a pipe. */
export interface BrowserPage {
  goto(url: string): Promise<void>;
  /** The value of an expression in the page. */
  evaluate<T>(expression: string): Promise<T>;
  /** Waits until an expression holds. @throws when it does not for 15 s */
  until(expression: string): Promise<void>;
  /** Presses keys one after the other: `Tab`, `Enter`, ` `, `ArrowRight`; anything else is typed. */
  press(...keys: string[]): Promise<void>;
  resize(width: number, height: number): Promise<void>;
  /** PNG of the whole page. */
  picture(): Promise<Buffer>;
  /** PDF of the page as it would be printed on A4. */
  paper(): Promise<Buffer>;
  /** Puts files into the field of files that an expression gives. */
  bring(field: string, ...paths: string[]): Promise<void>;
  /** Where downloads arrive, each under its name once it is whole. */
  downloads: string;
  /** What the console showed in red so far: errors, exceptions that nobody caught, requests that were refused. */
  errors: string[];
  close(): Promise<void>;
}

const KEYS: Record<string, { code: string; windowsVirtualKeyCode: number; text?: string }> = {
  Tab: { code: 'Tab', windowsVirtualKeyCode: 9 },
  Enter: { code: 'Enter', windowsVirtualKeyCode: 13, text: '\r' },
  ' ': { code: 'Space', windowsVirtualKeyCode: 32, text: ' ' },
  ArrowRight: { code: 'ArrowRight', windowsVirtualKeyCode: 39 },
};

const WAIT_MS = 15_000;

interface Message {
  id?: number;
  result: never;
  error?: { message: string };
  method?: string;
  params?: {
    type?: string;
    args?: { value?: unknown; description?: string }[];
    exceptionDetails?: { text: string; exception?: { description?: string } };
    entry?: { level: string; text: string; url?: string };
  };
}

/** What an event of the browser shows in red in its console; undefined: nothing. */
function errorIn(method: string, params: Message['params'] = {}): string | undefined {
  const { type, args, exceptionDetails, entry } = params;
  if (method === 'Runtime.consoleAPICalled' && type === 'error') {
    return (args ?? []).map(({ value, description }) => String(value ?? description)).join(' ');
  }
  if (method === 'Runtime.exceptionThrown') return exceptionDetails?.exception?.description ?? exceptionDetails?.text;
  if (method === 'Log.entryAdded' && entry?.level === 'error') return `${entry.text} ${entry.url ?? ''}`.trim();
  return undefined;
}

/** @param language what the browser asks for: `zh-CN`, `en` */
export async function openPage({
  profile,
  language,
  width = 1280,
  height = 900,
}: {
  profile: string;
  language: string;
  width?: number;
  height?: number;
}): Promise<BrowserPage> {
  const child = spawn(
    chromium(),
    [
      '--headless=new',
      '--no-sandbox', // tests run as root in containers
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--no-first-run',
      '--disable-background-networking',
      `--lang=${language}`,
      `--accept-lang=${language}`,
      `--user-data-dir=${profile}`,
      '--remote-debugging-pipe',
      'about:blank',
    ],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'], env: { ...process.env, LANGUAGE: language } },
  );
  const [, , , input, output] = child.stdio as unknown as [null, null, null, Writable, Readable];
  const waiting = new Map<number, { resolve: (result: never) => void; reject: (error: Error) => void }>();
  let number = 0;
  let rest = '';
  output.setEncoding('utf8').on('data', (text: string) => {
    const messages = (rest + text).split('\0');
    rest = messages.pop() ?? '';
    for (const message of messages) {
      const { id, result, error, method, params } = JSON.parse(message) as Message;
      const said = method === undefined ? undefined : errorIn(method, params);
      if (said !== undefined) errors.push(said);
      const waiter = waiting.get(id ?? -1);
      waiting.delete(id ?? -1);
      if (error) waiter?.reject(new Error(error.message));
      else waiter?.resolve(result);
    }
  });
  const errors: string[] = [];
  const session: { sessionId?: string } = {};
  const send = <T>(method: string, params: object = {}): Promise<T> =>
    new Promise((resolve, reject) => {
      const id = (number += 1);
      waiting.set(id, { resolve, reject });
      input.write(`${JSON.stringify({ id, method, params, ...session })}\0`);
    });

  const downloads = `${profile}-downloads`;
  await send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: downloads });
  const { targetInfos } = await send<{ targetInfos: { type: string; targetId: string }[] }>('Target.getTargets');
  const targetId = targetInfos.find(({ type }) => type === 'page')?.targetId;
  Object.assign(session, await send<{ sessionId: string }>('Target.attachToTarget', { targetId, flatten: true }));
  for (const domain of ['Page', 'Runtime', 'Log', 'DOM']) await send(`${domain}.enable`);

  const page: BrowserPage = {
    async goto(url) {
      // Another token on the same page is a mere change of its hash.
      await send('Page.navigate', { url: 'about:blank' });
      await send('Page.navigate', { url });
      await page.until('document.readyState === "complete" && location.href !== "about:blank"');
    },
    async evaluate<T>(expression: string) {
      const { result, exceptionDetails } = await send<{
        result: { value: T };
        exceptionDetails?: { exception?: { description?: string } };
      }>('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? expression);
      return result.value;
    },
    async until(expression) {
      for (const end = Date.now() + WAIT_MS; ; await pause(50)) {
        if (await page.evaluate<boolean>(`Boolean(${expression})`).catch(() => false)) return;
        if (Date.now() > end) {
          throw new Error(`never: ${expression}; ${await page.evaluate<string>('document.body.innerText')}`);
        }
      }
    },
    async press(...keys) {
      for (const key of keys) {
        const known = KEYS[key];
        if (!known) await send('Input.insertText', { text: key });
        else {
          await send('Input.dispatchKeyEvent', { type: 'keyDown', key, ...known });
          await send('Input.dispatchKeyEvent', { type: 'keyUp', key, ...known });
        }
        await pause(30);
      }
    },
    resize: (newWidth, newHeight) =>
      send('Emulation.setDeviceMetricsOverride', {
        width: newWidth,
        height: newHeight,
        deviceScaleFactor: 1,
        mobile: newWidth < 500,
      }),
    async bring(field, ...paths) {
      const { result } = await send<{ result: { objectId: string } }>('Runtime.evaluate', { expression: field });
      await send('DOM.setFileInputFiles', { files: paths, objectId: result.objectId });
    },
    downloads,
    errors,
    async picture() {
      const [full, tall] = await page.evaluate<[number, number]>('[innerWidth, document.documentElement.scrollHeight]');
      const { data } = await send<{ data: string }>('Page.captureScreenshot', {
        format: 'png',
        captureBeyondViewport: true,
        clip: { x: 0, y: 0, width: full, height: tall, scale: 1 },
      });
      return Buffer.from(data, 'base64');
    },
    async paper() {
      const size = { paperWidth: 8.27, paperHeight: 11.69, preferCSSPageSize: true };
      const { data } = await send<{ data: string }>('Page.printToPDF', size);
      return Buffer.from(data, 'base64');
    },
    async close() {
      const gone = once(child, 'exit');
      child.kill();
      await gone;
    },
  };
  await page.resize(width, height);
  return page;
}
