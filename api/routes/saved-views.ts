import { z } from 'zod';
import { Prisma } from '../../prisma/generated/client.ts';
import type { RouteDeps } from '../route.ts';
import { signedInAccount } from '../accounts/accounts.ts';
import { Problem } from '../problem.ts';
import { route } from '../route.ts';

/** More than these nobody finds again. */
const MOST = 50;
const PAGES = ['today', 'agreements', 'cases', 'surveys', 'improvements', 'engagements', 'evaluations'] as const;

const name = z.string().trim().min(1).max(60);
const query = z
  .string()
  .max(1_000)
  .regex(/^[^?#\s]*$/)
  .meta({ description: 'What stands behind `?` in the page’s address', examples: ['kind=case&overdue=true'] });
const savedView = z
  .object({ id: z.uuid(), page: z.enum(PAGES), name: z.string(), query: z.string() })
  .meta({ id: 'SavedView' });

const params = z.object({ view: z.uuid() });

export const listSavedViews = route({
  id: 'listSavedViews',
  method: 'get',
  path: '/saved-views',
  summary: "One's own named filters of a page",
  access: 'self',
  query: z.object({ page: z.enum(PAGES) }),
  answers: { 200: { description: 'By name', schema: z.object({ items: z.array(savedView) }) } },
  async handle({ deps, principal, query: { page } }) {
    const { account } = signedInAccount(deps, principal);
    const rows = await deps.database.savedView.findMany({
      where: { userId: account.accountId, page },
      orderBy: { name: 'asc' },
      select: { id: true, page: true, name: true, query: true },
    });
    return { status: 200, body: { items: rows } };
  },
});

export const saveView = route({
  id: 'saveView',
  method: 'post',
  path: '/saved-views',
  summary: "Keep a page's filters under a name; one that has this name already gets these filters",
  access: 'self',
  body: z.strictObject({ page: z.enum(PAGES), name, query }),
  answers: { 200: { description: 'As it is kept', schema: savedView } },
  async handle({ deps, principal, body: { page, name: called, query: filters } }) {
    const { account } = signedInAccount(deps, principal);
    const { database, clock } = deps;
    const named = { userId: account.accountId, page, name: called };
    if ((await database.savedView.count({ where: { userId: named.userId, page, name: { not: called } } })) >= MOST) {
      throw new Problem('too-many-views');
    }
    const { id } = await database.savedView.upsert({
      where: { userId_page_name: named },
      create: { ...named, query: filters, createdAt: new Date(clock()) },
      update: { query: filters },
    });
    return { status: 200, body: { id, page, name: called, query: filters } };
  },
});

export const renameView = route({
  id: 'renameView',
  method: 'patch',
  path: '/saved-views/{view}',
  summary: 'Call a saved view something else',
  access: 'self',
  params,
  body: z.strictObject({ name }),
  answers: { 200: { description: 'As it is kept', schema: savedView } },
  async handle({ deps, principal, params: { view }, body }) {
    const { account } = signedInAccount(deps, principal);
    await own(deps, account.accountId, view);
    try {
      const row = await deps.database.savedView.update({
        where: { id: view },
        data: { name: body.name },
        select: { id: true, page: true, name: true, query: true },
      });
      return { status: 200, body: row };
    } catch (error) {
      if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002')
        throw new Problem('view-name-taken');
      throw error;
    }
  },
});

export const deleteView = route({
  id: 'deleteView',
  method: 'delete',
  path: '/saved-views/{view}',
  summary: 'Forget a saved view',
  access: 'self',
  params,
  answers: { 200: { description: 'Gone', schema: z.object({}) } },
  async handle({ deps, principal, params: { view } }) {
    const { account } = signedInAccount(deps, principal);
    await own(deps, account.accountId, view);
    await deps.database.savedView.deleteMany({ where: { id: view } });
    return { status: 200, body: {} };
  },
});

/** @throws Problem `unknown-view`: there is none, or it is somebody else's, which for them is none */
async function own({ database }: Pick<RouteDeps, 'database'>, userId: string, id: string): Promise<void> {
  if ((await database.savedView.count({ where: { id, userId } })) === 0) throw new Problem('unknown-view');
}
