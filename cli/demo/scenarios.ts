import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Instant } from '../../domain/time.ts';
import { localDateAt } from '../../domain/zone.ts';
import { loadCalendar } from '../../templates/calendars.ts';
import { readSource } from '../../templates/source.ts';
import { zoneData } from '../../templates/zone-data.ts';
import { type LivableScenario, livable } from '../livable.ts';
import { CommandFailed } from '../output.ts';
import { resolveScenario } from '../scenario.ts';
import { datedAround } from './day.ts';

const FOLDER = fileURLToPath(new URL('agreements', import.meta.url));
const ZONE = 'Asia/Shanghai';

/** An agreement of the demo, by the name of its file. */
export interface DemoScenario {
  name: string;
  scenario: LivableScenario;
}

/** A draft that somebody has begun and not finished. */
export const DRAFT = {
  template: 'satisfaction-management',
  parties: { Company: { name: '婺源晓起茶旅有限公司', email: 'office@xiaoqi.example.com', language: 'zh' } },
  coordinator: { name: '林安', email: 'lin.an@example.com', language: 'zh' },
  terms: { complaintReportDeadline: 'P1D' },
};

/**
 * The agreements of the demo, each lived up to now, dated around it.
 *
 * @throws CommandFailed with what is wrong in a file
 */
export function demoScenarios(nowMs: Instant): DemoScenario[] {
  const around = { nowMs, zone: zoneData(ZONE), calendar: loadCalendar(undefined) };
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.yaml'));
  return files.sort().map((file) => {
    const source = readSource(datedAround(readFileSync(join(FOLDER, file), 'utf8'), around));
    if ('problems' in source) throw new CommandFailed(source.problems);
    const read = resolveScenario({ ...inOrder(source.value), until: localDateAt(around.zone, nowMs) }, FOLDER);
    if ('errors' in read) throw new CommandFailed(read.errors);
    // Its last day has not ended yet.
    return { name: file.replace(/\.yaml$/, ''), scenario: { ...livable(read.scenario), untilMs: nowMs } };
  });
}

/** Working days and hours may change places by the day on which the demo is started. */
function inOrder(value: unknown): Record<string, unknown> {
  const given = value as { script: { at: string }[] };
  return {
    ...given,
    script: [...given.script].sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0)),
  };
}
