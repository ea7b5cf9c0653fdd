import { randomUUID } from 'node:crypto';
import { type ErrorRequestHandler, type Request, type Response, Router } from 'express';
import { isLocalDate } from '../../domain/local-date.ts';
import { refusalProblem } from '../act-answer.ts';
import { MAX_REASON_LENGTH, checklistOf, missingParts, partProblem } from '../checklist.ts';
import { type CommandText, type Submission } from '../commands.ts';
import { documentAnswer } from '../document-answer.ts';
import { permits, sameSecret } from '../policy.ts';
import { type Language, Problem, preferredLanguage } from '../problem.ts';
import { recordRefusal, stopReading, toProblem } from '../refusals.ts';
import type { RouteDeps } from '../route.ts';
import { MAX_POINTS, MAX_POINT_LENGTH } from '../routes/reviews.ts';
import { type BroughtDocument, type Form, readForm } from '../upload.ts';
import { templateOf } from '../views.ts';
import { keptDocuments, keptField } from './kept-documents.ts';
import { type LiveLink, formNonce, isLinkId, linkActor, linkIdOf, openLink } from './link.ts';
import { ACT_CSP, type HandIn, type SubmitEntry, actPage, refusalPage, resultPage } from './pages.ts';

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
    const handIn = link.holder.purpose === 'review' ? await handedIn(link) : null;
    sendPage(response, actPage(link, languageOf(request, link), freshSecrets(token), { nowMs: deps.clock(), handIn }));
  });

  router.get('/:id/documents/:documentId', async (request, response) => {
    response.locals.route = '/act/{id}/documents/{documentId}';
    const link = await live(request, response, tokenOf(request));
    const { agreementId, personId, seat, purpose } = link.holder;
    const { documentId } = request.params;
    if (purpose !== 'review' || !link.about || !UUID.test(documentId)) throw new Problem('unknown-document');
    const actor = { personId, seat, via: 'link' };
    const handIns = await deps.database.event.findMany({ where: handInsOf(link), select: { commandId: true } });
    const commandIds = handIns.flatMap(({ commandId }) => (commandId === null ? [] : [commandId]));
    const { headers, stream } = await documentAnswer(deps, { agreementId, documentId, commandIds, actor });
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
    const kept = keptDocuments(token, form.fields['kept'] ?? []);
    const documents = [...form.documents, ...kept].filter(
      ({ sha256 }, index, all) => all.findIndex((one) => one.sha256 === sha256) === index,
    );
    const incomplete = lackingParts(link, form);
    if (incomplete) {
      // The page comes again with all that was entered, the files too, which a browser would not keep.
      await recordRefusal(deps, request, response, incomplete.problem);
      const entry = { ...incomplete.entry, kept: documents.map((one) => keptField(token, one)) };
      const language = languageOf(request, link);
      const nowMs = deps.clock();
      sendPage(response, actPage(link, language, freshSecrets(token), { nowMs, handIn: null, entry }), 422);
      return;
    }
    const submission = submissionOf(link, `link/${link.holder.linkId}/${key}`, { ...form, documents });
    const result = await deps.desk.submit(submission);
    if (result.status === 'refused') throw refusalProblem(result);
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

  /** The files of the version that is under review, and what it leaves out. */
  async function handedIn(link: LiveLink): Promise<HandIn> {
    const last = await deps.database.event.findFirst({
      where: handInsOf(link),
      orderBy: { sequence: 'desc' },
      select: { commandId: true },
    });
    if (!last?.commandId) return { documents: [], omitted: [] };
    const [rows, command] = await Promise.all([
      deps.database.agreementDocument.findMany({
        where: { commandId: last.commandId },
        include: { document: true },
        orderBy: { fileName: 'asc' },
      }),
      deps.database.command.findUnique({ where: { id: last.commandId }, select: { text: true } }),
    ]);
    const reasons = (command?.text as CommandText | null)?.omitted ?? {};
    return {
      documents: rows.map(({ id, fileName, document }) => ({ id, fileName, size: document.size })),
      omitted: partsOf(link).flatMap(({ id, title }) => {
        const reason = reasons[id];
        return reason === undefined ? [] : [{ title, reason }];
      }),
    };
  }
}

/** The recorded hand-ins of what the link is about. */
function handInsOf({ holder, about }: LiveLink) {
  return {
    agreementId: holder.agreementId,
    type: 'deliverable-submitted',
    obligation: about?.obligation ?? null,
    occurrence: about?.occurrence ?? null,
  };
}

function freshSecrets(token: string): { key: string; nonce: string } {
  const key = randomUUID();
  return { key, nonce: formNonce(token, key) };
}

function partsOf({ compiled, about }: LiveLink) {
  return checklistOf(compiled, templateOf(compiled.template), about?.obligation ?? '');
}

/** What the form says of the checklist; names that the checklist does not have are nobody's. */
function entryOf(link: LiveLink, form: Form): Omit<SubmitEntry, 'kept' | 'missing'> {
  const ids = partsOf(link).map(({ id }) => id);
  const parts = (form.fields['parts'] ?? []).filter((id) => ids.includes(id));
  const reasons = ids.flatMap((id): [string, string][] => {
    const reason = (form.fields[`omitted.${id}`]?.[0] ?? '').trim().slice(0, MAX_REASON_LENGTH);
    return reason === '' || parts.includes(id) ? [] : [[id, reason]];
  });
  return { parts, omitted: Object.fromEntries(reasons) };
}

/** A hand-in that lacks parts, as the contract would refuse it; undefined where nothing is lacking. */
function lackingParts(link: LiveLink, form: Form): { problem: Problem; entry: Omit<SubmitEntry, 'kept'> } | undefined {
  if (link.holder.purpose !== 'submit') return undefined;
  const entry = entryOf(link, form);
  const missing = missingParts(partsOf(link), entry);
  if (missing.length === 0) return undefined;
  const clauses = [...new Set(missing.flatMap((part) => part.clauses))];
  const problem = new Problem('checklist-incomplete', { clauses, errors: missing.map(partProblem) });
  return { problem, entry: { ...entry, missing: missing.map(({ id }) => id) } };
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
function submissionOf(
  link: LiveLink,
  id: string,
  form: Pick<Form, 'fields'> & { documents: BroughtDocument[] },
): Submission {
  const { agreementId, purpose } = link.holder;
  const about = link.about ?? { obligation: '' };
  const documents = form.documents.map(({ sha256, size }) => ({ sha256, size }));
  const base = { id, actor: linkActor(link) };
  switch (purpose) {
    case 'sign': {
      const [signedOn = ''] = form.fields['signedOn'] ?? [];
      if (!isLocalDate(signedOn)) throw wrongField('signedOn', '日期不存在', 'is not a date that exists');
      return { agreementId, documents: form.documents, command: { ...base, type: 'sign', signedOn, documents } };
    }
    case 'submit': {
      if (documents.length === 0) throw new Problem('file-missing');
      const { parts, omitted } = entryOf(link, form);
      const leftOut = Object.keys(omitted);
      const checklist = partsOf(link).length > 0 ? { parts, omitted: leftOut } : {};
      return {
        agreementId,
        documents: form.documents,
        ...(leftOut.length > 0 ? { text: { omitted } } : {}),
        command: { ...base, type: 'submit', ...about, ...checklist, documents },
      };
    }
    case 'review': {
      const [verdict] = form.fields['verdict'] ?? [];
      if (verdict !== 'accept' && verdict !== 'reject') throw wrongField('verdict', '应为通过或退回', 'is neither');
      const points = verdict === 'accept' ? [] : pointsOf(form);
      const text: CommandText | undefined = points.length > 0 ? { points } : undefined;
      return {
        agreementId,
        ...(text ? { text } : {}),
        command: { ...base, type: 'review', ...about, verdict, pointCount: points.length },
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
