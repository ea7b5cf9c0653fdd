import { closesIfPublished } from '../../domain/survey/publishing.ts';
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

/** Test sends of one account, or of the installation's programs: enough to try a questionnaire out, no way to flood anybody. */
const TEST_MAILS: Limit = {
  name: 'survey-test-mail',
  attempts: 20,
  windowSeconds: 3_600,
  lockSeconds: 3_600,
  longestLockSeconds: 86_400,
};

/** Files that one address attaches by open links. */
const OPEN_FILES: Limit = {
  name: 'open-answer-file',
  attempts: 30,
  windowSeconds: 600,
  lockSeconds: 600,
  longestLockSeconds: 3_600,
};

/** Where answers come in: shared by all routes of a process. */
export interface AnswerDesk {
  intake: AnswerIntake;
  cycleOf: Cycles['cycleOf'];
  /** @throws Problem `answer-link-unknown`, `too-many-attempts` */
  holderOf(token: string, ip: string): Promise<Holder>;
  /** The cycle of a holder; whoever tries it out finds it open, with what they try. @throws Problem as above where it is none of a cycle */
  cycleHeldBy(holder: Holder): Promise<Cycle>;
  /** @throws Problem `too-many-attempts` */
  countOpen(ip: string): Promise<void>;
  /** @throws Problem `too-many-attempts` */
  countOpenFile(ip: string): Promise<void>;
  /** A test send of somebody. @throws Problem `too-many-attempts` */
  countTestMail(by: string): Promise<void>;
  /** A wrong word of somebody. @throws Problem `too-many-attempts`, else `answer-link-unknown` */
  refuseUnknown(ip: string): Promise<never>;
  stop(): Promise<void>;
}

export function openAnswerDesk(deps: ApiDeps): AnswerDesk {
  const { database, clock } = deps;
  const attempts: Attempts = openAttempts(database);
  const telling = startTelling(deps);
  const intake = createIntake(database, telling.mark);
  const holders = createHolders(database);
  const { cycleOf, questionnaireOf } = openCycles(database);

  async function refuseUnknown(ip: string): Promise<never> {
    await attempts.demand(GUESSES, ip);
    throw new Problem('answer-link-unknown');
  }

  return {
    intake,
    cycleOf,
    refuseUnknown,
    holderOf: async (token, ip) => {
      const holder = (await holders(token)) ?? (await refuseUnknown(ip));
      // No guess: it was right once.
      if (holder.kind === 'trial' && clock() >= holder.expiresAtMs) throw new Problem('answer-link-unknown');
      return holder;
    },
    cycleHeldBy: async (holder) => {
      const cycle = holder.kind === 'feedback' ? null : await cycleOf(holder.workflowId);
      if (!cycle) throw new Problem('answer-link-unknown');
      if (holder.kind !== 'trial') return cycle;
      const closesOn = cycle.closesOn ?? closesIfPublished(cycle.input, clock()).localDate;
      const questionnaire = await questionnaireOf(holder.sha256);
      return { ...cycle, status: 'open', closesAtMs: null, closesOn, questionnaire };
    },
    countTestMail: (by) => attempts.demand(TEST_MAILS, by),
    countOpen: (ip) => attempts.demand(OPEN_ANSWERS, ip),
    countOpenFile: (ip) => attempts.demand(OPEN_FILES, ip),
    stop: async () => {
      await intake.drain();
      await telling.stop();
    },
  };
}
