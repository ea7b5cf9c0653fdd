import { lookup } from 'node:dns/promises';
import ipaddr from 'ipaddr.js';

/** Why nothing is sent to an address, as a code. */
export type TargetRefusal = 'no-url' | 'not-https' | 'credentials' | 'port' | 'private-address';

/** What an installation allows: `allowPrivate` for tests and intranets (WEBHOOK_ALLOW_PRIVATE). */
export interface TargetRules {
  allowPrivate: boolean;
}

/** Names to addresses, all that a name has. */
export type Resolve = (host: string) => Promise<string[]>;

/** As this machine resolves names. */
export const systemResolve: Resolve = async (host) => {
  const found = await lookup(host, { all: true, verbatim: true });
  return found.map(({ address }) => address);
};

/** Where TLS usually listens; above the well-known ports nothing of the system does. */
const TLS_PORTS = ['', '443', '8443'];
const FIRST_FREE_PORT = 1024;
/** Names that no public server has: this machine, its network (RFC 6761, RFC 6762, RFC 8375; `.internal` by ICANN). */
const INWARD_NAME = /(?:^|\.)(?:localhost|localdomain|local|internal|home\.arpa)\.?$/;

/**
 * Reads where a webhook goes. WHATWG parsing has turned decimal, octal, hexadecimal and full-width hosts into dotted ones by
 * then, so a literal address is judged as what it is, and so is a name that is nobody's outside; any other name is judged
 * when it is resolved (`publicAddresses`).
 *
 * @returns the address, or why nothing goes there
 */
export function readTarget(text: string, { allowPrivate }: TargetRules): URL | TargetRefusal {
  if (!URL.canParse(text)) return 'no-url';
  const url = new URL(text);
  const isHttp = url.protocol === 'http:' && allowPrivate;
  if (url.protocol !== 'https:' && !isHttp) return 'not-https';
  if (url.username !== '' || url.password !== '') return 'credentials';
  if (!allowPrivate && !TLS_PORTS.includes(url.port) && Number(url.port) < FIRST_FREE_PORT) return 'port';
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  if (!allowPrivate && ipaddr.isValid(literal) && !isPublic(literal)) return 'private-address';
  if (!allowPrivate && INWARD_NAME.test(url.hostname)) return 'private-address';
  return url;
}

/** A name, or one of its addresses, is not for us. */
export class PrivateAddress extends Error {
  override name = 'PrivateAddress';
  readonly code = 'private-address';
}

/**
 * The addresses of a host, to connect to these very ones: asked again, the name could point elsewhere (DNS rebinding).
 *
 * @throws PrivateAddress when a single one of them is not public
 */
export async function publicAddresses(
  host: string,
  { allowPrivate }: TargetRules,
  resolve: Resolve,
): Promise<{ address: string; family: 4 | 6 }[]> {
  const addresses = await resolve(host);
  if (!allowPrivate && !addresses.every(isPublic)) throw new PrivateAddress();
  return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
}

/**
 * Whether a name leads inwards today. One that cannot be resolved now does not: each delivery asks again.
 *
 * @param timeoutMs how long the name is waited for
 */
export async function leadsInwards(
  host: string,
  rules: TargetRules,
  { resolve, timeoutMs }: { resolve: Resolve; timeoutMs: number },
): Promise<boolean> {
  const asked = publicAddresses(host, rules, resolve).then(
    () => false,
    (error: unknown) => error instanceof PrivateAddress,
  );
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((settle) => {
    timer = setTimeout(() => settle(false), timeoutMs);
  });
  return Promise.race([asked, late]).finally(() => clearTimeout(timer));
}

/** Public by their range, and yet the machine's own: Azure's platform, Alibaba's metadata is in 100.64.0.0/10 already. */
const PLATFORMS = ['168.63.129.16'];
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Whether an address is one of the Internet's: not this machine, this network, a shared, documented, reserved or multicast
 * one, nor an IPv4 one in IPv6 clothes (RFC 6890, RFC 4291, RFC 6052).
 */
export function isPublic(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.parse(text);
  if (PLATFORMS.includes(address.toString()) || address.range() !== 'unicast') return false;
  return address.kind() === 'ipv4' || (address as ipaddr.IPv6).match(GLOBAL_UNICAST);
}
