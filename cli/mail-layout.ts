import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
// @ts-expect-error mjml brings no types
import mjml from 'mjml';

const SOURCE = new URL('../activities/mail/layout.mjml', import.meta.url);
const RESULT = new URL('../activities/mail/layout.html', import.meta.url);

type Compile = (source: string, options: Record<string, unknown>) => Promise<{ html: string }>;

/**
 * The layout of the mails, compiled from MJML: a Handlebars template in HTML that mail clients take, fetching nothing.
 * Done when the layout is changed, so that a running installation needs no MJML.
 */
export async function compiledMailLayout(): Promise<string> {
  const { html } = await (mjml as Compile)(readFileSync(SOURCE, 'utf8'), {
    fonts: {}, // none is fetched
    keepComments: false,
    validationLevel: 'strict',
  });
  return `${html.replace(/\n\s+/g, '\n').trim()}\n`;
}

// Run as a script, it writes the layout.
if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(RESULT, await compiledMailLayout());
