import { randomUUID } from 'node:crypto';
import { type ErrorRequestHandler, type Request, type Response, Router } from 'express';
import { isLocalDate } from '../../domain/local-date.ts';
import { type CommandText, type Submission } from '../commands.ts';
import { documentAnswer } from '../document-answer.ts';
import { permits, sameSecret } from '../policy.ts';
import { type Language, Problem, preferredLanguage } from '../problem.ts';
import { recordRefusal, stopReading, toProblem } from '../refusals.ts';
import type { RouteDeps } from '../route.ts';
import { MAX_POINTS, MAX_POINT_LENGTH } from '../routes/reviews.ts';
import { type Form, readForm } from '../upload.ts';
import { type LiveLink, formNonce, isLinkId, linkIdOf, openLink } from './link.ts';
import { ACT_CSP, type ShownDocument, actPage, refusalPage, resultPage } from './pages.ts';

const COOKIE = 'abide_act';
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * The pages behind the links of mails (design §7): plain HTML, no script. Opening one changes nothing; the token moves
 * from the address into a cookie of that one path, and the act is a POST whose form is bound to the token.
 */
export function actPages(deps: RouteDeps): Router {
  const router = Router();
  router.use((_request, response, next) => {
    response.set({
      'Content-Security-Policy': ACT_CSP,
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'no-store',
      'X-Robots-Tag': 'noindex',
    });
    next();
  });

  router.get('/:id', async (request, response) => {
    response.locals.route = '/act/{id}';
    const id = request.params.id;
    const { t } = request.query;
    // Links come as /act/<id>?t=<token>, or as /act/<token>.
    if (typeof t === 'string' || !isLinkId(id)) {
      await moveToken(response, id, typeof t === 'string' ? t : id);
      return;
    }
    const token = tokenOf(request);
    const link = await live(request, response, token);
    const key = randomUUID();
    const documents = link.holder.purpose === 'review' ? await handedIn(link) : [];
    const secrets = { key, nonce: formNonce(token, key) };
    sendPage(response, actPage(link, languageOf(request, link), secrets, { nowMs: deps.clock(), documents }));
  });

  router.get('/:id/documents/:documentId', async (request, response) => {
    response.locals.route = '/act/{id}/documents/{documentId}';
    const link = await live(request, response, tokenOf(request));
    const { agreementId, obligation, personId, seat, purpose } = link.holder;
    const { documentId } = request.params;
    if (purpose !== 'review' || obligation === null || !UUID.test(documentId)) throw new Problem('unknown-document');
    const actor = { personId, seat, via: 'link' };
    const { headers, stream } = await documentAnswer(deps, { agreementId, documentId, obligation, actor });
    response.status(200).set(headers);
    stream?.on('error', (error) => response.destroy(error)).pipe(response);
  });

  router.post('/:id', async (request, response) => {
    response.locals.route = '/act/{id}';
    const token = tokenOf(request);
    const link = await live(request, response, token);
    response.locals.act = link.holder.purpose;
    response.locals.language = languageOf(request, link);
    const form = await readForm(request, deps.documents);
    const [key = ''] = form.fields['key'] ?? [];
    const [nonce = ''] = form.fields['nonce'] ?? [];
    if (!UUID.test(key) || !sameSecret(nonce, formNonce(token, key))) throw new Problem('form-expired');
    const result = await deps.desk.submit(submissionOf(link, `link/${link.holder.linkId}/${key}`, form));
    if (result.status === 'refused') throw new Problem(result.code, { message: result.message, recorded: true });
    sendPage(response, resultPage(link, languageOf(request, link), result, deps.clock()));
  });

  router.use(() => {
    throw new Problem('link-unknown');
  });
  router.use(problemPages(deps));
  return router;

  async function moveToken(response: Response, id: string, token: string): Promise<void> {
    const linkId = isLinkId(id) ? id : await linkIdOf(deps, token);
    const link = await openLink(deps, linkId, token);
    response.cookie(COOKIE, token, {
      httpOnly: true,
      sameSite: 'lax',
      secure: deps.config.publicUrl.startsWith('https:'),
      path: `/act/${linkId}`,
      maxAge: Math.max(0, link.expiresAt.getTime() - deps.clock()),
    });
    response.redirect(303, `/act/${linkId}`);
  }

  async function live(request: Request, response: Response, token: string): Promise<LiveLink> {
    const link = await openLink(deps, String(request.params['id']), token);
    if (!permits('link', link.holder)) throw new Problem('forbidden');
    response.locals.principal = link.holder;
    response.locals.agreementId = link.holder.agreementId;
    response.locals.linkId = link.holder.linkId;
    return link;
  }

  /** The files of the version that is under review. */
  async function handedIn({ holder }: LiveLink): Promise<ShownDocument[]> {
    const last = await deps.database.event.findFirst({
      where: { agreementId: holder.agreementId, type: 'deliverable-submitted', obligation: holder.obligation },
      orderBy: { sequence: 'desc' },
      select: { commandId: true },
    });
    if (!last?.commandId) return [];
    const rows = await deps.database.agreementDocument.findMany({
      where: { commandId: last.commandId },
      include: { document: true },
      orderBy: { fileName: 'asc' },
    });
    return rows.map(({ id, fileName, document }) => ({ id, fileName, size: document.size }));
  }
}

function tokenOf(request: Request): string {
  const cookies = (request.headers.cookie ?? '').split(';').map((cookie) => cookie.trim().split('='));
  return cookies.find(([name]) => name === COOKIE)?.[1] ?? '';
}

function languageOf(request: Request, link: LiveLink): Language {
  const { lang } = request.query;
  return lang === 'en' || lang === 'zh' ? lang : link.person.language;
}

function sendPage(response: Response, body: string, status = 200): void {
  response.status(status).type('html').send(body);
}

/** The act that a link's form asks for: its own seat, purpose and obligation alone. */
function submissionOf(link: LiveLink, id: string, form: Form): Submission {
  const { agreementId, seat, personId, purpose, obligation } = link.holder;
  const actor = { personId, seat, ...(link.party === undefined ? {} : { party: link.party }), via: 'link' as const };
  const documents = form.documents.map(({ sha256, size }) => ({ sha256, size }));
  const base = { id, actor };
  switch (purpose) {
    case 'sign': {
      const [signedOn = ''] = form.fields['signedOn'] ?? [];
      if (!isLocalDate(signedOn)) throw wrongField('signedOn', '日期不存在', 'is not a date that exists');
      return { agreementId, documents: form.documents, command: { ...base, type: 'sign', signedOn, documents } };
    }
    case 'submit':
      if (documents.length === 0) throw new Problem('file-missing');
      return {
        agreementId,
        documents: form.documents,
        command: { ...base, type: 'submit', obligation: obligation ?? '', documents },
      };
    case 'review': {
      const [verdict] = form.fields['verdict'] ?? [];
      if (verdict !== 'accept' && verdict !== 'reject') throw wrongField('verdict', '应为接受或退回', 'is neither');
      const points = verdict === 'accept' ? [] : pointsOf(form);
      const text: CommandText | undefined = points.length > 0 ? { points } : undefined;
      return {
        agreementId,
        ...(text ? { text } : {}),
        command: { ...base, type: 'review', obligation: obligation ?? '', verdict, pointCount: points.length },
      };
    }
  }
}

function pointsOf(form: Form): string[] {
  const points = (form.fields['points'] ?? []).map((point) => point.trim()).filter((point) => point !== '');
  if (points.length > MAX_POINTS || points.some((point) => point.length > MAX_POINT_LENGTH)) {
    throw wrongField('points', '意见过长或过多', 'are too long or too many');
  }
  return points;
}

function wrongField(path: string, zh: string, en: string): Problem {
  const cure = { zh: '请返回更正', en: 'Go back and correct it' };
  return new Problem('invalid-request', { errors: [{ path, message: { zh, en: `${path} ${en}.` }, cure }] });
}

function problemPages(deps: RouteDeps): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const problem = toProblem(error, deps);
    const chosen = (response.locals as { language?: Language }).language;
    const language = chosen ?? preferredLanguage(request.get('Accept-Language'));
    const { linkId } = response.locals as { linkId?: string };
    const answer = async (): Promise<void> => {
      await recordRefusal(deps, request, response, problem);
      stopReading(request, response);
      const backTo = linkId === undefined ? undefined : `/act/${linkId}`;
      sendPage(response, refusalPage(problem, language, backTo), problem.status);
    };
    answer().catch(next);
  };
}
