import { randomUUID } from 'node:crypto';
import type { SampleFacts } from '../../domain/survey/command.ts';
import type { CompiledSurvey } from '../../domain/survey/compiled.ts';
import type { Database } from '../../prisma/database.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { stagedSampleId } from '../../workflows/ids.ts';
import { Problem } from '../problem.ts';
import { type Drawn, type Wanted, channelsFor, drawFrom, sizeFor } from './drawing.ts';

/** Rows that one statement inserts: PostgreSQL takes 65,535 values in one. */
const AT_ONCE = 5_000;

export interface WantedSample extends Wanted {
  seed: string;
}

type Customer = Prisma.CustomerGetPayload<object>;

/** Who is asked, with the channel and the groups of that moment. */
type InviteeRow = Prisma.InviteeCreateManyInput;

/**
 * Draws from the customers of the directory: those of the tiers that the agreement names, archived ones left out; whoever
 * asked not to be surveyed, or never consented, is counted and not drawn.
 *
 * @param staging under which id the rows wait until the draw is recorded
 * @throws Problem `invalid-request`: tiers that are not of the audience, a size that is missing
 */
export async function drawnFor(
  database: Database,
  survey: CompiledSurvey,
  wanted: WantedSample,
  staging: string,
): Promise<{ sample: SampleFacts; invitees: InviteeRow[] }> {
  const tiers = wanted.tiers ?? survey.audience.tiers;
  const strange = (wanted.tiers ?? []).filter((tier) => survey.audience.tiers?.includes(tier) === false);
  if (strange.length > 0) throw notOfTheAudience(survey.audience.tiers ?? []);
  const audience = await database.customer.findMany({
    where: { archivedAt: null, erasedAt: null, ...(tiers === null ? {} : { tier: { in: [...tiers] } }) },
    orderBy: { id: 'asc' },
  });
  const willing = audience.filter(({ surveyConsent, optedOutAt }) => surveyConsent && optedOutAt === null);
  const { method, size } = sizeFor(survey, wanted, willing.length);
  if (size === null && method !== 'all') throw sizeMissing();
  const { sample, invitees } = drawFrom(
    { willing, population: audience.length },
    { method, size, seed: wanted.seed },
    channelsFor(survey, wanted.channels),
  );
  return { sample, invitees: invitees.map((one) => rowOf(one, staging)) };
}

function rowOf({ customer, channel, isReachable }: Drawn<Customer>, staging: string): InviteeRow {
  return {
    id: randomUUID(),
    workflowId: staging,
    customerId: customer.id,
    tier: customer.tier,
    branch: customer.branchId,
    department: customer.departmentId,
    channel,
    status: isReachable ? 'drawn' : 'unreachable',
  };
}

/**
 * Stores who was drawn beside the draw's command: its event puts them in place of those of an earlier draw, in the very
 * transaction that records it (activities/survey-sample.ts). So a draw that is refused changes nothing.
 */
export function stageSample(invitees: readonly InviteeRow[]): (tx: Prisma.TransactionClient) => Promise<void> {
  return async (tx) => {
    for (let from = 0; from < invitees.length; from += AT_ONCE) {
      await tx.invitee.createMany({ data: invitees.slice(from, from + AT_ONCE) });
    }
  };
}

/** Whoever was drawn by a draw that was refused is forgotten. */
export async function forgetStaged(database: Database, commandId: string): Promise<void> {
  await database.invitee.deleteMany({ where: { workflowId: stagedSampleId(commandId) } });
}

function notOfTheAudience(tiers: readonly string[]): Problem {
  const known = tiers.join(', ');
  return new Problem('invalid-request', {
    errors: [
      {
        path: 'tiers',
        message: { zh: '超出约定的调查对象', en: 'goes beyond those whom the contract names' },
        cure: { zh: `可用：${known}`, en: `use some of ${known}` },
      },
    ],
  });
}

function sizeMissing(): Problem {
  return new Problem('invalid-request', {
    errors: [
      {
        path: 'size',
        message: { zh: '协议未约定样本量', en: 'is missing: the agreement names no size of the sample' },
        cure: { zh: '填写 size，或将 method 设为 all', en: 'give `size`, or let `method` be all' },
      },
    ],
  });
}
