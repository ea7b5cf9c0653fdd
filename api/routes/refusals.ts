import { isoAt } from '../../domain/zone.ts';
import type { Actor } from '../../domain/agreement/command.ts';
import { commandResult } from '../commands.ts';
import { withNames } from '../privacy/person-data.ts';
import { problemTitle } from '../problem.ts';
import { route } from '../route.ts';
import * as schemas from '../schemas.ts';
import { findAgreement, zoneOf } from '../views.ts';

const SHOWN = 500;

export const listRefusals = route({
  id: 'listRefusals',
  method: 'get',
  path: '/agreements/{id}/refusals',
  summary: 'What was asked for and refused, oldest first (the last 500)',
  access: 'audit',
  params: schemas.idParams,
  answers: { 200: { description: 'The refusals', schema: schemas.refusalList } },
  handle: async ({ deps: { database }, params, language }) => {
    const zone = zoneOf(await findAgreement(database, params.id));
    const where = { agreementId: params.id };
    const [refusals, commands] = await Promise.all([
      database.refusal.findMany({ where, orderBy: { at: 'desc' }, take: SHOWN }),
      database.command.findMany({
        where: { ...where, status: 'refused' },
        orderBy: { receivedAt: 'desc' },
        take: SHOWN,
      }),
    ]);
    const items = [
      ...(await withNames(database, refusals)).map(({ at, action, code, actor, name }) => ({
        atMs: at.getTime(),
        do: action,
        code,
        message: problemTitle(code)[language],
        actor: { ...(actor as Record<string, unknown>), ...(name === null ? {} : { name }) },
      })),
      ...commands.flatMap((row) => {
        const result = commandResult(row);
        if (result.status !== 'refused') return [];
        const { seat, party, onBehalfOf, via } = (row.command as unknown as { actor: Actor }).actor;
        const actor = { seat, ...(party ? { party } : {}), ...(onBehalfOf ? { onBehalfOf } : {}), via };
        const { code, message, clauses } = result;
        return [
          { atMs: row.receivedAt.getTime(), do: row.type, code, message, ...(clauses ? { clauses } : {}), actor },
        ];
      }),
    ]
      .sort((a, b) => a.atMs - b.atMs)
      .slice(-SHOWN)
      .map(({ atMs, ...item }) => ({ at: isoAt(zone, atMs), ...item }));
    return { status: 200, body: { items } };
  },
});
