import type { ApiDeps } from '../deps.ts';
import { type Attempts, type Limit, openAttempts } from '../attempts.ts';
import { Problem } from '../problem.ts';
import { type Cycle, type Cycles, openCycles } from './cycle.ts';
import { type Holder, createHolders } from './holder.ts';
import { type AnswerIntake, createIntake } from './intake.ts';
import { startTelling } from './telling.ts';

/** A wrong token now and then is a torn address; more are guesses. */
const GUESSES: Limit = {
  name: 'answer-token',
  attempts: 20,
  windowSeconds: 600,
  lockSeconds: 600,
  longestLockSeconds: 86_400,
};

/** What one address hands in by open links and the feedback form: a shop's tablet, an office behind one address. */
const OPEN_ANSWERS: Limit = {
  name: 'open-answer',
  attempts: 100,
  windowSeconds: 600,
  lockSeconds: 600,
  longestLockSeconds: 3_600,
};

/** Where answers come in: shared by all routes of a process. */
export interface AnswerDesk {
  intake: AnswerIntake;
  cycleOf: Cycles;
  /** @throws Problem `answer-link-unknown`, `too-many-attempts` */
  holderOf(token: string, ip: string): Promise<Holder>;
  /** The cycle of a holder. @throws Problem as above where it is none of a cycle */
  cycleHeldBy(holder: Holder): Promise<Cycle>;
  /** @throws Problem `too-many-attempts` */
  countOpen(ip: string): Promise<void>;
  /** A wrong word of somebody. @throws Problem `too-many-attempts`, else `answer-link-unknown` */
  refuseUnknown(ip: string): Promise<never>;
  stop(): Promise<void>;
}

export function openAnswerDesk(deps: ApiDeps): AnswerDesk {
  const { database } = deps;
  const attempts: Attempts = openAttempts(database);
  const telling = startTelling(deps);
  const intake = createIntake(database, telling.mark);
  const holders = createHolders(database);
  const cycleOf = openCycles(database);

  async function refuseUnknown(ip: string): Promise<never> {
    await attempts.demand(GUESSES, ip);
    throw new Problem('answer-link-unknown');
  }

  return {
    intake,
    cycleOf,
    refuseUnknown,
    holderOf: async (token, ip) => (await holders(token)) ?? refuseUnknown(ip),
    cycleHeldBy: async (holder) => {
      const cycle = holder.kind === 'feedback' ? null : await cycleOf(holder.workflowId);
      if (!cycle) throw new Problem('answer-link-unknown');
      return cycle;
    },
    countOpen: (ip) => attempts.demand(OPEN_ANSWERS, ip),
    stop: async () => {
      await intake.drain();
      await telling.stop();
    },
  };
}
