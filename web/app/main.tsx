import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router';
import { ApiProblem } from '../api.ts';
import './app.css';
import { startI18n } from './i18n.ts';
import { router } from './router.tsx';
import { signInPath } from './sign-in-path.ts';

/** Whoever is not signed in, or not any more, signs in and comes back to where they were. */
function onRefusal(error: unknown): void {
  const path = error instanceof ApiProblem && error.code === 'unauthorized' ? signInPath(window.location) : null;
  if (path !== null) void router.navigate(path);
}

const queries = new QueryClient({
  queryCache: new QueryCache({ onError: onRefusal }),
  mutationCache: new MutationCache({ onError: onRefusal }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // A refusal stays one; what may pass by itself is tried twice more.
      retry: (count, error) => count < 2 && error instanceof ApiProblem && error.isTransient,
    },
  },
});

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

await startI18n();
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
