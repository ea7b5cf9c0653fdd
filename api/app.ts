import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { type Express, type RequestHandler, Router } from 'express';
import helmet from 'helmet';
import { actPages } from './act/router.ts';
import { createCommandDesk } from './commands.ts';
import type { ApiDeps } from './deps.ts';
import { hostGuard, originGuard } from './guard.ts';
import { Problem } from './problem.ts';
import { problemAnswers } from './refusals.ts';
import { type RouteDeps, mountRoutes } from './route.ts';
import { ROUTES } from './routes.ts';

/** The API, the link pages and, where it was built, the web page, as one Express app. */
export function createApp(deps: ApiDeps): Express {
  const routeDeps: RouteDeps = { ...deps, desk: createCommandDesk(deps) };
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', false);
  app.set('query parser', 'simple');
  app.use(requestLog(deps));
  app.use(securityHeaders(deps.config.publicUrl));
  app.use(hostGuard(deps.config));

  const api = Router();
  api.use(originGuard(deps.config));
  mountRoutes(api, ROUTES, routeDeps);
  api.use(() => {
    throw new Problem('not-found');
  });
  app.use('/api', api);
  app.use('/act', actPages(routeDeps));
  if (deps.webRoot !== undefined && existsSync(join(deps.webRoot, 'index.html'))) app.use(webPage(deps.webRoot));
  app.use(() => {
    throw new Problem('not-found');
  });
  app.use(problemAnswers(deps));
  return app;
}

function securityHeaders(publicUrl: string): RequestHandler {
  return helmet({
    strictTransportSecurity: publicUrl.startsWith('https:') ? { maxAge: 31_536_000 } : false,
    referrerPolicy: { policy: 'no-referrer' },
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"], // Ant Design writes its styles at run time
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
  });
}

/** One line a request: the route's pattern, never the address, which may hold a token. */
function requestLog({ log }: Pick<ApiDeps, 'log'>): RequestHandler {
  return (request, response, next) => {
    const began = process.hrtime.bigint();
    response.once('close', () => {
      const ms = Number((process.hrtime.bigint() - began) / 1_000_000n);
      const route = (response.locals as { route?: string }).route ?? 'other';
      log.info({ method: request.method, route, status: response.statusCode, ms }, 'request');
    });
    next();
  };
}

/** The built page; its own addresses all get index.html. */
function webPage(root: string): Router {
  const router = Router();
  router.use(express.static(root, { index: 'index.html', maxAge: 0 }));
  router.get('/{*path}', (request, response, next) => {
    if (request.accepts('html')) response.sendFile(join(root, 'index.html'), { cacheControl: false });
    else next();
  });
  return router;
}
