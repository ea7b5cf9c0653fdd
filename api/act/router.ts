import { randomUUID } from 'node:crypto';
import { type ErrorRequestHandler, type Request, type Response, Router } from 'express';
import { isLocalDate } from '../../domain/local-date.ts';
import { WHOLE } from '../../domain/agreement/reading.ts';
import { referenceOf } from '../../domain/agreement/reference.ts';
import type { ActionLink } from '../../prisma/generated/client.ts';
import { refusalProblem } from '../act-answer.ts';
import { MAX_REASON_LENGTH, checklistOf, missingParts, partProblem } from '../checklist.ts';
import { type Limit, openAttempts } from '../attempts.ts';
import { type CommandText, type Submission } from '../commands.ts';
import { documentAnswer } from '../document-answer.ts';
import { type View as EngagementView, engagementByLink } from '../engagements/view.ts';
import { isWithdrawn, reissueLink } from '../links/reissue.ts';
import { reachOf, sameSecret } from '../policy.ts';
import { type Language, Problem, preferredLanguage } from '../problem.ts';
import { recordRefusal, stopReading, toProblem } from '../refusals.ts';
import type { LifeView } from '../life/schema.ts';
import { lifeView } from '../life/view.ts';
import type { Answer, RouteDeps } from '../route.ts';
import { MAX_POINTS, MAX_POINT_LENGTH } from '../routes/reviews.ts';
import { type BroughtDocument, type Form, NO_FILES, readForm } from '../upload.ts';
import { templateOf } from '../views.ts';
import { answerSubmission, paymentSubmission, wrongField } from './answering.ts';
import { isAnswer } from './asked.ts';
import { shownNow, stepSubmission } from './engagement/acting.ts';
import { shownFiles } from './engagement/told.ts';
import { keptDocuments, keptField } from './kept-documents.ts';
import { type LiveLink, formNonce, isLinkId, isPurpose, knownLink, linkActor, linkIdOf, openLink } from './link.ts';
import { toldOf } from './told.ts';
import { ACT_CSP, type HandIn, type SubmitEntry, actPage, refusalPage, renewalPage, resultPage } from './pages.ts';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A wrong link now and then is a torn address; more are guesses. */
const GUESSES: Limit = { name: 'link', attempts: 20, windowSeconds: 600, lockSeconds: 600, longestLockSeconds: 86_400 };

/** Fresh links that a person may ask for. */
const RENEWALS: Limit = {
  name: 'link-renewal',
  attempts: 3,
  windowSeconds: 3_600,
  lockSeconds: 3_600,
  longestLockSeconds: 86_400,
};

/** How long the page of a link that is over keeps its token, to ask for a fresh one. */
const RENEWAL_MS = 3_600_000;

/**
 * The pages behind the links of mails (design §7): plain HTML, no script. Opening one changes nothing; the token moves
 * from the address into a cookie of that one path, and the act is a POST whose form is bound to the token.
 */
export function actPages(deps: RouteDeps): Router {
  const { database, clock, log } = deps;
  const attempts = openAttempts(database);
  const secure = deps.config.publicUrl.startsWith('https:');
  const cookieName = secure ? '__Secure-abide_act' : 'abide_act'; // bound to a path, so never __Host-
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
      await moveToken(request, response, id, typeof t === 'string' ? t : id);
      return;
    }
    const token = tokenOf(request);
    const link = await live(request, response, token);
    const language = languageOf(request, link);
    const handIn = ['review', 'acknowledge'].includes(link.holder.purpose) ? await handedIn(link) : null;
    const view = await engagementSeenBy(link);
    const told =
      isAnswer(link.holder.purpose) && link.holder.purpose !== 'engagement'
        ? toldOf(await lifeSeenBy(link), link.holder, language)
        : undefined;
    sendPage(response, actPage(link, language, freshSecrets(token), { nowMs: deps.clock(), handIn, told, view }));
  });

  router.get('/:id/documents/:documentId', async (request, response) => {
    response.locals.route = '/act/{id}/documents/{documentId}';
    const link = await live(request, response, tokenOf(request));
    const { agreementId, personId, seat, purpose } = link.holder;
    const { documentId } = request.params;
    if (!UUID.test(documentId)) throw new Problem('unknown-document');
    const actor = { personId, seat, via: 'link' };
    const view = await engagementSeenBy(link);
    if (link.engagement && view) {
      if (!shownFiles(view, link.engagement).includes(documentId)) throw new Problem('unknown-document');
      sendFile(response, await documentAnswer(deps, { agreementId, documentId, actor }));
      return;
    }
    if (isAnswer(purpose)) {
      const told = toldOf(await lifeSeenBy(link), link.holder, languageOf(request, link));
      if (!told.documents.some(({ id }) => id === documentId)) throw new Problem('unknown-document');
      sendFile(response, await documentAnswer(deps, { agreementId, documentId, actor }));
      return;
    }
    if (!['review', 'acknowledge'].includes(purpose)) throw new Problem('unknown-document');
    const handIns = await deps.database.event.findMany({ where: handInsOf(link), select: { commandId: true } });
    const commandIds = handIns.flatMap(({ commandId }) => (commandId === null ? [] : [commandId]));
    sendFile(response, await documentAnswer(deps, { agreementId, documentId, commandIds, actor }));
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
    const id = `link/${link.holder.linkId}/${key}`;
    const view = await engagementSeenBy(link);
    const submission =
      link.engagement && view
        ? stepSubmission(
            link.engagement,
            { id, actor: linkActor(link) },
            { ...form, documents },
            shownNow(view, link.engagement),
          )
        : submissionOf(link, id, { ...form, documents });
    const result = await deps.desk.submit(submission);
    if (result.status === 'refused') throw refusalProblem(result);
    await database.actionLink.update({ where: { id: link.holder.linkId }, data: { usedAt: new Date(clock()) } });
    sendPage(response, resultPage(link, languageOf(request, link), result, deps.clock()));
  });

  router.post('/:id/renewal', async (request, response) => {
    response.locals.route = '/act/{id}/renewal';
    const token = tokenOf(request);
    const link = await known(request, response, request.params.id, token);
    const { fields } = await readForm(request, NO_FILES);
    const [key = ''] = fields['key'] ?? [];
    const [nonce = ''] = fields['nonce'] ?? [];
    if (!UUID.test(key) || !sameSecret(nonce, formNonce(token, key))) throw new Problem('form-expired');
    // Nobody waits for it: neither the answer nor its time says whether there is still something to be done.
    renew(link).catch((error: unknown) => {
      const { name, code } = error as { name?: string; code?: string };
      log.warn({ link: link.id, error: name, code }, 'no fresh link was mailed');
    });
    sendPage(response, renewalPage(preferredLanguage(request.get('Accept-Language'))));
  });

  router.use(() => {
    throw new Problem('link-unknown');
  });
  router.use(problemPages(deps, tokenOf));
  return router;

  async function moveToken(request: Request, response: Response, id: string, token: string): Promise<void> {
    const link = await known(request, response, id, token);
    response.cookie(cookieName, token, {
      httpOnly: true,
      sameSite: 'lax',
      secure,
      path: `/act/${link.id}`,
      maxAge: Math.max(RENEWAL_MS, link.expiresAt.getTime() - clock()),
    });
    response.redirect(303, `/act/${link.id}`);
  }

  /**
   * The link whose token it is, by its id or by the token alone. One that is right writes nothing; one that is none counts
   * against whoever sent it.
   *
   * @throws Problem `link-unknown`, `too-many-attempts`
   */
  async function known(request: Request, response: Response, id: string, token: string): Promise<ActionLink> {
    if (token === '') throw new Problem('link-unknown'); // the cookie is gone: nobody guesses with nothing
    const from = request.ip ?? '';
    await attempts.demandUnlocked(GUESSES, from);
    try {
      const link = await knownLink(deps, isLinkId(id) ? id : await linkIdOf(deps, token), token);
      response.locals.linkId = link.id;
      return link;
    } catch (error) {
      if (error instanceof Problem && error.code === 'link-unknown') await attempts.demand(GUESSES, from);
      throw error;
    }
  }

  async function renew(link: ActionLink): Promise<void> {
    await attempts.demand(RENEWALS, link.personId);
    if (await isWithdrawn(deps, link)) throw new Problem('link-revoked');
    const { id: linkId, personId, agreementId, seat, purpose, obligation } = link;
    if (!isPurpose(purpose)) throw new Problem('link-not-held');
    await reissueLink(deps, link, { kind: 'link', linkId, personId, agreementId, seat, purpose, obligation });
  }

  function tokenOf(request: Request): string {
    const cookies = (request.headers.cookie ?? '').split(';').map((cookie) => cookie.trim().split('='));
    return cookies.find(([name]) => name === cookieName)?.[1] ?? '';
  }

  async function live(request: Request, response: Response, token: string): Promise<LiveLink> {
    const link = await openLink(deps, await known(request, response, String(request.params['id']), token));
    if (reachOf('link', link.holder) === 'none') throw new Problem('forbidden');
    response.locals.principal = link.holder;
    response.locals.agreementId = link.holder.agreementId;
    return link;
  }

  /** The engagement that the link is about, as its holder may read it. */
  async function engagementSeenBy({ holder, engagement }: LiveLink): Promise<EngagementView | undefined> {
    if (!engagement) return undefined;
    const { process, isThird } = engagement;
    return engagementByLink(deps, {
      ...{ agreementId: holder.agreementId, id: process.row.id },
      ...{ reader: holder, isThird },
    });
  }

  /** What stands on record of what is asked: whoever is to answer sees it, its money and its words. */
  function lifeSeenBy({ holder }: LiveLink): Promise<LifeView> {
    return lifeView(deps, holder.agreementId, holder, { record: true, money: true });
  }

  /** The files that are to be judged or read, and what they leave out. */
  async function handedIn(link: LiveLink): Promise<HandIn> {
    const handIns = await deps.database.event.findMany({
      where: handInsOf(link),
      orderBy: { sequence: 'desc' },
      select: { type: true, commandId: true },
    });
    // What was circulated last; of a deliverable the latest version; of the agreement every party's scan.
    const circulated = handIns.filter(({ type }) => type === 'circulated').slice(0, 1);
    const brought = handIns.filter(({ type }) => type !== 'circulated');
    const commandIds = [...(link.about ? brought.slice(0, 1) : brought), ...circulated].flatMap(
      ({ commandId }) => commandId ?? [],
    );
    const [last] = commandIds;
    if (last === undefined) return { documents: [], omitted: [] };
    const [rows, command] = await Promise.all([
      deps.database.agreementDocument.findMany({
        where: { commandId: { in: commandIds } },
        include: { document: true },
        orderBy: { fileName: 'asc' },
      }),
      deps.database.command.findUnique({ where: { id: last }, select: { text: true } }),
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

/** What the link is about, as it was brought: hand-ins, of the whole agreement its scans, and what was circulated. */
function handInsOf({ holder: { agreementId, purpose }, about }: LiveLink) {
  const circulated = purpose === 'acknowledge' ? ['circulated'] : [];
  if (!about) return { agreementId, type: { in: ['agreement-signed', ...circulated] }, obligation: null };
  const { obligation, occurrence = null } = about;
  return { agreementId, type: { in: ['deliverable-submitted', ...circulated] }, obligation, occurrence };
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

function languageOf(request: Request, link: LiveLink): Language {
  const { lang } = request.query;
  return lang === 'en' || lang === 'zh' ? lang : link.person.language;
}

function sendFile(response: Response, { headers, stream }: Answer): void {
  response.status(200).set(headers);
  stream?.on('error', (error) => response.destroy(error)).pipe(response);
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
  if (isAnswer(purpose)) return answerSubmission(link, base, form);
  switch (purpose) {
    case 'sign': {
      const [signedOn = ''] = form.fields['signedOn'] ?? [];
      if (!isLocalDate(signedOn)) throw wrongField('signedOn', '日期不存在', 'is not a date that exists');
      return { agreementId, documents: form.documents, command: { ...base, type: 'sign', signedOn, documents } };
    }
    case 'submit': {
      const rule = link.compiled.obligations.find((one) => one.id === about.obligation);
      if (rule?.rule === 'payment@1') return paymentSubmission(link, base, form, about);
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
    case 'acknowledge': {
      const what = link.about ? referenceOf(link.about) : WHOLE;
      return { agreementId, documents: [], command: { ...base, type: 'acknowledge', what, documents: [] } };
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

function problemPages(deps: RouteDeps, tokenOf: (request: Request) => string): ErrorRequestHandler {
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
      const path = linkId === undefined ? undefined : `/act/${linkId}`;
      const isOver = problem.code === 'link-expired' || problem.code === 'link-revoked';
      const renewal = isOver && path ? { path: `${path}/renewal`, secrets: freshSecrets(tokenOf(request)) } : undefined;
      if (problem.retryAfterSeconds !== undefined) response.set('Retry-After', String(problem.retryAfterSeconds));
      sendPage(response, refusalPage(problem, language, isOver ? { renewal } : { backTo: path }), problem.status);
    };
    answer().catch(next);
  };
}
