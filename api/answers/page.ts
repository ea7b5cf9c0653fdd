import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import express, { Router } from 'express';

const TYPES: Record<string, string> = { js: 'text/javascript', css: 'text/css', html: 'text/html' };

/**
 * The page that customers answer on, where it was built (web/answer). Its token stands behind `#`, so that it never gets
 * here. Files are sent as the build packed them to whoever takes Brotli.
 */
export function answerPage(webRoot: string): Router {
  const folder = join(webRoot, 'answer');
  const router = Router();
  if (!existsSync(join(folder, 'index.html'))) return router;
  const packed = new Set(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.br'))
      .map((file) => `/${file.replaceAll('\\', '/').slice(0, -'.br'.length)}`),
  );
  router.use((request, response, next) => {
    response.locals.route = '/answer';
    response.set({ 'X-Robots-Tag': 'noindex', Vary: 'Accept-Encoding' });
    const path = request.path === '/' ? '/index.html' : request.path;
    const extension = path.slice(path.lastIndexOf('.') + 1);
    if ((request.method !== 'GET' && request.method !== 'HEAD') || !packed.has(path)) return next();
    const cacheable = path.startsWith('/assets/');
    const type = `${TYPES[extension] ?? 'application/octet-stream'}; charset=utf-8`;
    response.set({
      'Content-Type': type,
      'Cache-Control': cacheable ? 'public, max-age=31536000, immutable' : 'no-cache',
    });
    const brotli = request.acceptsEncodings('br') === 'br';
    if (brotli) response.set('Content-Encoding', 'br');
    response.sendFile(brotli ? `${path}.br` : path, { root: folder, cacheControl: false, dotfiles: 'deny' });
  });
  router.use(express.static(folder, { index: false, redirect: false }));
  return router;
}
