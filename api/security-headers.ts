import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import helmet from 'helmet';

/**
 * The web page: scripts of our own alone, none inline. Styles may stand inline, because Ant Design writes its own at run
 * time, some of them as attributes and without a nonce: a style can then deface a page, but not send anything anywhere.
 */
const PAGE_CSP = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:'],
  fontSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  manifestSrc: ["'self'"],
  objectSrc: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
};

/** Data is no page: opened in a browser, it neither loads nor runs nor sends anything. */
export const DATA_CSP = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

/** Features of browsers that no page of ours uses. */
const UNUSED = ['camera', 'display-capture', 'geolocation', 'microphone', 'payment', 'serial', 'usb'];

const YEAR_SECONDS = 31_536_000;

/**
 * What every answer says to browsers, by lower-case name. Routes with pages of their own narrow the CSP. Helmet is asked
 * once, because it says the same to every request.
 */
export function securityHeaders(publicUrl: string): Readonly<Record<string, string>> {
  const said = new ServerResponse(new IncomingMessage(new Socket()));
  helmet({
    strictTransportSecurity: publicUrl.startsWith('https:') ? { maxAge: YEAR_SECONDS } : false,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    contentSecurityPolicy: { useDefaults: false, directives: PAGE_CSP },
  })(said.req, said, () => undefined);
  return {
    ...Object.fromEntries(Object.entries(said.getHeaders()).map(([name, value]) => [name, String(value)])),
    'permissions-policy': UNUSED.map((feature) => `${feature}=()`).join(', '),
  };
}
