import type { Request, RequestHandler } from 'express';
import { type Principal, sameSecret } from './policy.ts';
import { Problem } from './problem.ts';

const LOOPBACK = /^(localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i;

/** Host without its port, as in `[::1]:8420`. */
function hostName(host: string): string {
  return host.replace(/:\d+$/, '');
}

/**
 * Refuses, where no key protects us, what a foreign page in a local browser could send: requests to a foreign name that
 * was pointed at this machine (DNS rebinding). With a key every name is served, because a page cannot know the key.
 */
export function hostGuard({ apiKey, publicUrl }: { apiKey?: string | undefined; publicUrl: string }): RequestHandler {
  const publicHost = new URL(publicUrl).host;
  return (request, _response, next) => {
    const host = request.headers.host ?? '';
    if (apiKey === undefined && host !== publicHost && !LOOPBACK.test(hostName(host)))
      throw new Problem('foreign-host');
    next();
  };
}

/** Refuses acts that another site's page sends. */
export function originGuard({ publicUrl }: { publicUrl: string }): RequestHandler {
  const publicOrigin = new URL(publicUrl).origin;
  return (request, _response, next) => {
    const { origin } = request.headers;
    const isAct = request.method !== 'GET' && request.method !== 'HEAD';
    const own = origin === publicOrigin || origin === `${request.protocol}://${request.headers.host ?? ''}`;
    if (isAct && origin !== undefined && !own) throw new Problem('foreign-origin');
    next();
  };
}

/** Who sits behind a request to the API. */
export function deskPrincipal(request: Request, apiKey: string | undefined): Principal {
  if (apiKey === undefined) return { kind: 'desk' };
  const given = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
  return sameSecret(given, apiKey) ? { kind: 'desk' } : { kind: 'stranger' };
}
