import { z } from 'zod';
import { isoAt } from '../../domain/zone.ts';
import { isSeated } from '../principal.ts';
import { Problem } from '../problem.ts';
import { route } from '../route.ts';
import * as schemas from '../schemas.ts';
import { zoneOf } from '../views.ts';

export const getCommand = route({
  id: 'getCommand',
  method: 'get',
  path: '/commands/{command}',
  summary: 'What became of what was asked for',
  access: 'agreements.act',
  narrows: true,
  params: z.object({ command: z.string().max(255) }),
  answers: { 200: { description: 'The command', schema: schemas.command } },
  handle: async ({ deps, params, ownOf }) => {
    const row = await deps.database.command.findUnique({ where: { id: params.command }, include: { agreement: true } });
    const isOwn = (row?.command as { actor?: { personId?: string } } | undefined)?.actor?.personId === ownOf;
    const foreign =
      row && ownOf !== null && !isOwn && !(await isSeated(deps, { agreementId: row.agreementId, personId: ownOf }));
    if (!row || foreign) throw new Problem('unknown-command');
    const result = await deps.desk.look(row.id);
    const { id, agreementId, type, receivedAt, agreement } = row;
    const head = { command: id, agreementId, type, receivedAt: isoAt(zoneOf(agreement), receivedAt.getTime()) };
    return { status: 200, body: { ...head, ...result } };
  },
});
