import type { RequestHandler, Response } from 'express';
import { type Html, html } from '../act/html.ts';

/** What the plain pages of customers may do: show themselves and send their own form. */
export const plainHeaders: RequestHandler = (_request, response, next) => {
  response.set({
    'Content-Security-Policy': "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-store',
    'X-Robots-Tag': 'noindex',
  });
  next();
};

/** A page of one form, for whoever comes by a link of a mail: no script, no style. */
export function sendPlainPage(
  response: Response,
  { lang, title, content }: { lang: string; title: string; content: Html },
): void {
  const { html: body } = html`<!doctype html>
    <html lang="${lang}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          ${content}
        </main>
      </body>
    </html>`;
  response.type('html').send(body);
}
