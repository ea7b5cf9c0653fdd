import http from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import { PrivateAddress, type Resolve, type TargetRules, publicAddresses, readTarget } from './target.ts';

const TIMEOUT_MS = 10_000;
/** Of the answer nobody reads more, and nobody keeps it. */
const ANSWER_BYTES = 64 * 1024;

/** The status that the receiver gave, or why none came, as a code: never a server's words. */
export type PostAnswer =
  number | 'timeout' | 'unreachable' | 'unknown-host' | 'tls' | 'private-address' | 'refused-url';

/**
 * Sends one message. The socket connects to the very addresses that were found and judged, redirects are answers like
 * others, and a receiver has ten seconds in all.
 */
export async function post(
  target: string,
  { headers, body }: { headers: Record<string, string>; body: string },
  { rules, resolve, timeoutMs = TIMEOUT_MS }: { rules: TargetRules; resolve: Resolve; timeoutMs?: number },
): Promise<PostAnswer> {
  const url = readTarget(target, rules);
  if (typeof url === 'string') return url === 'private-address' ? url : 'refused-url';
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    return await send(url, { headers, body }, lookupOf(rules, resolve), signal);
  } catch (error) {
    return signal.aborted ? 'timeout' : codeOf(error);
  }
}

/** Of node:net: asked when a name is to be connected to; a literal address never is, and has been judged by then. */
function lookupOf(rules: TargetRules, resolve: Resolve): LookupFunction {
  return (host, { all }, done) => {
    publicAddresses(host, rules, resolve).then(
      (found) => {
        const [first] = found;
        if (!first) done(Object.assign(new Error('no address'), { code: 'ENOTFOUND' }), '');
        else if (all) done(null, found);
        else done(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => done(error, ''),
    );
  };
}

function send(
  url: URL,
  { headers, body }: { headers: Record<string, string>; body: string },
  lookup: LookupFunction,
  signal: AbortSignal,
): Promise<number> {
  const { request } = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const length = String(Buffer.byteLength(body));
    const sent = request(
      url,
      { method: 'POST', headers: { ...headers, 'content-length': length }, lookup, signal, agent: false },
      (response) => {
        let read = 0;
        const settle = (): void => resolve(response.statusCode ?? 0);
        response.on('data', ({ length: size }: Buffer) => {
          read += size;
          if (read > ANSWER_BYTES) response.destroy();
        });
        response.once('close', settle); // read to its end, or cut: the status came first
        response.on('error', settle);
      },
    );
    sent.once('error', reject);
    sent.end(body);
  });
}

function codeOf(error: unknown): PostAnswer {
  if (error instanceof PrivateAddress) return 'private-address';
  const { code = '' } = error as { code?: string };
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'unknown-host';
  if (/^ERR_(TLS|SSL)|CERT|SELF_SIGNED|^EPROTO$|VERIFY/.test(code)) return 'tls';
  return 'unreachable';
}
