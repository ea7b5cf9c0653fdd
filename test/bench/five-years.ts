import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type LivableScenario, livable } from '../../cli/livable.ts';
import { resolveScenario } from '../../cli/scenario.ts';
import { type Simulator, openSimulator } from '../../cli/simulation.ts';
import { newestTemplates } from '../../templates/library.ts';
import type { Template } from '../../templates/schema.ts';
import { readSource } from '../../templates/source.ts';
import { everythingHandedIn } from '../support/handed-in.ts';
import { benchBare } from './bare-life.ts';

const SIGNED_ON = '2026-09-01';
const LAST_DAY = '2031-08-31';
const GOAL_SECONDS = 120;

/** Five years of one template, and the same number of timers and activities of a workflow that does nothing else. */
interface FiveYears {
  template: string;
  seconds: number;
  /** Seconds of the bare engine, measured right after. */
  floor: number;
  ratio: number;
  occurrences: number;
  acts: number;
  /** Of the record, and of the engine's histories. */
  events: number;
  notices: number;
  history: number;
  runs: number;
  goal: number;
}

/** `abide simulate` over five years of each template, everything agreed and everything handed in on its last day. */
export async function benchFiveYears(log: (line: string) => void, only: string[] = []): Promise<FiveYears[]> {
  const simulator = await openSimulator(log);
  const figures: FiveYears[] = [];
  try {
    for (const template of newestTemplates()) {
      if (only.length > 0 && !only.includes(template.id)) continue;
      const measured = await fiveYears(simulator, template, log);
      log(JSON.stringify(measured));
      figures.push(measured);
    }
  } finally {
    await simulator.close();
  }
  return figures;
}

async function fiveYears(simulator: Simulator, template: Template, log: (line: string) => void): Promise<FiveYears> {
  const scenario = everythingHandedIn(everythingAgreed(template));
  const began = performance.now();
  const life = await simulator.live(scenario);
  const seconds = (performance.now() - began) / 1000;
  const moments = [...life.events, ...life.notices].map(({ at }) => Date.parse(at));
  const floor = await benchBare(moments, log);
  return {
    template: template.id,
    seconds,
    floor,
    ratio: seconds / floor,
    occurrences: life.obligations.length,
    acts: scenario.acts.length,
    events: life.events.length,
    notices: life.notices.length,
    history: life.runs.reduce((sum, { events }) => sum + events, 0),
    runs: life.runs.length,
    goal: GOAL_SECONDS,
  };
}

/** The example with everything agreed, our proposals for what it leaves open, and a term of five years. */
function everythingAgreed(template: Template): LivableScenario {
  const file = fileURLToPath(
    new URL(`../../templates/${template.id}/examples/everything-agreed.yaml`, import.meta.url),
  );
  const source = readSource(readFileSync(file, 'utf8'));
  if ('problems' in source) throw new Error(`${file} cannot be read`);
  const { script: _script, signedOn: _signedOn, ...draft } = source.value as Record<string, unknown>;
  const { on, years, months } = template.ending.expiry;
  const terms = {
    ...Object.fromEntries(
      template.terms.flatMap(({ name, proposal }) => (proposal === undefined ? [] : [[name, proposal]])),
    ),
    ...(draft['terms'] as Record<string, unknown>),
    ...(on === undefined ? {} : { [on]: LAST_DAY }),
    ...(on !== undefined || years === undefined ? {} : { [years]: 5 }),
    ...(on !== undefined || months === undefined ? {} : { [months]: 60 }),
  };
  const given = { ...draft, terms, signedOn: SIGNED_ON, until: LAST_DAY };
  const read = resolveScenario(given, '.');
  if ('errors' in read) throw new Error(`${template.id}: ${JSON.stringify(read.errors)}`);
  return livable(read.scenario);
}
