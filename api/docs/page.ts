import { createHash } from 'node:crypto';
import { type Html, html } from '../act/html.ts';
import { type Schema, fieldList, typeText } from './schema-text.ts';

const STYLE = `
:root{color-scheme:light dark;--ink:#1c2430;--soft:#5b6675;--line:#d9dee6;--back:#f4f6f9;--card:#fff;--key:#0b5d66;--get:#1d6f42;--act:#8a4b08}
@media (prefers-color-scheme:dark){:root{--ink:#e7ebf0;--soft:#a3adba;--line:#364151;--back:#12161c;--card:#1b212a;--key:#7cc7cf;--get:#6fce98;--act:#f0b36a}}
*{box-sizing:border-box}
html{scroll-padding-top:1rem}
body{margin:0;background:var(--back);color:var(--ink);font:15px/1.6 system-ui,-apple-system,"Segoe UI",sans-serif}
a{color:var(--key)}
.page{max-width:76rem;margin:0 auto;padding:1.5rem 1rem;display:grid;grid-template-columns:17rem minmax(0,1fr);gap:2rem}
nav{position:sticky;top:1rem;align-self:start;max-height:calc(100vh - 2rem);overflow:auto;font-size:.875rem}
nav ul{list-style:none;margin:0 0 1rem;padding:0}nav li{margin:.125rem 0;overflow-wrap:anywhere}nav a{text-decoration:none}nav a:hover{text-decoration:underline}
h1{font-size:1.5rem;margin:0 0 .5rem}h2{font-size:1.125rem;margin:2rem 0 .75rem}h3{font-size:.9375rem;margin:1rem 0 .375rem}
article{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:.875rem 1.25rem;margin-bottom:.75rem}
article>header{display:flex;flex-wrap:wrap;gap:.25rem .75rem;align-items:baseline}
.method{font:600 .8125rem ui-monospace,Menlo,Consolas,monospace;color:var(--act);text-transform:uppercase}.method.get{color:var(--get)}
code,pre{font:.875em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.path{font-weight:600;overflow-wrap:anywhere}
pre{background:var(--back);border:1px solid var(--line);border-radius:6px;padding:.625rem .875rem;overflow-x:auto;margin:.5rem 0}
.soft,small{color:var(--soft)}
p{margin:.375rem 0}
dl.fields{margin:.25rem 0;padding-left:.875rem;border-left:2px solid var(--line)}
dl.fields dt{margin-top:.25rem}dl.fields dd{margin:0 0 0 1rem;overflow-wrap:anywhere}
details{margin-top:.5rem}summary{cursor:pointer;color:var(--key)}
@media (max-width:50rem){.page{grid-template-columns:1fr;gap:1rem}nav{position:static;max-height:none}}
`;

/** What the page may load: its own style, by its hash, and nothing else. */
export const DOCS_CSP = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

interface Operation {
  operationId?: string;
  summary?: string;
  security?: unknown[];
  parameters?: { in: string; name: string; required?: boolean; description?: string; schema?: Schema }[];
  requestBody?: { content: Record<string, { schema?: Schema }> };
  responses?: Record<string, { description?: string; content?: Record<string, { schema?: Schema }> }>;
}

/** An OpenAPI description, as far as the page shows it. */
export interface Description {
  info: { title: string; version: string; description?: string };
  paths?: Record<string, Record<string, Operation>>;
  components?: { schemas?: Record<string, Schema> };
}

interface Listed {
  method: string;
  path: string;
  operation: Operation;
}

/** Every operation and schema of the API on one page: plain HTML, no script, nothing from elsewhere. */
export function docsPage({ info, paths = {}, components }: Description): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): Listed => ({ method, path, operation })),
  );
  const schemas = Object.entries(components?.schemas ?? {});
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${info.title} API ${info.version}</title>
        <style>
          ${{ html: '@@style' }}
        </style>
      </head>
      <body>
        <div class="page">
          <nav aria-label="Operations">
            <ul>
              ${operations.map(
                ({ method, path, operation }) =>
                  html`<li>
                    <a href="#${operation.operationId ?? path}"
                      ><span class="method ${method}">${method}</span> ${path}</a
                    >
                  </li>`,
              )}
            </ul>
            <strong>Schemas</strong>
            <ul>
              ${schemas.map(([name]) => html`<li><a href="#schema-${name}">${name}</a></li>`)}
            </ul>
          </nav>
          <main>
            <h1>${info.title} API</h1>
            <p>
              ${info.description ?? ''} Version ${info.version} · <a href="openapi.json">openapi.json</a> (OpenAPI 3.1)
            </p>
            <p>
              Addresses begin with <code>/api</code>. Where an API key is set, send
              <code>Authorization: Bearer …</code>. Everything that is not a question needs an
              <code>Idempotency-Key</code>: a new one for each act, the same one when it is repeated. What is refused
              answers with <a href="#schema-Problem">Problem</a> (RFC 9457), in the language of
              <code>Accept-Language</code>.
            </p>
            <h2>Operations</h2>
            ${operations.map(operationArticle)}
            <h2>Schemas</h2>
            ${schemas.map(
              ([name, schema]) =>
                html`<article id="schema-${name}">
                  <header><strong>${name}</strong> <span class="soft">${schema.description ?? ''}</span></header>
                  ${fieldList(schema) ?? html`<p>${typeText(schema)}</p>`}
                </article>`,
            )}
          </main>
        </div>
      </body>
    </html>`.html.replace(/<style>\s*@@style\s*<\/style>/, () => `<style>${STYLE}</style>`);
}

function operationArticle({ method, path, operation }: Listed): Html {
  const { operationId = path, summary = '', security = [], parameters = [], requestBody, responses = {} } = operation;
  return html`<article id="${operationId}">
    <header><span class="method ${method}">${method}</span> <code class="path">${path}</code></header>
    <p>${summary}${security.length === 0 && html` <small>open to anyone</small>`}</p>
    ${
      parameters.length > 0 &&
      html`<h3>Parameters</h3>
        <dl class="fields">
          ${parameters.map(
            (one) =>
              html`<dt><code>${one.name}</code> <small>${one.in}${!one.required && ', optional'}</small></dt>
                <dd>${typeText(one.schema ?? {})} <span class="soft">${one.description ?? ''}</span></dd>`,
          )}
        </dl>`
    }
    ${Object.entries(requestBody?.content ?? {}).map(
      ([mediaType, { schema = {} }]) =>
        html`<h3>Body <code>${mediaType}</code></h3>
          ${fieldList(schema) ?? html`<p>${typeText(schema)}</p>`}`,
    )}
    <h3>Answers</h3>
    <dl class="fields">
      ${Object.entries(responses).map(
        ([status, { description = '', content = {} }]) =>
          html`<dt><code>${status}</code> ${description}</dt>
            <dd>
              ${Object.values(content).map(({ schema = {} }) => {
                const fields = fieldList(schema);
                return html`${typeText(schema)}
                ${
                  fields &&
                  html`<details>
                    <summary>Fields</summary>
                    ${fields}
                  </details>`
                }`;
              })}
            </dd>`,
      )}
    </dl>
  </article>`;
}
