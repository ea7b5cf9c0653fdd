import { existsSync, readdirSync } from 'node:fs';
import type { RequestHandler, Response } from 'express';

const TYPES: Record<string, string> = {
  js: 'text/javascript',
  mjs: 'text/javascript',
  css: 'text/css',
  html: 'text/html',
};
const PACKED = '.br';

/** Sends files of a folder as the build packed them (Brotli) to whoever takes that; others go on. */
export interface PackedFiles {
  handler: RequestHandler;
  /** Sends one of them, `/index.html`. @returns whether it is there */
  send(response: Response, path: string): boolean;
}

/** What was built with a hash in its name stays for ever. */
const NAMED_BY_CONTENT = '/assets/';

export function packedFiles(folder: string): PackedFiles {
  const known = new Set(
    (existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [])
      .filter((file) => file.endsWith(PACKED))
      .map((file) => `/${file.replaceAll('\\', '/').slice(0, -PACKED.length)}`),
  );
  const send = (response: Response, path: string): boolean => {
    if (!known.has(path)) return false;
    const extension = path.slice(path.lastIndexOf('.') + 1);
    response.set({
      'Content-Type': `${TYPES[extension] ?? 'application/octet-stream'}; charset=utf-8`,
      'Cache-Control': path.startsWith(NAMED_BY_CONTENT) ? 'public, max-age=31536000, immutable' : 'no-cache',
    });
    response.vary('Accept-Encoding');
    const brotli = response.req.acceptsEncodings('br') === 'br';
    if (brotli) response.set('Content-Encoding', 'br');
    response.sendFile(brotli ? `${path}${PACKED}` : path, { root: folder, cacheControl: false, dotfiles: 'deny' });
    return true;
  };
  return {
    send,
    handler: (request, response, next) => {
      const isRead = request.method === 'GET' || request.method === 'HEAD';
      const path = request.path === '/' ? '/index.html' : request.path;
      if (!isRead || !send(response, path)) next();
    },
  };
}
