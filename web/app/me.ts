import { queryOptions, useQuery } from '@tanstack/react-query';
import { request } from '../api.ts';
import type { Language } from '../wire.ts';

/** Who has signed in, and what they may do (GET /api/me). */
export interface Me {
  accountId: string;
  personId: string | null;
  name: string;
  email: string;
  language: Language;
  roles: string[];
  /** By permission: `all`, or `own` for agreements in which the person is seated. */
  permissions: Record<string, 'all' | 'own'>;
  /** Of agreements in which the person is seated. */
  agreements: number;
  twoFactor: boolean;
  /** Of a demo: where its first walk leads, agreements by the name of their story. */
  demo: { mailboxUrl: string; agreements: Record<string, string> } | null;
}

export const ME = ['me'] as const;

/** Asks who reads. */
export const meQuery = queryOptions({
  queryKey: ME,
  queryFn: ({ signal }) => request<Me>('/me', { signal }),
  retry: false,
});

/** The reader; undefined until it is known, and for those who have not signed in. */
export function useMe(): Me | undefined {
  return useQuery(meQuery).data;
}

/** Whether the reader may do something at all; while they are not known, nothing. */
export function useMay(permission: string): boolean {
  return permission in (useMe()?.permissions ?? {});
}
