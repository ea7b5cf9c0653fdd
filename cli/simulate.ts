import { lifeText } from './life-text.ts';
import { CommandFailed, print, printJson } from './output.ts';
import { engineFailure } from './process.ts';
import { readScenario } from './scenario.ts';
import { simulate } from './simulation.ts';

/** `abide simulate SCENARIO [--keep DIR]`: what happens when it is lived. */
export async function runSimulate(
  file: string,
  { keep, json }: { keep?: string | undefined; json: boolean },
): Promise<number> {
  const scenario = readScenario(file);
  const { firstMs, untilMs, until } = scenario;
  if (firstMs === null || untilMs === null || until === null) {
    throw new CommandFailed([
      {
        path: 'signedOn',
        code: 'nothing-happens',
        message: { zh: '剧本中什么都没有发生', en: 'nothing happens in this scenario' },
        cure: { zh: '请写明 signedOn，或在 script 中安排步骤', en: 'say signedOn, or put acts into the script' },
      },
    ]);
  }
  const log = (line: string) => process.stderr.write(`${line}\n`);
  try {
    const life = await simulate({ ...scenario, firstMs, untilMs, until }, { ...(keep ? { keep } : {}), log });
    if (json) printJson(life);
    else print(...lifeText(life));
    return 0;
  } catch (error) {
    throw engineFailure(error);
  }
}
