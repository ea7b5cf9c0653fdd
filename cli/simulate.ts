import { lifeText } from './life-text.ts';
import { livable } from './livable.ts';
import { print, printJson } from './output.ts';
import { engineFailure, exitWhenAsked } from './process.ts';
import { readScenario } from './scenario.ts';
import { simulate } from './simulation.ts';

/** `abide simulate SCENARIO [--keep DIR]`: what happens when it is lived. */
export async function runSimulate(
  file: string,
  { keep, json }: { keep?: string | undefined; json: boolean },
): Promise<number> {
  const scenario = livable(readScenario(file));
  const log = (line: string) => process.stderr.write(`${line}\n`);
  exitWhenAsked();
  try {
    const life = await simulate(scenario, { keep, log });
    if (json) printJson(life);
    else print(...lifeText(life));
    return 0;
  } catch (error) {
    throw engineFailure(error);
  }
}
