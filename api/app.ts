import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { type Express, type RequestHandler, Router } from 'express';
import { actPages } from './act/router.ts';
import type { AnswerDesk } from './answers/desk.ts';
import type { AuditDesk } from './audit/desk.ts';
import { answerDoor } from './answers/door.ts';
import { answerPage } from './answers/page.ts';
import { optOutPages } from './answers/opt-out-page.ts';
import { verdictPages } from './answers/verdict-page.ts';
import { casePages } from './cases/customer-page.ts';
import { createCommandDesk } from './commands.ts';
import type { ApiDeps } from './deps.ts';
import { feedRouter } from './feed/router.ts';
import { hostGuard, originGuard } from './guard.ts';
import type { Principal } from './policy.ts';
import { oneDownload } from './one-download.ts';
import { packedFiles } from './packed-files.ts';
import { Problem } from './problem.ts';
import { problemAnswers } from './refusals.ts';
import { type RouteDeps, mountRoutes } from './route.ts';
import { ROUTES } from './routes.ts';
import { DATA_CSP, securityHeaders } from './security-headers.ts';

/** The API, the link pages and, where it was built, the web page, as one Express app. */
export function createApp(deps: ApiDeps, { answers, audits }: { answers: AnswerDesk; audits: AuditDesk }): Express {
  const routeDeps: RouteDeps = {
    ...deps,
    desk: createCommandDesk(deps),
    answers,
    audits,
    evidence: oneDownload(deps.evidence),
  };
  const app = express();
  app.disable('x-powered-by');
  const { trustedProxies = [] } = deps.config;
  app.set('trust proxy', trustedProxies.length > 0 && [...trustedProxies]); // else X-Forwarded-* is anybody's word
  app.set('query parser', 'simple');
  const headers = securityHeaders(deps.config.publicUrl);
  app.use(requestLog(deps));
  app.use(answerDoor(routeDeps, headers));
  app.use((_request, response, next) => {
    response.set(headers);
    next();
  });
  app.use(hostGuard(deps.config));

  const api = Router();
  api.use((_request, response, next) => {
    response.set('Content-Security-Policy', DATA_CSP);
    next();
  });
  api.use(originGuard(deps.config));
  mountRoutes(api, ROUTES, routeDeps);
  api.use(() => {
    throw new Problem('not-found');
  });
  app.use('/api', api);
  app.use('/act', actPages(routeDeps));
  app.use('/opt-out', optOutPages(routeDeps));
  app.use('/verdict', verdictPages(routeDeps));
  app.use('/case', casePages(routeDeps));
  app.use('/feeds', feedRouter(deps));
  if (deps.webRoot !== undefined) app.use('/answer', answerPage(deps.webRoot));
  if (deps.webRoot !== undefined && existsSync(join(deps.webRoot, 'index.html'))) app.use(webPage(deps.webRoot));
  app.use(() => {
    throw new Problem('not-found');
  });
  app.use(problemAnswers(deps));
  return app;
}

/** One line a request: who asked, by kind and opaque id, and the route's pattern: never the address, which may hold a token. */
function requestLog({ log }: Pick<ApiDeps, 'log'>): RequestHandler {
  return (request, response, next) => {
    const began = process.hrtime.bigint();
    response.once('close', () => {
      const ms = Number((process.hrtime.bigint() - began) / 1_000_000n);
      const { route = 'other', principal } = response.locals as { route?: string; principal?: Principal };
      const account = principal?.kind === 'account' ? { account: principal.accountId } : {};
      const by = principal?.kind ?? 'stranger';
      log.info({ method: request.method, route, status: response.statusCode, ms, by, ...account }, 'request');
    });
    next();
  };
}

/** The built page; its own addresses all get index.html. */
function webPage(root: string): Router {
  const router = Router();
  const files = packedFiles(root);
  router.use(files.handler);
  router.use(express.static(root, { index: 'index.html', maxAge: 0 }));
  router.get('/{*path}', (request, response, next) => {
    if (!request.accepts('html')) next();
    else if (!files.send(response, '/index.html')) response.sendFile(join(root, 'index.html'), { cacheControl: false });
  });
  return router;
}
