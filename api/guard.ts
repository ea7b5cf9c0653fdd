import type { Request, RequestHandler } from 'express';
import { Problem } from './problem.ts';

/** `same-site` is another host of the same domain: not ours either. */
const FOREIGN_SITES = ['cross-site', 'same-site'];
const LOOPBACK = /^(localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i;

/** As the browser had it: behind a trusted proxy X-Forwarded-Host. */
function hostOf(request: Request): string {
  return request.host ?? '';
}

/** Host without its port, as in `[::1]:8420`. */
function hostName(host: string): string {
  return host.replace(/:\d+$/, '');
}

/** Refuses requests to a foreign name that was pointed at this machine (DNS rebinding): ours is that of PUBLIC_URL. */
export function hostGuard({ publicUrl }: { publicUrl: string }): RequestHandler {
  const publicHost = new URL(publicUrl).host;
  return (request, _response, next) => {
    const host = hostOf(request);
    if (host !== publicHost && !LOOPBACK.test(hostName(host))) throw new Problem('foreign-host');
    next();
  };
}

/** Refuses acts that another site's page sends, as its browser says: by Origin, or by Sec-Fetch-Site (Fetch Metadata). */
export function originGuard({ publicUrl }: { publicUrl: string }): RequestHandler {
  const publicOrigin = new URL(publicUrl).origin;
  return (request, _response, next) => {
    const { origin } = request.headers;
    const isAct = request.method !== 'GET' && request.method !== 'HEAD';
    const own =
      origin === undefined || origin === publicOrigin || origin === `${request.protocol}://${hostOf(request)}`;
    const foreign = !own || FOREIGN_SITES.includes(request.get('Sec-Fetch-Site') ?? '');
    if (isAct && foreign) throw new Problem('foreign-origin');
    next();
  };
}
