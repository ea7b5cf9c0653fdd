import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { request } from '../../api.ts';

export type State = 'ok' | 'warning' | 'bad';
type Value = string | number | boolean | null;

export interface SystemPart {
  part: string;
  state: State;
  facts: Record<string, Value>;
  problems: { problem: string; severity: 'warning' | 'bad'; values: Record<string, Value>; named: string[] }[];
}

export interface System {
  state: State;
  /** When it was looked at. */
  at: string;
  temporalUiUrl: string | null;
  parts: SystemPart[];
}

/** Asked again by itself: whoever mends something sees that it is mended. */
export function useSystem(): UseQueryResult<System> {
  return useQuery({
    queryKey: ['system'],
    queryFn: ({ signal }) => request<System>('/system', { signal }),
    refetchInterval: 30_000,
  });
}
