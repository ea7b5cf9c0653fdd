import { z } from 'zod';
import { isoAt } from '../../domain/zone.ts';
import { linkPage } from '../links/link-views.ts';
import { reissueLink } from '../links/reissue.ts';
import { Problem } from '../problem.ts';
import { route } from '../route.ts';
import * as schemas from '../schemas.ts';
import { findAgreement, zoneOf } from '../views.ts';

export const listLinks = route({
  id: 'listLinks',
  method: 'get',
  path: '/agreements/{id}/links',
  summary:
    'Links that went out by mail, newest first: for whom, for what, until when, used or withdrawn; never a token',
  access: 'audit',
  params: schemas.idParams,
  query: schemas.pageQuery,
  answers: {
    200: {
      description: 'One page',
      schema: z.object({
        items: z.array(
          z
            .object({
              id: z.uuid(),
              purpose: z.string(),
              person: z.object({ id: z.uuid(), name: z.string() }).nullable(),
              seat: z.string(),
              seatTitle: schemas.text,
              obligation: z.string().nullable().meta({ description: '`id`, `id#occurrence`' }),
              title: schemas.text.nullable(),
              createdAt: z.string(),
              expiresAt: z.string(),
              usedAt: z.string().nullable().meta({ description: 'The last act by it' }),
              revokedAt: z.string().nullable(),
              state: z
                .enum(['live', 'expired', 'revoked', 'void'])
                .meta({ description: '`void`: its person neither fills the seat nor stands in today' }),
            })
            .meta({ id: 'Link' }),
        ),
        nextCursor: z.string().nullable(),
      }),
    },
  },
  handle: async ({ deps: { database, clock }, params, query }) => ({
    status: 200,
    body: await linkPage({ database, nowMs: clock() }, params.id, query),
  }),
});

export const postLinkRevocation = route({
  id: 'revokeLink',
  method: 'post',
  path: '/links/{linkId}/revocation',
  summary: 'Withdraw a link: it opens nothing any more; again, nothing changes',
  access: 'agreements.manage',
  params: z.object({ linkId: z.uuid() }),
  body: z.strictObject({}),
  answers: { 200: { description: 'Withdrawn', schema: z.object({ id: z.uuid(), revokedAt: z.string() }) } },
  handle: async ({ deps: { database, clock }, params: { linkId } }) => {
    const row = await database.actionLink.findUnique({ where: { id: linkId } });
    if (!row) throw new Problem('link-unknown');
    const now = new Date(clock());
    await database.actionLink.update({
      where: { id: linkId },
      data: { revokedAt: row.revokedAt ?? now, revokedBy: 'coordinator' },
    });
    const zone = zoneOf(await findAgreement(database, row.agreementId));
    return { status: 200, body: { id: linkId, revokedAt: isoAt(zone, (row.revokedAt ?? now).getTime()) } };
  },
});

export const postLinkReissue = route({
  id: 'reissueLink',
  method: 'post',
  path: '/agreements/{id}/links/{linkId}/reissue',
  summary: 'Mail a fresh link to the same person for the same matter; the old one is withdrawn',
  access: 'agreements.manage',
  params: schemas.idParams.extend({ linkId: z.uuid() }),
  body: z.strictObject({}),
  answers: { 200: { description: 'Mailed', schema: z.object({ expiresAt: z.string() }) } },
  handle: async ({ deps, params, principal }) => {
    const row = await deps.database.actionLink.findUnique({ where: { id: params.linkId } });
    if (row?.agreementId !== params.id) throw new Problem('link-unknown');
    const expiresAt = await reissueLink(deps, row, principal);
    const zone = zoneOf(await findAgreement(deps.database, params.id));
    return { status: 200, body: { expiresAt: isoAt(zone, expiresAt.getTime()) } };
  },
});
