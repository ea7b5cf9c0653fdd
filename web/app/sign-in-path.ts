/** Pages for whoever has not signed in. */
const OPEN = ['/sign-in', '/setup', '/set-password'];

/** Where to sign in, and to come back to this page; null on a page that needs no sign-in. */
export function signInPath({ pathname, search }: { pathname: string; search: string }): string | null {
  if (OPEN.includes(pathname)) return null;
  return pathname === '/' && search === '' ? '/sign-in' : `/sign-in?back=${encodeURIComponent(pathname + search)}`;
}

/** Where to go after signing in: what `back` says where that is a page of ours, else the first one. */
export function returnPath(back: string | null, origin: string): string {
  if (back === null || !URL.canParse(back, origin)) return '/';
  const url = new URL(back, origin);
  // `/.//host` is a path of ours, and would be another host once it stands alone.
  const isOurs = url.origin === origin && !url.pathname.startsWith('//');
  return isOurs && !OPEN.includes(url.pathname) ? `${url.pathname}${url.search}` : '/';
}
