import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { agreementPath, request } from '../../api.ts';
import type { AgreementEvent, Text } from '../../wire.ts';
import { agreementKey } from '../agreement/agreement-queries.ts';

interface Named {
  id: string;
  name: string;
}

export interface StandIn {
  absent: Named;
  deputy: Named;
  /** First and last day. */
  from: string;
  until: string;
  /** Empty: all that the seat has to do. */
  obligations: { id: string; title: Text }[];
  today: boolean;
}

/** Who fills a seat, who stands in, what waits there, and how that came about. */
export interface Seat {
  seat: string;
  title: Text;
  party: string | null;
  person: (Named & { email: string; organisation: string }) | null;
  standIns: StandIn[];
  duties: { reference: string; title: Text; dueAt: string | null }[];
  history: AgreementEvent[];
}

export function useSeats(agreementId: string): UseQueryResult<{ items: Seat[] }> {
  return useQuery({
    queryKey: [...agreementKey(agreementId), 'seats'],
    queryFn: ({ signal }) => request<{ items: Seat[] }>(`${agreementPath(agreementId)}/seats`, { signal }),
  });
}

/** Below the agreement. */
export const seatPath = (seat: string): string => `/seats/${encodeURIComponent(seat)}`;
