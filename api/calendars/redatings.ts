import { type CalendarChange, changeBetween, changedDays } from '../../domain/calendar-change.ts';
import { referenceOf } from '../../domain/agreement/reference.ts';
import type { AgreementState } from '../../domain/agreement/state.ts';
import type { ProcessFrame, ProcessType } from '../../domain/process/process.ts';
import { processRules } from '../../domain/process/registry.ts';
import { restoreProcess } from '../../domain/process/snapshot.ts';
import { redatingTaskKey } from '../../domain/redating/proposal-task.ts';
import { redatingOf, shownOf } from '../../domain/redating/redating.ts';
import type { LocalDate, Text } from '../../domain/time.ts';
import type { Database } from '../../prisma/database.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import type { Template } from '../../templates/schema.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import { type Draft, findAgreement, matterTitle, stateOf, templateOf } from '../views.ts';
import { type ShelvedCalendar, newestOf, shelvedCalendars } from './shelf.ts';

/** Statuses of agreements that live: what has ended keeps the calendar that it had. */
export const RUNNING = ['starting', 'awaiting-signatures', 'active', 'suspended'] as const;

type AgreementRow = Prisma.AgreementGetPayload<object>;

/** A task for every running agreement that pins an older version; one that is open already is about the newer one now. */
export async function proposeRedatings(
  tx: Prisma.TransactionClient,
  { id, version }: { id: string; version: string },
  at: Date,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO task (id, kind, agreement_id, key, about, created_at)
    SELECT gen_random_uuid(), 'redating-proposed', agreement.id, ${redatingTaskKey('')} || agreement.id,
           jsonb_build_object('calendar', ${`${id}@${version}`}::text, 'from', calendar_version), ${at}
    FROM agreement
    WHERE status IN (${Prisma.join([...RUNNING])}) AND calendar_id = ${id} AND calendar_version <> ${version}
    ON CONFLICT (key) DO UPDATE SET about = EXCLUDED.about, created_at = EXCLUDED.created_at, done_at = NULL, done_by = NULL`;
}

/** One page of what newer calendars propose, newest agreements first. `declined`: those that the coordinator declined. */
export async function listRedatings(
  database: Database,
  { status, limit, cursor }: { status: 'open' | 'declined'; limit: number; cursor?: string | undefined },
  nowMs: number,
) {
  const shelf = await shelvedCalendars(database);
  const place = cursor === undefined ? undefined : readCursor(cursor, ['instant', 'uuid']);
  const concerned = newestOf(shelf).map(({ calendar: { id, version } }) => {
    const older = shelf.filter(({ calendar }) => calendar.id === id).map(({ calendar }) => calendar.version);
    return { id, version, older: older.filter((one) => one !== version) };
  });
  const wanted = concerned.filter(({ older }) => older.length > 0);
  if (wanted.length === 0) return { items: [], nextCursor: null };
  const before = place && new Date(place[0]);
  const rows = await database.agreement.findMany({
    where: {
      status: { in: [...RUNNING] },
      AND: [
        {
          OR: wanted.map(({ id, version, older }) => ({
            calendarId: id,
            calendarVersion: { in: older },
            ...(status === 'declined'
              ? { calendarDeclined: version }
              : { OR: [{ calendarDeclined: null }, { calendarDeclined: { not: version } }] }),
          })),
        },
        place && before ? { OR: [{ createdAt: { lt: before } }, { createdAt: before, id: { lt: place[1] } }] } : {},
      ],
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit + 1,
  });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.flatMap((row) => redatingView(row, shelf, nowMs) ?? []),
    nextCursor: rows.length > limit && last ? writeCursor([last.createdAt.getTime(), last.id]) : null,
  };
}

/** What a newer calendar proposes to one agreement, with how many of its processes keep theirs; null: nothing. */
export async function redatingFor(database: Database, agreementId: string, nowMs: number) {
  const row = await findAgreement(database, agreementId);
  const view = redatingView(row, await shelvedCalendars(database), nowMs);
  if (!view) return null;
  const processes = await database.process.findMany({ where: { agreementId } });
  const open = processes.filter(({ type: kind, input, snapshot, sequence }) => {
    const type = kind as ProcessType;
    const state = restoreProcess(type, input as unknown as ProcessFrame, snapshot as object | null, sequence);
    return !processRules(type).isOver(state);
  });
  return { ...view, processes: open.length };
}

/** The difference that a proposal is about; undefined: the agreement has the newest version, or is not there to take it. */
export function proposedChange(
  row: AgreementRow,
  shelf: readonly ShelvedCalendar[],
): { state: AgreementState; change: CalendarChange; newest: ShelvedCalendar } | undefined {
  const state = stateOf(row);
  if (!state || !(RUNNING as readonly string[]).includes(row.status)) return undefined;
  const { id, version, hash } = state.agreement.calendar;
  const newest = newestOf(shelf).find(({ calendar }) => calendar.id === id);
  const pinned = shelf.find(({ calendar }) => calendar.id === id && calendar.version === version);
  if (!newest || !pinned || pinned.calendar.hash !== hash || newest === pinned) return undefined;
  return { state, change: changeBetween(pinned.calendar, newest.calendar), newest };
}

function redatingView(row: AgreementRow, shelf: readonly ShelvedCalendar[], nowMs: number) {
  const proposed = proposedChange(row, shelf);
  if (!proposed) return undefined;
  const { state, change, newest } = proposed;
  const template = templateOf(row.template);
  const draft = row.draft as Draft;
  const redating = redatingOf(state, change, nowMs);
  const why = (since: LocalDate, ...dates: LocalDate[]): Text[] => {
    const last = [...dates].sort().at(-1) ?? since;
    return changedDays(change, since, last).map(({ text }) => text);
  };
  const dates = [
    ...redating.redated.map(({ obligation, occurrence, review, before, due, since }) => ({
      kind: review ? ('review' as const) : ('due' as const),
      of: `${review ? 'review' : 'due'}:${referenceOf({ obligation, occurrence })}`,
      title: matterTitle(template, referenceOf({ obligation, occurrence })),
      before: before.localDate,
      after: due.localDate,
      why: why(since, before.localDate, due.localDate),
    })),
    ...redating.windows.map(({ of, before, due, since }) => ({
      kind: 'window' as const,
      of,
      title: windowTitle(of),
      before: before.localDate,
      after: due.localDate,
      why: why(since, before.localDate, due.localDate),
    })),
    ...redating.upcoming.map(({ obligation, occurrence, before, after, since }) => ({
      kind: 'upcoming' as const,
      of: `upcoming:${referenceOf({ obligation, occurrence })}`,
      title: matterTitle(template, referenceOf({ obligation, occurrence })),
      before,
      after,
      why: why(since, before, after),
    })),
  ];
  return {
    agreement: {
      id: row.id,
      title: titleOf(template, row.template),
      status: row.status,
      parties: Object.values(draft.parties ?? {}).map(({ name }) => name ?? ''),
    },
    calendar: { id: change.id, from: change.from.version, to: change.to.version },
    notice: newest.entered?.notice ?? null,
    dates: dates.sort((a, b) => (a.before < b.before ? -1 : a.before > b.before ? 1 : 0)),
    shown: shownOf(redating),
    declined: state.keptCalendar?.version === change.to.version,
  };
}

function titleOf(template: Template | undefined, reference: string): Text {
  return template?.title ?? { zh: reference, en: reference };
}

const WINDOWS: Record<string, Text> = {
  breach: { zh: '违约协商、补救期', en: 'time to negotiate or cure' },
  consent: { zh: '第三方同意期', en: 'the third party’s time to consent' },
  amendment: { zh: '变更提议的答复期', en: 'time to answer an amendment' },
  claim: { zh: '索赔答复期', en: 'time to answer a claim' },
  matter: { zh: '来往事项答复期', en: 'time to answer a matter' },
};

function windowTitle(of: string): Text {
  const colon = of.indexOf(':');
  const kind = WINDOWS[of.slice(0, colon)] ?? { zh: '', en: '' };
  const id = of.slice(colon + 1);
  return { zh: `${kind.zh}（${id}）`, en: `${kind.en} (${id})` };
}
