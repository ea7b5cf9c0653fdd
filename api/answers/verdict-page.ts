import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { formNonce, isLinkId } from '../act/link.ts';
import { type Html, html } from '../act/html.ts';
import { sameSecret } from '../policy.ts';
import { Problem } from '../problem.ts';
import type { RouteDeps } from '../route.ts';
import { NO_FILES, readForm } from '../upload.ts';
import { plainHeaders, sendPlainPage } from './plain-page.ts';
import { type VerdictLink, answerGiven, giveVerdict, verdictLinkOf } from './verdict.ts';

const TOKEN = /^[\w-]{43}$/;
const MAX_NOTE_LENGTH = 2_000;
/** How long the page keeps its token. */
const COOKIE_MS = 3_600_000;

const WORDS = {
  zh: {
    lang: 'zh-Hans',
    title: '您对处理结果是否满意',
    answer: '给您的答复',
    said: (satisfied: boolean) => `您已表示${satisfied ? '满意' : '不满意'}。如有变化，可重新选择，以最后一次为准。`,
    note: '如有补充，请填写（选填）',
    satisfied: '满意',
    dissatisfied: '不满意',
    done: (satisfied: boolean) =>
      satisfied ? '已记录您的评价：满意。感谢您的支持。' : '已记录您的评价：不满意。我们会继续跟进。',
    over: '该事项已办结，或正在重新处理，当前不再收集评价。如仍有问题，请直接与我们联系。',
  },
  en: {
    lang: 'en',
    title: 'Does the answer satisfy you?',
    answer: 'What we answered',
    said: (satisfied: boolean) =>
      `You said that you are ${satisfied ? '' : 'not '}satisfied. You may choose again: the last word counts.`,
    note: 'Anything to add? (optional)',
    satisfied: 'Satisfied',
    dissatisfied: 'Not satisfied',
    done: (satisfied: boolean) =>
      satisfied ? 'Noted: you are satisfied. Thank you.' : 'Noted: you are not satisfied. We shall follow it up.',
    over: 'This has been closed, or is being worked on anew, so nothing is asked now. If something is still wrong, please contact us.',
  },
};

/**
 * The page behind the link of an answer: whether it satisfies whoever raised the finding. Opening it changes nothing; the
 * token moves from the address into a cookie of that one path, and what they say is a POST whose form is bound to it.
 */
export function verdictPages(deps: RouteDeps): Router {
  const secure = deps.config.publicUrl.startsWith('https:');
  const cookieName = secure ? '__Secure-abide_verdict' : 'abide_verdict';
  const router = Router();
  router.use((_request, response, next) => {
    response.locals.route = '/verdict/{id}';
    next();
  }, plainHeaders);

  router.get('/:id', async (request, response) => {
    const { id } = request.params;
    if (!isLinkId(id)) {
      const link = await known(request, id);
      response.cookie(cookieName, id, {
        httpOnly: true,
        sameSite: 'lax',
        secure,
        path: `/verdict/${link.id}`,
        maxAge: COOKIE_MS,
      });
      response.redirect(303, `/verdict/${link.id}`);
      return;
    }
    const token = tokenOf(request);
    const link = await known(request, token, id);
    page(response, link, form(link, token, await answerGiven(deps, link)));
  });

  router.post('/:id', async (request, response) => {
    const token = tokenOf(request);
    const link = await known(request, token, request.params.id);
    const { fields } = await readForm(request, NO_FILES);
    const [[key = ''] = [], [nonce = ''] = [], [said = ''] = [], [note = ''] = []] = [
      fields['key'],
      fields['nonce'],
      fields['satisfied'],
      fields['note'],
    ];
    if (!isLinkId(key) || !sameSecret(nonce, formNonce(token, key))) throw new Problem('form-expired');
    if (said !== 'yes' && said !== 'no') throw new Problem('form-expired');
    const satisfied = said === 'yes';
    const taken = await giveVerdict(deps, link, { key, satisfied, note: note.trim().slice(0, MAX_NOTE_LENGTH) });
    const { done, over } = WORDS[link.language];
    page(response, link, html`<p role="status">${taken ? done(satisfied) : over}</p>`);
  });
  return router;

  function tokenOf(request: Request): string {
    const cookies = (request.headers.cookie ?? '').split(';').map((cookie) => cookie.trim().split('='));
    return cookies.find(([name]) => name === cookieName)?.[1] ?? '';
  }

  /** @throws Problem `answer-link-unknown`, `too-many-attempts` */
  async function known(request: Request, token: string, id?: string): Promise<VerdictLink> {
    if (token === '') throw new Problem('answer-link-unknown'); // the cookie is gone: nobody guesses with nothing
    const link = TOKEN.test(token) ? await verdictLinkOf(deps, token) : null;
    if (!link || (id !== undefined && link.id !== id)) return deps.answers.refuseUnknown(request.ip ?? '');
    return link;
  }
}

function form(
  { language }: VerdictLink,
  token: string,
  { open, words, satisfied }: Awaited<ReturnType<typeof answerGiven>>,
): Html {
  const w = WORDS[language];
  const key = randomUUID();
  const lines = words.split(/\n+/).filter((line) => line.trim() !== '');
  const answer = html`<h2>${w.answer}</h2>
    ${lines.map((line) => html`<p>${line}</p>`)}`;
  if (!open)
    return html`${lines.length > 0 && answer}
      <p role="status">${w.over}</p>`;
  return html`${lines.length > 0 && answer} ${satisfied !== null && html`<p role="status">${w.said(satisfied)}</p>`}
    <form method="post">
      <input type="hidden" name="key" value="${key}" />
      <input type="hidden" name="nonce" value="${formNonce(token, key)}" />
      <p>
        <label for="note">${w.note}</label><br /><textarea
          id="note"
          name="note"
          rows="4"
          maxlength="${MAX_NOTE_LENGTH}"
        ></textarea>
      </p>
      <button name="satisfied" value="yes">${w.satisfied}</button>
      <button name="satisfied" value="no">${w.dissatisfied}</button>
    </form>`;
}

function page(response: Response, { language }: VerdictLink, content: Html): void {
  const { lang, title } = WORDS[language];
  sendPlainPage(response, { lang, title, content });
}
