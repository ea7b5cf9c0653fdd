import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { BrowserPage } from './page.ts';

/** What a page runs to be held against WCAG. */
export const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds on a customer's page against WCAG 2.2 A and AA and good practice, as `rule: where`. */
export async function violations(page: BrowserPage): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate<string[]>(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
      .then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) =>
        id + ': ' + target.join(' ') + ' ' + failureSummary)))`,
  );
}

/** Whether a page is wider than the window. */
export const isTooWide = (page: BrowserPage): Promise<boolean> =>
  page.evaluate<boolean>('document.documentElement.scrollWidth > document.documentElement.clientWidth');

/** Keeps a picture of a page in ABIDE_SHOTS, if that is set. */
export async function look(page: BrowserPage, name: string): Promise<void> {
  const folder = process.env.ABIDE_SHOTS;
  if (folder !== undefined) await writeFile(join(folder, `${name}.png`), await page.picture());
}

/** Presses Tab until an expression holds. @throws when it does not after 40 times */
export async function tabTo(page: BrowserPage, wanted: string): Promise<void> {
  for (let steps = 0; steps < 40; steps += 1) {
    await page.press('Tab');
    if (await page.evaluate<boolean>(wanted)) return;
  }
  const focused = 'document.activeElement.outerHTML.slice(0, 200)';
  throw new Error(`no Tab leads to ${wanted}; at ${await page.evaluate<string>(focused)}`);
}
