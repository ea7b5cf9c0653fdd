import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { request } from '../../api.ts';
import { CALENDARS, REDATINGS, type Redating } from './calendar.ts';

/** What became of the proposals that were decided on together: how far it is, and what refused which. */
export interface Deciding {
  done: number;
  of: number;
  /** The last ones that could not be decided, by agreement. */
  failed: { proposal: Redating; error: unknown }[];
  isOver: boolean;
}

/**
 * Decides proposals one after the other, each under a key of its own: what was decided stays decided if the page is left,
 * and what was refused is named.
 */
export function useDeciding(): {
  deciding: Deciding | null;
  decide: (
    proposals: Redating[],
    verdict: { verdict: 'accept' } | { verdict: 'decline'; reason: string },
  ) => Promise<Deciding>;
} {
  const queries = useQueryClient();
  const [deciding, setDeciding] = useState<Deciding | null>(null);
  return {
    deciding,
    async decide(proposals, verdict) {
      let state: Deciding = { done: 0, of: proposals.length, failed: [], isOver: false };
      setDeciding(state);
      for (const proposal of proposals) {
        const { agreement, calendar, shown } = proposal;
        try {
          await request(`/agreements/${agreement.id}/redating`, {
            method: 'POST',
            key: keyOf(proposal, verdict.verdict),
            body: { to: calendar.to, ...verdict, ...(verdict.verdict === 'accept' ? { shown } : {}) },
          });
          state = { ...state, done: state.done + 1 };
        } catch (error) {
          state = { ...state, failed: [...state.failed, { proposal, error }] };
        }
        setDeciding(state);
      }
      state = { ...state, isOver: true };
      setDeciding(state);
      await Promise.all(
        [REDATINGS, CALENDARS, ['tasks'], ['agreements']].map((queryKey) => queries.invalidateQueries({ queryKey })),
      );
      return state;
    },
  };
}

/** Of one press of the button: another one is another act. */
function keyOf({ agreement, calendar }: Redating, verdict: string): string {
  return `redate-${agreement.id}-${calendar.to}-${verdict}-${Date.now().toString(36)}`;
}
