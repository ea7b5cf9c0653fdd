import { useEffect, useState } from 'react';

const readToken = (): string | null => new URLSearchParams(window.location.hash.slice(1)).get('token');

/** The token of `#token=…`: read, then taken out of the address bar and of the history. */
export function useFragmentToken(): string | null {
  const [token, setToken] = useState(readToken);
  useEffect(() => {
    const take = (): void => {
      if (window.location.hash === '') return;
      setToken(readToken());
      window.history.replaceState(window.history.state, '', window.location.pathname);
    };
    take();
    window.addEventListener('hashchange', take);
    return () => window.removeEventListener('hashchange', take);
  }, []);
  return token;
}
