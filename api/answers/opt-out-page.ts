import { type Request, type Response, Router } from 'express';
import type { ApiDeps } from '../deps.ts';
import { type Html, html } from '../act/html.ts';
import { Problem, preferredLanguage } from '../problem.ts';
import type { AnswerDesk } from './desk.ts';
import { isTrialWord, optOutByWord } from './opt-out.ts';
import { plainHeaders, sendPlainPage } from './plain-page.ts';

const WORD = /^[\w-]{43}$/;

const WORDS = {
  zh: {
    lang: 'zh-Hans',
    title: '退订满意度调查邮件',
    ask: '确认后，您将不再收到满意度调查邮件。',
    button: '确认退订',
    done: '已退订，今后不再向您发送满意度调查邮件。',
    trial: '这是测试邮件中的退订链接：客户在此退订，测试时不作任何更改。',
  },
  en: {
    lang: 'en',
    title: 'No more mails about surveys',
    ask: 'Once you confirm, you will not be asked about your satisfaction by mail any more.',
    button: 'Opt out',
    done: 'You will not be asked about your satisfaction by mail any more.',
    trial: 'This is the opt-out link of a test mail: customers opt out here; in a test nothing is changed.',
  },
};

/**
 * The page behind the opt-out link of an invitation; mailboxes post to the same address by themselves when their reader
 * presses "unsubscribe" (RFC 8058). Opening it changes nothing.
 */
export function optOutPages(deps: ApiDeps & { answers: AnswerDesk }): Router {
  const router = Router();
  router.use((_request, response, next) => {
    response.locals.route = '/opt-out/{word}';
    next();
  }, plainHeaders);
  router.get('/:word', (request, response) => {
    wordOf(request);
    const { ask, button } = wordsOf(request);
    page(
      request,
      response,
      html`<p>${ask}</p>
        <form method="post"><button>${button}</button></form>`,
    );
  });
  router.post('/:word', async (request, response) => {
    const word = wordOf(request);
    const isTrial = await isTrialWord(deps, word);
    if (!isTrial && !(await optOutByWord(deps, word))) await deps.answers.refuseUnknown(request.ip ?? '');
    const { done, trial } = wordsOf(request);
    page(request, response, html`<p role="status">${isTrial ? trial : done}</p>`);
  });
  return router;
}

function wordOf(request: Request): string {
  const { word } = request.params;
  if (typeof word !== 'string' || !WORD.test(word)) throw new Problem('answer-link-unknown');
  return word;
}

const wordsOf = (request: Request) => WORDS[preferredLanguage(request.get('Accept-Language'))];

function page(request: Request, response: Response, content: Html): void {
  const { lang, title } = wordsOf(request);
  sendPlainPage(response, { lang, title, content });
}
