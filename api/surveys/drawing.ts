import { createHash } from 'node:crypto';
import type { SampleFacts } from '../../domain/survey/command.ts';
import {
  type CompiledSurvey,
  type CustomerTier,
  SURVEY_CHANNELS,
  type SurveyChannel,
} from '../../domain/survey/compiled.ts';
import { drawSample } from '../../domain/survey/sampling.ts';

/** What whoever draws may choose; what is left out is as the agreement has it. */
export interface Wanted {
  method?: SampleFacts['method'] | undefined;
  size?: number | undefined;
  tiers?: readonly CustomerTier[] | undefined;
  channels?: readonly SurveyChannel[] | undefined;
}

/** Somebody who may be drawn, as the directory of customers or a scenario has them. */
export interface Drawable {
  id: string;
  tier: string;
  branchId: string | null;
  email: string | null;
  phone: string | null;
  address: string | null;
}

/** Who was drawn, and how each is asked; whoever cannot be reached is drawn all the same, and listed as such. */
export interface Drawn<C> {
  customer: C;
  channel: SurveyChannel;
  isReachable: boolean;
}

/**
 * How many are drawn, and how: as it is wanted, else as the agreement says, a percentage of those who are willing rounded
 * up. Null is nobody's decision yet, unless all are asked.
 */
export function sizeFor(
  { sample }: CompiledSurvey,
  { method: wanted, size: given }: Wanted,
  willing: number,
): { method: SampleFacts['method']; size: number | null } {
  const share = sample.percent === undefined ? null : Math.ceil((willing * Number(sample.percent)) / 100);
  const agreed = sample.method === 'all' && given !== undefined ? 'random' : sample.method;
  const method = wanted ?? agreed;
  return { method, size: method === 'all' ? null : (given ?? sample.size ?? share) };
}

/**
 * Draws from those who are willing.
 *
 * @param population everybody whom the survey is about, the unwilling too
 * @param seed without effect where all are asked
 */
export function drawFrom<C extends Drawable>(
  { willing, population }: { willing: readonly C[]; population: number },
  { method, size, seed }: { method: SampleFacts['method']; size: number | null; seed: string },
  channels: readonly SurveyChannel[],
): { sample: SampleFacts; invitees: Drawn<C>[] } {
  const used = method === 'all' ? null : seed;
  const customers = willing.map(({ id, tier, branchId }) => ({ id, tier, branch: branchId }));
  const ids = drawSample({ customers, method, size, seed: used });
  const byId = new Map(willing.map((customer) => [customer.id, customer]));
  const invitees = ids.flatMap((id): Drawn<C>[] => {
    const customer = byId.get(id);
    return customer ? [{ customer, ...channelOf(customer, channels) }] : [];
  });
  return {
    invitees,
    sample: {
      sha256: createHash('sha256')
        .update(ids.map((id) => `${id}\n`).join(''))
        .digest('hex'),
      method,
      seed: used,
      population,
      drawn: ids.length,
      unreachable: invitees.filter(({ isReachable }) => !isReachable).length,
      optedOut: population - willing.length,
    },
  };
}

/** Ways to ask in the order in which they are tried, a mail before a call; those that are wanted, else the agreed ones. */
export function channelsFor({ channels }: CompiledSurvey, wanted: readonly SurveyChannel[] = []): SurveyChannel[] {
  if (wanted.length > 0) return [...wanted];
  const agreed = SURVEY_CHANNELS.filter((one) => channels.includes(one));
  return agreed.length > 0 ? agreed : ['email'];
}

/** The first of these by which a customer can be asked. */
function channelOf(
  { email, phone, address }: Drawable,
  channels: readonly SurveyChannel[],
): Pick<Drawn<unknown>, 'channel' | 'isReachable'> {
  const reaches: Record<SurveyChannel, boolean> = {
    email: email !== null,
    online: email !== null,
    phone: phone !== null,
    sms: phone !== null,
    letter: address !== null,
    paper: true,
    'face-to-face': true,
  };
  const channel = channels.find((one) => reaches[one]);
  return { channel: channel ?? channels[0] ?? 'email', isReachable: channel !== undefined };
}
