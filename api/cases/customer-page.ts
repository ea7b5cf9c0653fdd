import { randomUUID } from 'node:crypto';
import { type ErrorRequestHandler, type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { CASE_TYPES, type CaseType } from '../../domain/case/compiled.ts';
import { isoAt } from '../../domain/zone.ts';
import { formNonce, isLinkId } from '../act/link.ts';
import { type Html, html } from '../act/html.ts';
import { moment } from '../act/moment.ts';
import { ACT_CSP, page, refusalPage } from '../act/pages.ts';
import { type Limit, openAttempts } from '../attempts.ts';
import { sameSecret } from '../policy.ts';
import { type Language, Problem, preferredLanguage } from '../problem.ts';
import type { Belonging } from '../process/rows.ts';
import type { RouteDeps } from '../route.ts';
import { recordRefusal, stopReading, toProblem } from '../refusals.ts';
import { NO_FILES, readForm } from '../upload.ts';
import { type Draft, findAgreement } from '../views.ts';
import { categoryTitles } from './categories.ts';
import { type CustomerCase, SAYINGS, customerCase, sayToCase } from './customer-case.ts';
import { NEXT_WORDS, STATUS_WORDS, TYPE_WORDS, W } from './customer-words.ts';
import { type CaseBearer, bearerOf, newLink } from './links.ts';
import { openCase, publicCases, receivingAgreement, rulesFor } from './opening.ts';

const TOKEN = /^[\w-]{43}$/;
/** How long the page keeps its token. */
const COOKIE_MS = 3_600_000;

/** A wrong token now and then is a torn address; more are guesses. */
const GUESSES: Limit = {
  name: 'case-token',
  attempts: 20,
  windowSeconds: 600,
  lockSeconds: 600,
  longestLockSeconds: 86_400,
};
/** What one address brings in: an office behind one address, a counter with a tablet. */
const FORMS: Limit = {
  name: 'case-form',
  attempts: 20,
  windowSeconds: 600,
  lockSeconds: 600,
  longestLockSeconds: 3_600,
};
/** What one case is told by its customer. */
const WORDS: Limit = {
  name: 'case-words',
  attempts: 30,
  windowSeconds: 3_600,
  lockSeconds: 3_600,
  longestLockSeconds: 3_600,
};

const MAX_TOPIC = 200;
const MAX_DETAILS = 10_000;
const MAX_NOTE = 2_000;

/** What stands in the form, field by field. */
type Entry = Record<'type' | 'category' | 'topic' | 'details' | 'name' | 'email' | 'phone', string>;
const NOTHING: Entry = { type: '', category: '', topic: '', details: '', name: '', email: '', phone: '' };

/**
 * The pages for whoever brings a case in: an agreement's form, and the page of a case. Plain HTML without script; opening
 * one changes nothing. The token moves from the address into a cookie of that one path, and what is sent is a POST whose
 * form is bound to it and bears a key, so that pressing twice is once.
 */
export function casePages(deps: RouteDeps): Router {
  const { database } = deps;
  const attempts = openAttempts(database);
  const secure = deps.config.publicUrl.startsWith('https:');
  const cookieName = secure ? '__Secure-abide_case' : 'abide_case';
  const router = Router();
  router.use((_request, response, next) => {
    response.locals.route = '/case/{id}';
    response.set({
      'Content-Security-Policy': ACT_CSP,
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'no-store',
      'X-Robots-Tag': 'noindex',
    });
    next();
  });

  router.get('/:id', async (request, response) => {
    const { id } = request.params;
    if (!isLinkId(id)) {
      const bearer = await known(request, id);
      response.cookie(cookieName, id, {
        httpOnly: true,
        sameSite: 'lax',
        secure,
        path: `/case/${bearer.linkId}`,
        maxAge: COOKIE_MS,
      });
      response.redirect(303, `/case/${bearer.linkId}`);
      return;
    }
    const token = tokenOf(request);
    const bearer = await known(request, token, id);
    if (bearer.workflowId === null) await sendForm(request, response, bearer, token);
    else await sendCase(request, response, bearer.workflowId, token);
  });

  router.post('/:id', async (request, response) => {
    const token = tokenOf(request);
    const bearer = await known(request, token, request.params.id);
    const { fields } = await readForm(request, NO_FILES);
    const field = (name: string): string => (fields[name]?.[0] ?? '').trim();
    const key = field('key');
    if (!isLinkId(key) || !sameSecret(field('nonce'), formNonce(token, key))) throw new Problem('form-expired');
    if (bearer.workflowId === null) await takeForm(request, response, { bearer, token, key, field });
    else await takeWords(request, response, { bearer, workflowId: bearer.workflowId, token, key, field });
  });
  router.use(problemPages(deps));
  return router;

  function tokenOf(request: Request): string {
    const cookies = (request.headers.cookie ?? '').split(';').map((cookie) => cookie.trim().split('='));
    return cookies.find(([name]) => name === cookieName)?.[1] ?? '';
  }

  /** @throws Problem `case-link-unknown`, `too-many-attempts` */
  async function known(request: Request, token: string, id?: string): Promise<CaseBearer> {
    if (token === '') throw new Problem('case-link-unknown'); // the cookie is gone: nobody guesses with nothing
    const from = request.ip ?? '';
    await attempts.demandUnlocked(GUESSES, from);
    const bearer = TOKEN.test(token) ? await bearerOf(database, token) : null;
    if (bearer && (id === undefined || bearer.linkId === id)) return bearer;
    await attempts.demand(GUESSES, from);
    throw new Problem('case-link-unknown');
  }

  async function sendForm(
    request: Request,
    response: Response,
    { agreementId }: CaseBearer,
    token: string,
    entry: Entry = NOTHING,
    errors: Partial<Record<keyof Entry, string>> = {},
  ): Promise<void> {
    const language = languageOf(request);
    const belonging = await receivingAgreement(deps, agreementId).catch((error: unknown) => {
      if (error instanceof Problem) return null;
      throw error;
    });
    if (!belonging || publicCases(belonging.agreement).length === 0) {
      const text = html`<section>
        <h1>${W.closed[language]}</h1>
        <p>${W.closedText[language]}</p>
      </section>`;
      send(response, page(language, W.closed[language], text));
      return;
    }
    const operator = await operatorOf(deps, belonging);
    const form = intakeForm({ belonging, operator, language, token, entry, errors });
    send(response, page(language, W.form[language], form), Object.keys(errors).length > 0 ? 422 : 200);
  }

  async function takeForm(request: Request, response: Response, { bearer, token, key, field }: Posted): Promise<void> {
    const language = languageOf(request);
    const entry: Entry = {
      type: field('type'),
      category: field('category'),
      topic: field('topic').slice(0, MAX_TOPIC),
      details: field('details').slice(0, MAX_DETAILS),
      name: field('name').slice(0, 100),
      email: field('email').slice(0, 200),
      phone: field('phone').slice(0, 40),
    };
    const errors = wrongIn(entry, language);
    if (Object.keys(errors).length > 0) {
      await sendForm(request, response, bearer, token, entry, errors);
      return;
    }
    const { agreementId } = bearer;
    await attempts.demand(FORMS, request.ip ?? '');
    const { agreement } = await receivingAgreement(deps, agreementId);
    const caseType = entry.type as CaseType;
    const { categories = [], channels = [] } = rulesFor({ cases: publicCases(agreement) }, caseType) ?? {};
    const { workflowId, reference } = await openCase(deps, {
      agreementId,
      key: `form/${bearer.linkId}/${key}`,
      caseType,
      channel:
        channels.length === 0 || channels.includes('form') ? 'form' : channels.includes('online') ? 'online' : 'other',
      category: categories.some(({ id }) => id === entry.category) ? entry.category : undefined,
      topic: entry.topic,
      details: entry.details === '' ? undefined : entry.details,
      caller: {
        ...(entry.name === '' ? {} : { name: entry.name }),
        ...(entry.email === '' ? {} : { email: entry.email }),
        ...(entry.phone === '' ? {} : { phone: entry.phone }),
        language,
      },
      actor: null,
    });
    const { url } = await newLink(deps, { agreementId, workflowId, label: 'form' });
    const text = html`<section>
      <h1 class="good">${W.received[language]}</h1>
      <p role="status">${W.receivedText[language]} ${entry.email !== '' && W.receiptMailed[language]}</p>
      <dl>
        <dt>${W.number[language]}</dt>
        <dd><strong>${reference}</strong></dd>
      </dl>
      <p><a href="${new URL(url).pathname}">${W.follow[language]}</a></p>
      <p class="soft">${W.once[language]}</p>
    </section>`;
    send(response, page(language, W.received[language], text, false), 201);
  }

  async function sendCase(
    request: Request,
    response: Response,
    workflowId: string,
    token: string,
    { status, said, error }: { status?: number; said?: string; error?: string } = {},
  ): Promise<void> {
    const shown = await customerCase(deps, workflowId);
    if (!shown) throw new Problem('case-link-unknown');
    const language = languageOf(request, shown.language);
    send(response, page(language, shown.reference, caseText(shown, { language, token, said, error })), status ?? 200);
  }

  async function takeWords(
    request: Request,
    response: Response,
    { workflowId, token, key, field, bearer }: Posted & { workflowId: string },
  ): Promise<void> {
    const shown = await customerCase(deps, workflowId);
    if (!shown) throw new Problem('case-link-unknown');
    const language = languageOf(request, shown.language);
    const what = SAYINGS.find((one) => one === field('say'));
    if (what === undefined) throw new Problem('form-expired');
    const note = field('note').slice(0, MAX_NOTE);
    const score = field('score').replace(',', '.');
    const needsNote = ['change', 'correct', 'contest', 'reopen', 'add', 'dissatisfied'].includes(what);
    const error =
      needsNote && note === ''
        ? W.reason[language]
        : score !== '' && !/^\d{1,3}(?:\.\d{1,4})?$/.test(score)
          ? W.wrongScore[language]
          : undefined;
    if (error !== undefined) {
      await sendCase(request, response, workflowId, token, { status: 422, error });
      return;
    }
    await attempts.demand(WORDS, workflowId);
    const result = await sayToCase(deps, {
      workflowId,
      what,
      id: `case-link/${bearer.linkId}/${key}`,
      note,
      score: score === '' ? null : score,
    });
    const said = { applied: W.done, pending: W.pending, refused: W.refused }[result];
    await sendCase(request, response, workflowId, token, {
      said: said[language],
      status: result === 'refused' ? 409 : 200,
    });
  }
}

/** What is refused is said on a page of the same kind. */
function problemPages(deps: RouteDeps): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const problem = toProblem(error, deps);
    const answer = async (): Promise<void> => {
      await recordRefusal(deps, request, response, problem);
      stopReading(request, response);
      if (problem.retryAfterSeconds !== undefined) response.set('Retry-After', String(problem.retryAfterSeconds));
      send(response, refusalPage(problem, languageOf(request)), problem.status);
    };
    answer().catch(next);
  };
}

interface Posted {
  bearer: CaseBearer;
  token: string;
  key: string;
  field: (name: string) => string;
}

/** The organisation that the form goes to. */
async function operatorOf({ database }: Pick<RouteDeps, 'database'>, { agreement, agreementId }: Belonging) {
  const [rules] = publicCases(agreement);
  const { draft } = await findAgreement(database, agreementId);
  return (draft as Draft).parties?.[rules?.provider ?? '']?.name ?? '';
}

function send(response: Response, body: string, status = 200): void {
  response.status(status).type('html').send(body);
}

function languageOf(request: Request, own?: Language): Language {
  const { lang } = request.query;
  if (lang === 'en' || lang === 'zh') return lang;
  return own ?? preferredLanguage(request.get('Accept-Language'));
}

function wrongIn(entry: Entry, language: Language): Partial<Record<keyof Entry, string>> {
  return {
    ...(CASE_TYPES.some((type) => type === entry.type) ? {} : { type: W.missing[language] }),
    ...(entry.topic === '' ? { topic: W.missing[language] } : {}),
    ...(entry.email !== '' && !z.email().safeParse(entry.email).success ? { email: W.wrongEmail[language] } : {}),
    ...(entry.email === '' && entry.phone.length < 3 ? { phone: W.reachMissing[language] } : {}),
  };
}

function secretsOf(token: string): Html {
  const key = randomUUID();
  return html`<input type="hidden" name="key" value="${key}" />
    <input type="hidden" name="nonce" value="${formNonce(token, key)}" />`;
}

function intakeForm({
  belonging,
  operator,
  language,
  token,
  entry,
  errors,
}: {
  belonging: Belonging;
  operator: string;
  language: Language;
  token: string;
  entry: Entry;
  errors: Partial<Record<keyof Entry, string>>;
}): Html {
  const rules = publicCases(belonging.agreement);
  const types = CASE_TYPES.filter((type) => rules.some((rule) => rule.types.includes(type)));
  const categories = [...new Set(rules.flatMap((rule) => rule.categories.map(({ id }) => id)))];
  const title = categoryTitles(belonging);
  const wrong = (name: keyof Entry): Html | false =>
    errors[name] !== undefined && html`<p class="bad" id="${name}-wrong">${errors[name]}</p>`;
  const mark = (name: keyof Entry): Html | false =>
    errors[name] !== undefined && html` aria-invalid="true" aria-describedby="${name}-wrong"`;
  return html`<section>
    <h1>${W.form[language]}</h1>
    ${
      operator !== '' &&
      html`<dl>
        <dt>${W.to[language]}</dt>
        <dd>${operator}</dd>
      </dl>`
    }
    <p class="soft">${W.formIntro[language]}</p>
    ${Object.keys(errors).length > 0 && html`<p role="alert" class="bad">${Object.values(errors).join(' ')}</p>`}
    <form method="post">
      ${secretsOf(token)}
      <fieldset>
        <legend>${W.type[language]} *</legend>
        ${types.map(
          (type) =>
            html`<label
              ><input
                type="radio"
                name="type"
                value="${type}"
                required
                ${(entry.type === type || (entry.type === '' && types.length === 1)) && html`checked`}
              />
              <span>${TYPE_WORDS[type][language]}</span></label
            >`,
        )}
      </fieldset>
      ${
        categories.length > 0 &&
        html`<label for="category">${W.category[language]}</label
          ><select id="category" name="category">
            <option value="">${W.anyCategory[language]}</option>
            ${categories.map(
              (id) =>
                html`<option value="${id}" ${entry.category === id && html`selected`}>${title(id)[language]}</option>`,
            )}
          </select>`
      }
      <label for="topic">${W.topic[language]} *</label
      ><input
        type="text"
        id="topic"
        name="topic"
        maxlength="${MAX_TOPIC}"
        required
        value="${entry.topic}"
        ${mark('topic')}
      />
      ${wrong('topic')}
      <label for="details">${W.details[language]}</label
      ><textarea id="details" name="details" rows="6" maxlength="${MAX_DETAILS}">${entry.details}</textarea>
      <label for="name">${W.name[language]}</label
      ><input type="text" id="name" name="name" maxlength="100" autocomplete="name" value="${entry.name}" />
      <label for="email">${W.email[language]} <small>${W.emailHelp[language]}</small></label
      ><input
        type="email"
        id="email"
        name="email"
        maxlength="200"
        autocomplete="email"
        value="${entry.email}"
        ${mark('email')}
      />
      ${wrong('email')}
      <label for="phone">${W.phone[language]}</label
      ><input
        type="tel"
        id="phone"
        name="phone"
        maxlength="40"
        autocomplete="tel"
        value="${entry.phone}"
        ${mark('phone')}
      />
      ${wrong('phone')}
      <p class="soft">${W.reach[language]}</p>
      <button>${W.send[language]}</button>
    </form>
  </section>`;
}

function caseText(
  shown: CustomerCase,
  {
    language,
    token,
    said,
    error,
  }: { language: Language; token: string; said?: string | undefined; error?: string | undefined },
): Html {
  const at = (ms: number): string => {
    return moment(isoAt(shown.zone, ms).slice(0, 16).replace('T', ' '), shown.zone.id, language);
  };
  const status = shown.paused && shown.waitsForCustomer ? 'paused' : shown.status;
  const round = (cycle: number): string => (cycle === 1 ? '' : W.round[language].replace('{n}', String(cycle)));
  return html`${said !== undefined && html`<section><p role="status">${said}</p></section>`}
    ${error !== undefined && html`<section><p role="alert" class="bad">${error}</p></section>`}
    <section>
      <h1>${shown.topic}</h1>
      <dl>
        <dt>${W.number[language]}</dt>
        <dd>${shown.reference}</dd>
        <dt>${W.type[language]}</dt>
        <dd>${TYPE_WORDS[shown.type][language]}</dd>
        <dt>${W.reportedAt[language]}</dt>
        <dd>${at(shown.openedAtMs)}</dd>
        <dt>${W.status[language]}</dt>
        <dd><strong>${STATUS_WORDS[status][language]}</strong> ${round(shown.cycle)}</dd>
        <dt>${W.next[language]}</dt>
        <dd>
          ${(NEXT_WORDS[shown.next] ?? NEXT_WORDS['nothing'])?.[language] ?? ''}
          ${shown.dueAtMs !== null && html`<br /><span class="soft">${W.by[language]}: ${at(shown.dueAtMs)}</span>`}
        </dd>
      </dl>
      ${
        shown.details !== '' &&
        html`<details>
          <summary>${W.you[language]}</summary>
          <p class="said">${shown.details}</p>
        </details>`
      }
    </section>
    ${forms(shown, language, token)}
    ${
      shown.told.length > 0 &&
      html`<section>
        <h2>${W.told[language]}</h2>
        <ol class="told">
          ${shown.told.map(
            (one) =>
              html`<li>
                <strong>${one.what[language]}</strong> <span class="soft">${at(one.atMs)} ${round(one.cycle)}</span>
                ${one.words !== '' && html`<p class="said">${one.words}</p>`}
              </li>`,
          )}
        </ol>
      </section>`
    }`;
}

/** What can be said now; each form by itself, with what it is about above it. */
function forms(shown: CustomerCase, language: Language, token: string): Html {
  const can = (...what: (typeof SAYINGS)[number][]): boolean => what.some((one) => shown.can.includes(one));
  const area = (id: string, label: string, required = false): Html =>
    html`<label for="${id}">${label}</label
      ><textarea id="${id}" name="note" rows="4" maxlength="${MAX_NOTE}" ${required && html`required`}></textarea>`;
  const button = (what: (typeof SAYINGS)[number], label: string, no = false): Html | false =>
    shown.can.includes(what) && html`<button name="say" value="${what}" ${no && html`class="no"`}>${label}</button> `;
  return html`
    ${
      shown.plan !== '' &&
      html`<section>
        <h2>${W.plan[language]}</h2>
        <p class="said">${shown.plan}</p>
        ${
          can('confirm', 'change') &&
          html`<form method="post">
            ${secretsOf(token)}
            <p>${W.planAsk[language]}</p>
            ${area('change-note', W.changeNote[language])}
            ${button('confirm', W.confirm[language])}${button('change', W.change[language], true)}
          </form>`
        }
      </section>`
    }
    ${
      can('correct', 'contest') &&
      html`<section>
        <h2>${STATUS_WORDS.paused[language]}</h2>
        <p>${W.pauseAsk[language]}</p>
        ${shown.pauseWords !== '' && html`<p class="said">${shown.pauseWords}</p>`}
        <form method="post">
          ${secretsOf(token)} ${area('contest-note', W.contestNote[language], true)}
          ${button('correct', W.correct[language])}${button('contest', W.contest[language], true)}
        </form>
      </section>`
    }
    ${
      shown.result !== '' &&
      html`<section>
        <h2>${W.result[language]}</h2>
        <p class="said">${shown.result}</p>
        ${
          shown.satisfied !== null &&
          html`<p>${W.opinion[language]}: <strong>${(shown.satisfied ? W.saidYes : W.saidNo)[language]}</strong></p>`
        }
        ${
          can('satisfied', 'dissatisfied') &&
          html`<form method="post">
            ${secretsOf(token)}
            <p>${(shown.accepts ? W.acceptAsk : W.judgeAsk)[language]}</p>
            ${
              shown.accepts &&
              html`<label for="score">${W.score[language]} <small>${W.scoreHelp[language]}</small></label
                ><input type="text" id="score" name="score" inputmode="decimal" maxlength="8" />`
            }
            ${area('judge-note', W.note[language])}
            ${button('satisfied', W.satisfied[language])}${button('dissatisfied', W.dissatisfied[language], true)}
          </form>`
        }
      </section>`
    }
    ${
      can('reopen') &&
      html`<section>
        <details>
          <summary>${W.reopenTitle[language]}</summary>
          <form method="post">
            ${secretsOf(token)} ${area('reopen-note', W.reopenNote[language], true)}
            ${button('reopen', W.reopen[language])}
          </form>
        </details>
      </section>`
    }
    ${
      can('add') &&
      html`<section>
        <details>
          <summary>${W.addTitle[language]}</summary>
          <form method="post">
            ${secretsOf(token)} ${area('add-note', W.addNote[language], true)} ${button('add', W.add[language])}
          </form>
        </details>
      </section>`
    }
  `;
}
