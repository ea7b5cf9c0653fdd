import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { Router } from 'express';
import { packedFiles } from '../packed-files.ts';

/**
 * The page that customers answer on, where it was built (web/answer). Its token stands behind `#`, so that it never gets
 * here. Files are sent as the build packed them to whoever takes Brotli.
 */
export function answerPage(webRoot: string): Router {
  const folder = join(webRoot, 'answer');
  const router = Router();
  if (!existsSync(join(folder, 'index.html'))) return router;
  router.use((_request, response, next) => {
    response.locals.route = '/answer';
    response.set({ 'X-Robots-Tag': 'noindex', Vary: 'Accept-Encoding' });
    next();
  });
  router.use(packedFiles(folder).handler);
  router.use(express.static(folder, { index: false, redirect: false }));
  return router;
}
