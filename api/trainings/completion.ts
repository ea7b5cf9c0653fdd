import type { TrainingInput } from '../../domain/training/compiled.ts';
import type { Database } from '../../prisma/database.ts';
import { demandKnown } from '../improvements/acting.ts';
import { type TrainingProcess, trainingBelonging } from './rows.ts';
import { openDuty, topicsTaught } from './serving.ts';

/** What a completed session hands in. */
interface Completion {
  handIn: boolean;
  duty: TrainingInput['duty'];
  taught: string[];
  parts: string[];
}

/**
 * Which occurrence a session serves now, what has been taught of it, and whether that hands it in: unless somebody says so,
 * as soon as nothing of its checklist is missing that may not be left out, nor a topic of it.
 */
export async function completion(
  database: Database,
  process: TrainingProcess,
  { parts, handIn }: { parts: string[]; handIn: boolean | undefined },
): Promise<Completion> {
  const { input, state, row } = process;
  const { state: agreement } = await trainingBelonging(database, row.agreementId);
  const duty = state.duty ?? openDuty(agreement, input.training);
  const taught = await topicsTaught(database, process, duty);
  if (!duty) return { handIn: false, duty, taught, parts };
  const { parts: asked = [], mayOmit = [] } = input.duties[duty.obligation] ?? {};
  const topics = input.training.topics.map(({ id }) => id);
  for (const [index, part] of parts.entries()) {
    demandKnown(
      `parts[${String(index)}]`,
      part,
      asked.filter((one) => !topics.includes(one)),
    );
  }
  const isWhole =
    topics.every((topic) => taught.includes(topic)) &&
    asked.every((part) => topics.includes(part) || parts.includes(part) || mayOmit.includes(part));
  return { handIn: handIn ?? isWhole, duty, taught, parts };
}
