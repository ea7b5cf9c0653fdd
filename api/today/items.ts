import { COORDINATOR } from '../../domain/agreement/parties.ts';
import { daysBetween } from '../../domain/local-date.ts';
import type { Text } from '../../domain/time.ts';
import { isoAt, localDateAt } from '../../domain/zone.ts';
import { surveyTitles } from '../../templates/survey-dimensions.ts';
import { resolveTerms } from '../../templates/terms.ts';
import { zoneData } from '../../templates/zone-data.ts';
import type { ApiDeps } from '../deps.ts';
import { type NamedAgreement, namedAgreements } from '../process/agreements.ts';
import { matterTitle } from '../views.ts';
import type { TodayItem, TodayKind } from './schema.ts';

export interface AwaitedRow {
  number: bigint;
  key: string;
  agreementId: string;
  kind: TodayKind;
  act: string;
  about: string | null;
  waitsFor: string[];
  dueAt: Date | null;
  localDate: string | null;
  warnAt: Date | null;
  isPaused: boolean;
  mine: boolean;
  processId: string | null;
  reference: string | null;
  /** What people call the process; null where the reader may not read the record. */
  topic: string | null;
}

export interface TaskRow {
  id: string;
  kind: string;
  agreementId: string | null;
  about: Record<string, unknown>;
  createdAt: Date;
  mine: boolean;
}

export interface DraftRow {
  id: string;
  createdAt: Date;
  mine: boolean;
}

export type Found =
  { source: 'awaited'; row: AwaitedRow } | { source: 'task'; row: TaskRow } | { source: 'draft'; row: DraftRow };

/** Processes whose reference names the duty, and the occurrence, that they are about. */
const OF_A_DUTY: TodayKind[] = ['survey', 'evaluation'];

/** The rows as people read them, in a few queries however many there are. */
export async function itemsOf(
  { database }: Pick<ApiDeps, 'database'>,
  all: readonly Found[],
  nowMs: number,
): Promise<(found: Found) => TodayItem> {
  const ids = all.flatMap(({ source, row }) => (source === 'draft' ? row.id : (row.agreementId ?? [])));
  const [agreement, people] = await Promise.all([namedAgreements(database, ids), namesOf(database, all)]);
  return (found) => {
    switch (found.source) {
      case 'awaited':
        return awaitedItem(found.row, agreement(found.row.agreementId), people, nowMs);
      case 'task': {
        const { id, kind, agreementId, about, createdAt, mine } = found.row;
        const of = agreementId === null ? undefined : agreement(agreementId);
        const seat = typeof about['seat'] === 'string' ? about['seat'] : undefined;
        return {
          ...bare(`task/${id}`, 'task', 'task', mine),
          agreement: of?.shown ?? null,
          task: { id, kind, about, seatTitle: seat === undefined ? null : (of?.seat(seat).title ?? null) },
          waitsFor: [{ seat: COORDINATOR, title: COORDINATOR_TITLE }],
          since: createdAt.toISOString(),
        };
      }
      case 'draft': {
        const { id, createdAt, mine } = found.row;
        return {
          ...bare(`draft/${id}`, 'draft', 'start', mine),
          agreement: agreement(id)?.shown ?? null,
          waitsFor: [{ seat: COORDINATOR, title: COORDINATOR_TITLE }],
          since: createdAt.toISOString(),
        };
      }
    }
  };
}

const COORDINATOR_TITLE: Text = { zh: '项目协调人', en: 'Coordinator' };
const CUSTOMER_TITLE: Text = { zh: '客户', en: 'Customer' };

function bare(id: string, kind: TodayKind, act: string, mine: boolean): TodayItem {
  return {
    ...{
      id,
      kind,
      act,
      mine,
      about: null,
      title: null,
      topic: null,
      agreement: null,
      process: null,
      task: null,
      waitsFor: [],
    },
    ...{ dueAt: null, localDate: null, daysPast: null, near: false, paused: false, since: null },
  };
}

function awaitedItem(
  row: AwaitedRow,
  of: NamedAgreement | undefined,
  people: ReadonlyMap<string, string>,
  nowMs: number,
): TodayItem {
  const { kind, act, about, dueAt, localDate, warnAt, processId, reference } = row;
  const zone = zoneData(of?.shown.zone ?? 'UTC');
  const isPast = dueAt !== null && dueAt.getTime() <= nowMs;
  return {
    ...bare(String(row.number), kind, act, row.mine),
    about,
    title: titleOf(row, of),
    topic: row.topic,
    agreement: of?.shown ?? null,
    process: processId === null ? null : { id: processId, reference: reference ?? '' },
    waitsFor: row.waitsFor.map((seat) => ({ seat, title: nameOf(seat, of, people) })),
    dueAt: dueAt && isoAt(zone, dueAt.getTime()),
    localDate,
    daysPast: isPast && localDate !== null ? Math.max(0, daysBetween(localDate, localDateAt(zone, nowMs))) : null,
    near: !isPast && warnAt !== null && warnAt.getTime() <= nowMs,
    paused: row.isPaused,
  };
}

function titleOf({ kind, about, reference }: AwaitedRow, of: NamedAgreement | undefined): Text | null {
  if ((kind === 'obligation' || kind === 'payment') && about !== null) return matterTitle(of?.template, about);
  if (reference === null) return null;
  if (kind === 'improvement') return findingTitle(reference, of);
  return OF_A_DUTY.includes(kind) ? matterTitle(of?.template, reference) : null;
}

/** Of a finding that a survey's figures raised, `<survey>/<dimension>`; null: it is called as whoever raised it called it. */
function findingTitle(reference: string, of: NamedAgreement | undefined): Text | null {
  const [survey = '', dimension] = reference.split('/');
  if (dimension === undefined || !of?.template) return null;
  const { dimensions } = surveyTitles(of.template, resolveTerms(of.template, of.draft.terms ?? {}));
  const named = dimensions[dimension];
  if (!named) return null;
  const from = matterTitle(of.template, survey);
  return { zh: `${named.zh}：${from.zh}`, en: `${named.en}: ${from.en}` };
}

function nameOf(seat: string, of: NamedAgreement | undefined, people: ReadonlyMap<string, string>): Text {
  const name = people.get(seat);
  if (name !== undefined) return { zh: name, en: name };
  if (seat === COORDINATOR) return COORDINATOR_TITLE;
  if (seat === 'customer') return CUSTOMER_TITLE;
  return of?.seat(seat).title ?? { zh: seat, en: seat };
}

/** Of people who are waited for by name, by `person:<id>`. */
async function namesOf(database: ApiDeps['database'], all: readonly Found[]): Promise<ReadonlyMap<string, string>> {
  const named = all.flatMap(({ source, row }) => (source === 'awaited' ? row.waitsFor : []));
  const ids = [...new Set(named)].flatMap((seat) => /^person:([0-9a-f-]{36})$/.exec(seat)?.[1] ?? []);
  if (ids.length === 0) return new Map();
  const rows = await database.person.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  return new Map(rows.map(({ id, name }) => [`person:${id}`, name]));
}
