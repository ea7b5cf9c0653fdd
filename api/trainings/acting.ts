import type { TrainingPersonCommand } from '../../domain/training/command.ts';
import { type ActContext, type Saying, processAct, seatSpeaking } from '../process/acting.ts';
import type { Answer } from '../route.ts';
import { type TrainingProcess, findTraining } from './rows.ts';

/** Hands an act of a session over. @throws Problem `unknown-training`, `unknown-seat`, `not-your-seat`, or the refusal */
export async function trainingAct(
  context: ActContext<'training'>,
  say: Saying<TrainingProcess, TrainingPersonCommand>,
): Promise<Answer> {
  const { deps, params } = context;
  const training = await findTraining(deps.database, params.id, params.training);
  return processAct(context, training, say, () => seatSpeaking(context, training.state.duty?.obligation));
}
