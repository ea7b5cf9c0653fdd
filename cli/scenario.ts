import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { expiryOf } from '../domain/agreement/ending.ts';
import { addMonths, compareDates, isLocalDate } from '../domain/local-date.ts';
import type { Instant, LocalDate, Zone } from '../domain/time.ts';
import { instantAt, localDateAt, localTimeAt } from '../domain/zone.ts';
import type { ResolvedDraft } from '../templates/draft.ts';
import { DEFAULT_ZONE, compileDraft, draftShape, resolveDraft } from '../templates/draft.ts';
import { findTemplate } from '../templates/library.ts';
import type { Problem } from '../templates/problem.ts';
import { type Obligation, anchorObligation } from '../templates/obligation-schema.ts';
import type { Template } from '../templates/schema.ts';
import { readFields, readValue } from '../templates/shape.ts';
import { readSource } from '../templates/source.ts';
import { zoneData } from '../templates/zone-data.ts';
import { CommandFailed } from './output.ts';

const MAX_BYTES = 1024 * 1024;
/** When `signedOn` stands for the signatures of all. */
const SIGNING_TIME = '09:00';
/** Without an expiry. */
const DEFAULT_MONTHS = 12;
const COORDINATOR = 'coordinator';

const TIME = /^(\d{4}-\d{2}-\d{2}) ((?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?)$/;
/** `id`, or `id#occurrence`: 2027-Q1, 2027-H1, 2027-03, 2027, or a start date. */
const OBLIGATION = /^([a-z][a-z0-9]*(?:-[a-z0-9]+)*)(?:#(\d{4}(?:-(?:Q[1-4]|H[12]|\d{2}(?:-\d{2})?))?))?$/;

const date = z.string().meta({ format: 'date' }).refine(isLocalDate, { error: 'invalid-date' });
const prose = z.string().min(1).max(10_000);
const act = {
  /** In the agreement's zone. */
  at: z.string().regex(TIME, { error: 'invalid-time' }),
  as: z.string(),
};
const obligation = z.string().regex(OBLIGATION, { error: 'invalid-obligation' });
const file = z.string().min(1).optional();

const actSchema = z.discriminatedUnion('do', [
  z.strictObject({ ...act, do: z.literal('sign'), signedOn: date.optional(), file }),
  z.strictObject({
    ...act,
    do: z.literal('submit'),
    obligation,
    file,
    /** Parts of the checklist that the document holds; without it, all. */
    parts: z.array(z.string()).max(100).optional(),
    /** Parts left out, each with the reason. */
    omitted: z.record(z.string(), prose).optional(),
  }),
  z.strictObject({
    ...act,
    do: z.literal('review'),
    obligation,
    verdict: z.enum(['accept', 'reject']),
    points: z.array(prose).max(100).optional(),
  }),
  z.strictObject({ ...act, do: z.literal('terminate'), reason: prose }),
]);

const timing = { signedOn: date.optional(), until: date.optional() };

/** A scenario as people write it; its JSON Schema is docs/scenario.schema.json. */
export const scenarioSchema = z.strictObject({
  ...draftShape,
  ...timing,
  script: z.array(actSchema).max(10_000).optional(),
});

interface ActBase {
  /** `script[3]`, or `signedOn` for the shorthand. */
  path: string;
  atMs: Instant;
  /** A role key or another seat of the template, or `coordinator`. */
  as: string;
}

/** What somebody does at a moment; `file` is an absolute path. */
export type Act = ActBase &
  (
    | { do: 'sign'; signedOn?: LocalDate; file?: string }
    | {
        do: 'submit';
        obligation: string;
        occurrence?: string;
        file?: string;
        parts: string[];
        omitted: Record<string, string>;
      }
    | { do: 'review'; obligation: string; occurrence?: string; verdict: 'accept' | 'reject'; points: string[] }
    | { do: 'terminate'; reason: string }
  );

/** A scenario that was understood. */
export interface Scenario {
  draft: ResolvedDraft;
  /** Ascending; equal times in the file's order. */
  acts: Act[];
  /** Day 0 as the acts have it: the latest signing date, null when not everybody signs. */
  dayZero: LocalDate | null;
  /** The first moment; null when nothing is done and nothing is known. */
  firstMs: Instant | null;
  /** The last day, inclusive; null when there is no first moment and no date was given. */
  until: LocalDate | null;
  /** Its end, 24:00 local, inclusive. */
  untilMs: Instant | null;
}

type RawAct = z.output<typeof actSchema>;

/** The instant that the zone's clocks show as this text; null when they never do. */
function readTime(text: string, zone: Zone): Instant | null {
  const [, day, time] = TIME.exec(text) ?? [];
  if (day === undefined || time === undefined || !isLocalDate(day)) return null;
  const ms = instantAt(zone, day, time);
  const shown = `${localDateAt(zone, ms)} ${localTimeAt(zone, ms)}`;
  return shown === `${day} ${time.length === 5 ? `${time}:00` : time}` ? ms : null;
}

function timeProblem(path: string, text: string, zone: Zone): Problem {
  return {
    path: `${path}.at`,
    code: 'invalid-date',
    message: { zh: `${text} 在 ${zone.id} 不存在`, en: `${text} does not exist in ${zone.id}` },
    cure: { zh: '请改为存在的日期和时间', en: 'change it to a date and time that exist' },
  };
}

function checkWho(path: string, as: string, template: Template): Problem[] {
  const seats = [...Object.keys(template.parties), ...template.seats.map(({ id }) => id), COORDINATOR];
  if (seats.includes(as)) return [];
  return [
    {
      path: `${path}.as`,
      code: 'unknown-seat',
      message: { zh: `没有“${as}”`, en: `there is no "${as}"` },
      cure: { zh: `请填写 ${seats.join('、')} 之一`, en: `write one of ${seats.join(', ')}` },
    },
  ];
}

function checkObligation(path: string, reference: string, template: Template): Problem[] {
  const ids = template.obligations.map(({ id }) => id);
  const [, id, occurrence] = OBLIGATION.exec(reference) ?? [];
  const named = template.obligations.find((one) => one.id === id);
  if (named && (occurrence === undefined || mayRecur(named, template))) return [];
  return [
    {
      path: `${path}.obligation`,
      code: 'unknown-obligation',
      message: { zh: `没有名为“${reference}”的义务`, en: `there is no obligation "${reference}"` },
      cure: { zh: `可用的：${ids.join('、')}`, en: `the obligations are ${ids.join(', ')}` },
    },
  ];
}

/** Whether an occurrence can be named: it recurs, or follows something that does. */
function mayRecur(obligation: Obligation, template: Template): boolean {
  const { anchor } = obligation.deadline;
  if (obligation.every) return true;
  if (typeof anchor === 'object' && 'period' in anchor) return true;
  if (typeof anchor === 'object' && 'term' in anchor) {
    return template.terms.find(({ name }) => name === anchor.term)?.type === 'month-day';
  }
  const followed = template.obligations.find(({ id }) => id === anchorObligation(obligation));
  return followed !== undefined && mayRecur(followed, template);
}

/** What a submission names of the checklist; a document that is made holds all of it (cli.md). */
function checkParts(path: string, raw: RawAct, template: Template): Problem[] {
  if (raw.do !== 'submit') return [];
  const [, id] = OBLIGATION.exec(raw.obligation) ?? [];
  const known = template.obligations.find((one) => one.id === id)?.checklist.map((part) => part.id) ?? [];
  const named = [
    ...(raw.parts ?? []).map((part) => ['parts', part]),
    ...Object.keys(raw.omitted ?? {}).map((part) => ['omitted', part]),
  ];
  return named.flatMap(([field, part]) =>
    part !== undefined && known.includes(part)
      ? []
      : [
          {
            path: `${path}.${field ?? ''}`,
            code: 'unknown-part',
            message: { zh: `没有必备内容“${part ?? ''}”`, en: `there is no part "${part ?? ''}"` },
            cure:
              known.length > 0
                ? { zh: `可用的：${known.join('、')}`, en: `the parts are ${known.join(', ')}` }
                : { zh: '此义务没有清单，请删除', en: 'this obligation has no checklist: leave it out' },
          },
        ],
  );
}

function checkFile(path: string, name: string, folder: string): Problem[] {
  if (statSync(resolve(folder, name), { throwIfNoEntry: false })?.isFile()) return [];
  return [
    {
      path: `${path}.file`,
      code: 'file-not-found',
      message: { zh: `找不到文件 ${name}`, en: `there is no file ${name}` },
      cure: {
        zh: '路径相对于剧本文件；不写 file 则自动生成一份文件',
        en: 'paths start at the scenario’s folder; without file a document is made',
      },
    },
  ];
}

function checklistOf(reference: string, template: Template | null): string[] {
  const [, id] = OBLIGATION.exec(reference) ?? [];
  return template?.obligations.find((one) => one.id === id)?.checklist.map((part) => part.id) ?? [];
}

function normalise(raw: RawAct, path: string, atMs: Instant, folder: string, template: Template | null): Act {
  const base = { path, atMs, as: raw.as };
  const parts = (reference: string): { obligation: string; occurrence?: string } => {
    const [, id, occurrence] = OBLIGATION.exec(reference) ?? [];
    return { obligation: id ?? reference, ...(occurrence === undefined ? {} : { occurrence }) };
  };
  const document = (name: string | undefined): { file?: string } =>
    name === undefined ? {} : { file: resolve(folder, name) };
  switch (raw.do) {
    case 'sign':
      return {
        ...base,
        do: 'sign',
        ...(raw.signedOn === undefined ? {} : { signedOn: raw.signedOn }),
        ...document(raw.file),
      };
    case 'submit':
      return {
        ...base,
        do: 'submit',
        ...parts(raw.obligation),
        ...document(raw.file),
        parts: raw.parts ?? checklistOf(raw.obligation, template),
        omitted: raw.omitted ?? {},
      };
    case 'review':
      return { ...base, do: 'review', ...parts(raw.obligation), verdict: raw.verdict, points: raw.points ?? [] };
    case 'terminate':
      return { ...base, do: 'terminate', reason: raw.reason };
  }
}

function readScript(
  script: unknown,
  zone: Zone | null,
  template: Template | null,
  folder: string,
): { acts: Act[]; problems: Problem[] } {
  if (script === undefined) return { acts: [], problems: [] };
  if (!Array.isArray(script)) {
    const read = readValue(z.array(z.unknown()), script, ['script']);
    return { acts: [], problems: 'problems' in read ? read.problems : [] };
  }
  const acts: Act[] = [];
  const problems: Problem[] = [];
  for (const [index, item] of (script as unknown[]).entries()) {
    const path = `script[${index}]`;
    const read = readValue(actSchema, item, ['script', index]);
    if ('problems' in read) {
      problems.push(...read.problems);
      continue;
    }
    const raw = read.value;
    if (template) {
      problems.push(...checkWho(path, raw.as, template));
      if ('obligation' in raw) problems.push(...checkObligation(path, raw.obligation, template));
      problems.push(...checkParts(path, raw, template));
    }
    if ('file' in raw && raw.file !== undefined) problems.push(...checkFile(path, raw.file, folder));
    if (!zone) continue;
    const atMs = readTime(raw.at, zone);
    if (atMs === null) {
      problems.push(timeProblem(path, raw.at, zone));
      continue;
    }
    const before = acts.at(-1);
    if (before && before.atMs > atMs) {
      problems.push({
        path: `${path}.at`,
        code: 'not-ascending',
        message: { zh: `${raw.at} 早于前一步`, en: `${raw.at} is earlier than the act before` },
        cure: { zh: '请按时间先后排列', en: 'put the acts in the order of their times' },
      });
    }
    acts.push(normalise(raw, path, atMs, folder, template));
  }
  return { acts, problems };
}

/** The latest date of the first signatures that are not dated into the future; null unless everybody signs. */
function dayZeroOf(acts: Act[], signatories: string[], zone: Zone): LocalDate | null {
  const dates = signatories.map((role) => {
    for (const one of acts) {
      if (one.do !== 'sign' || one.as !== role) continue;
      const today = localDateAt(zone, one.atMs);
      const signed = one.signedOn ?? today;
      if (compareDates(signed, today) <= 0) return signed;
    }
    return null;
  });
  return dates.reduce<LocalDate | null>(
    (latest, signed, index) =>
      signed === null ? null : index === 0 || (latest !== null && signed > latest) ? signed : latest,
    null,
  );
}

/** Last day of the term as far as it is known before anything happens. */
function termEnd(draft: ResolvedDraft, dayZero: LocalDate | null): LocalDate | null {
  const compiled = compileDraft(draft, { id: 'scenario', year: Number((dayZero ?? '2026').slice(0, 4)) });
  return dayZero === null ? compiled.expiresOn : expiryOf(compiled, dayZero);
}

function knownZone(id: unknown): Zone | null {
  try {
    return zoneData(typeof id === 'string' ? id : DEFAULT_ZONE);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Understands a scenario's data; `folder` is where its files are. All problems are collected. */
export function resolveScenario(given: unknown, folder: string): { scenario: Scenario } | { errors: Problem[] } {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    return { errors: readFields({}, given).problems };
  }
  const { signedOn: _signedOn, until: _until, script, ...rest } = given as Record<string, unknown>;
  const { fields, problems } = readFields(timing, {
    ...(_signedOn === undefined ? {} : { signedOn: _signedOn }),
    ...(_until === undefined ? {} : { until: _until }),
  });
  const { draft, errors: draftErrors } = resolveDraft(rest);
  const errors = [...draftErrors, ...problems];

  const found = typeof rest['template'] === 'string' ? findTemplate(rest['template']) : null;
  const template = found && 'template' in found ? found.template : null;
  const zone = draft?.zone ?? knownZone(rest['zone']);
  const { acts, problems: scriptProblems } = readScript(script, zone, template, folder);
  errors.push(...scriptProblems);

  if (zone && template && fields.signedOn !== undefined) {
    const atMs = instantAt(zone, fields.signedOn, SIGNING_TIME);
    const position = acts.findIndex((one) => one.atMs >= atMs);
    const signatures = template.signatories.map((as) => ({ path: 'signedOn', atMs, as, do: 'sign' as const }));
    acts.splice(position === -1 ? acts.length : position, 0, ...signatures);
  }

  const dayZero = zone && template ? dayZeroOf(acts, template.signatories, zone) : null;
  const expiresOn = draft ? termEnd(draft, dayZero) : null;
  const firstMs = acts[0]?.atMs ?? null;
  const lastMs = acts.at(-1)?.atMs ?? null;
  let until = fields.until ?? null;
  if (zone && until !== null && lastMs !== null && lastMs > instantAt(zone, until, '24:00')) {
    errors.push({
      path: 'until',
      code: 'act-after-until',
      message: { zh: `剧本有晚于 ${until} 的步骤`, en: `the script has acts later than ${until}` },
      cure: { zh: '请推后 until，或删去这些步骤', en: 'put until later, or take those acts out' },
    });
  }
  if (zone && until === null && firstMs !== null && lastMs !== null) {
    const wanted = typeof expiresOn === 'string' ? expiresOn : addMonths(localDateAt(zone, firstMs), DEFAULT_MONTHS);
    const last = localDateAt(zone, lastMs);
    until = compareDates(wanted, last) < 0 ? last : wanted;
  }
  if (dayZero !== null && typeof expiresOn === 'string' && compareDates(expiresOn, dayZero) < 0) {
    errors.push({
      path: 'terms.expiresOn',
      code: 'expires-before-signing',
      message: { zh: `${expiresOn} 早于签署日 ${dayZero}`, en: `${expiresOn} is before the signing date ${dayZero}` },
      cure: { zh: '请改为签署日或之后的日期', en: 'choose the signing date or a later one' },
    });
  }

  if (!draft || errors.length > 0) return { errors };
  const untilMs = until === null ? null : instantAt(draft.zone, until, '24:00');
  return { scenario: { draft, acts, dayZero, firstMs, until, untilMs } };
}

function unreadable(code: string, zh: string, en: string, cureZh: string, cureEn: string): CommandFailed {
  return new CommandFailed([{ path: '', code, message: { zh, en }, cure: { zh: cureZh, en: cureEn } }]);
}

/**
 * Reads a scenario (YAML or JSON, at most 1 MiB, no aliases). Throws CommandFailed with every problem found:
 * `file-not-found`, `file-too-large`, `invalid-yaml`, or what is wrong in it, each with its path.
 */
export function readScenario(path: string): Scenario {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat?.isFile()) {
    throw unreadable(
      'file-not-found',
      `找不到文件 ${path}`,
      `there is no file ${path}`,
      '请检查路径',
      'check the path',
    );
  }
  if (stat.size > MAX_BYTES) {
    throw unreadable(
      'file-too-large',
      `${path} 超过 1 MiB`,
      `${path} is larger than 1 MiB`,
      '请缩短剧本',
      'make the scenario shorter',
    );
  }
  const source = readSource(readFileSync(path, 'utf8'));
  if ('problems' in source) throw new CommandFailed(source.problems);
  const read = resolveScenario(source.value, dirname(resolve(path)));
  if ('errors' in read) throw new CommandFailed(read.errors);
  return read.scenario;
}
