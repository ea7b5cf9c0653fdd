import { z } from 'zod';
import type { Prisma } from '../../prisma/generated/client.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import { Problem } from '../problem.ts';
import { route } from '../route.ts';
import * as schemas from '../schemas.ts';
import { type Draft, seatTitles, templateOf } from '../views.ts';
import { whoOf } from '../who.ts';

const utc = z.string().meta({ description: 'ISO 8601, UTC', examples: ['2026-10-09T01:00:00.000Z'] });
const task = z
  .object({
    id: z.uuid(),
    kind: z.string().meta({ examples: ['notice-bounced', 'seat-vacant'] }),
    agreement: z.object({ id: z.uuid(), title: schemas.text, parties: z.array(z.string()) }).nullable(),
    seatTitle: schemas.text.nullable().meta({ description: 'Of the seat that it is about' }),
    about: z.record(z.string(), z.unknown()).meta({ description: 'Ids and codes alone' }),
    createdAt: utc,
    doneAt: utc.nullable(),
  })
  .meta({ id: 'Task' });
export const taskPage = z.object({ items: z.array(task), nextCursor: z.string().nullable() });

type Row = Prisma.TaskGetPayload<{ include: { agreement: true } }>;

export const listTasks = route({
  id: 'listTasks',
  method: 'get',
  path: '/tasks',
  summary: 'What a coordinator has to look at, newest first',
  access: 'tasks.read',
  query: schemas.pageQuery.extend({ status: z.enum(['open', 'done']).default('open') }),
  answers: { 200: { description: 'One page', schema: taskPage } },
  handle: async ({ deps: { database }, query }) => {
    const place = query.cursor === undefined ? undefined : readCursor(query.cursor, ['instant', 'uuid']);
    const createdAt = place && new Date(place[0]);
    const rows = await database.task.findMany({
      where: {
        doneAt: query.status === 'open' ? null : { not: null },
        ...(place && createdAt ? { OR: [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: place[1] } }] } : {}),
      },
      include: { agreement: true },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: query.limit + 1,
    });
    const page = rows.slice(0, query.limit);
    const last = page.at(-1);
    const nextCursor = rows.length > query.limit && last ? writeCursor([last.createdAt.getTime(), last.id]) : null;
    return { status: 200, body: { items: page.map(taskView), nextCursor } };
  },
});

export const postTaskDone = route({
  id: 'postTaskDone',
  method: 'post',
  path: '/tasks/{task}/done',
  summary: 'Says that a task is done; who said so first stays',
  access: 'tasks.manage',
  params: z.object({ task: z.uuid() }),
  answers: { 200: { description: 'The task', schema: task } },
  handle: async ({ deps: { database, clock }, params: { task: id }, principal }) => {
    await database.task.updateMany({
      where: { id, doneAt: null },
      data: { doneAt: new Date(clock()), doneBy: whoOf(principal) },
    });
    const row = await database.task.findUnique({ where: { id }, include: { agreement: true } });
    if (!row) throw new Problem('unknown-task');
    return { status: 200, body: taskView(row) };
  },
});

function taskView({ id, kind, agreement, about, createdAt, doneAt }: Row) {
  const template = agreement ? templateOf(agreement.template) : undefined;
  const { seat } = about as { seat?: string };
  return {
    id,
    kind,
    agreement: agreement && {
      id: agreement.id,
      title: template?.title ?? { zh: agreement.template, en: agreement.template },
      parties: Object.values((agreement.draft as Draft).parties ?? {}).map(({ name }) => name ?? ''),
    },
    seatTitle: (seat === undefined ? undefined : seatTitles(template)[seat]) ?? null,
    about,
    createdAt: createdAt.toISOString(),
    doneAt: doneAt?.toISOString() ?? null,
  };
}
