import type { z } from 'zod';
import { randomUUID } from 'node:crypto';
import type { Database } from '../../prisma/database.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { findSurvey } from '../process/rows.ts';
import { drawnFor } from './sample.ts';
import type { audience, audienceQuery } from './insight-schema.ts';

type Audience = z.output<typeof audience>;
type Why = Audience['left'][number]['why'];

/** Customers that an answer lists of each kind; all are counted. */
const LISTED = 100;

/**
 * Whom a draw would ask, and whom not and why: nothing is kept, nobody is drawn. Drawing with the seed that it names asks these
 * very customers, as long as the directory stays as it is.
 *
 * @throws Problem `unknown-survey`, `invalid-request` as a draw
 */
export async function audienceOf(
  database: Database,
  { agreementId, id, asked }: { agreementId: string; id: string; asked: z.output<typeof audienceQuery> },
): Promise<Audience> {
  const { input } = await findSurvey(database, agreementId, id);
  const { survey } = input;
  const wanted = { ...asked, seed: asked.seed ?? randomUUID().slice(0, 8) };
  const { sample, invitees } = await drawnFor(database, survey, wanted, 'preview');
  const tiers = asked.tiers ?? survey.audience.tiers;
  const ofTiers = tiers === null ? {} : { tier: { in: [...tiers] } };
  const living = { ...ofTiers, archivedAt: null, erasedAt: null };
  const willing = { ...living, surveyConsent: true, optedOutAt: null };
  const [population, consenting, optedOut, noConsent, archived, left, customers] = await Promise.all([
    byTier(database, living),
    byTier(database, willing),
    database.customer.count({ where: { ...living, optedOutAt: { not: null } } }),
    database.customer.count({ where: { ...living, optedOutAt: null, surveyConsent: false } }),
    database.customer.count({ where: { ...ofTiers, archivedAt: { not: null }, erasedAt: null } }),
    database.customer.findMany({
      where: {
        ...ofTiers,
        erasedAt: null,
        OR: [{ archivedAt: { not: null } }, { optedOutAt: { not: null } }, { surveyConsent: false }],
      },
      orderBy: { key: 'asc' },
      take: LISTED,
    }),
    database.customer.findMany({
      where: { id: { in: invitees.slice(0, LISTED).map(({ customerId }) => customerId) } },
      orderBy: { key: 'asc' },
    }),
  ]);
  const drawnOf = countOf(invitees.map(({ tier }) => tier));
  const byChannel = countOf(invitees.map(({ channel }) => channel));
  const lost = countOf(invitees.filter(({ status }) => status === 'unreachable').map(({ channel }) => channel));
  return {
    method: sample.method,
    seed: sample.seed,
    sha256: sample.sha256,
    population: sample.population,
    willing: sample.population - sample.optedOut,
    excluded: { optedOut, noConsent, archived },
    drawn: sample.drawn,
    unreachable: sample.unreachable,
    tiers: Object.keys(population)
      .sort()
      .map((tier) => ({
        tier,
        population: population[tier] ?? 0,
        willing: consenting[tier] ?? 0,
        drawn: drawnOf[tier] ?? 0,
      })),
    channels: Object.keys(byChannel)
      .sort()
      .map((channel) => ({ channel, drawn: byChannel[channel] ?? 0, unreachable: lost[channel] ?? 0 })),
    customers: customers.map(({ id: customerId, key, name, tier }) => {
      const row = invitees.find((one) => one.customerId === customerId);
      return { customerId, key, name, tier, channel: row?.channel ?? '', reachable: row?.status !== 'unreachable' };
    }),
    left: left.map(({ id: customerId, key, name, tier, archivedAt, optedOutAt }) => {
      const why: Why = archivedAt !== null ? 'archived' : optedOutAt !== null ? 'opted-out' : 'no-consent';
      return { customerId, key, name, tier, why };
    }),
  };
}

async function byTier(database: Database, where: Prisma.CustomerWhereInput): Promise<Record<string, number>> {
  const rows = await database.customer.groupBy({ by: ['tier'], where, _count: true });
  return Object.fromEntries(rows.map((one) => [one.tier, one._count]));
}

function countOf(keys: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
}
