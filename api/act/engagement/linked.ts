import { type StepReference, readStep } from '../../../domain/engagement/steps.ts';
import { isThirdSeat } from '../../../domain/agreement/parties.ts';
import type { CompiledEngagement } from '../../../domain/engagement/compiled.ts';
import { isInForce } from '../../../domain/engagement/standing.ts';
import type { Instant, Text } from '../../../domain/time.ts';
import type { Database } from '../../../prisma/database.ts';
import type { ActionLink } from '../../../prisma/generated/client.ts';
import type { CommandText } from '../../commands.ts';
import { nextSteps } from '../../engagements/next.ts';
import { type EngagementProcess, engagementProcess } from '../../process/rows.ts';
import type { Asked } from '../asked.ts';
import { ACTS_OF } from './forms.ts';
import { STEP_TITLES, THIRD_PARTY } from './words.ts';

/** The engagement that a link is about, what it is for there, and whether its holder is the third party. */
export interface LinkedEngagement extends StepReference {
  process: EngagementProcess;
  isThird: boolean;
}

/** Undefined where it is not there yet, or the link's seat is another engagement's third party. */
export async function linkedEngagement(
  database: Database,
  { agreementId, seat, obligation }: Pick<ActionLink, 'agreementId' | 'seat' | 'obligation'>,
): Promise<LinkedEngagement | undefined> {
  const asked = readStep(obligation);
  if (!asked) return undefined;
  const { reference } = asked;
  const row = await database.process.findUnique({
    where: { agreementId_type_reference: { agreementId, type: 'engagement', reference } },
  });
  if (!row || row.status === 'starting') return undefined;
  const process = engagementProcess(row);
  const isThird = seat === process.input.thirdSeat;
  if (!isThird && isThirdSeat(seat)) return undefined;
  // Whoever signs last has no mail that all have signed: its link goes on to what it does under the agreement.
  const isSigned = asked.step === 'sign' && isThird && isInForce(process.state);
  return { ...asked, ...(isSigned ? { step: 'work', about: null } : {}), process, isThird };
}

/** What its page is headed with, by when it is to be done, and under which clauses. */
export async function askedIn(
  database: Database,
  { step, about, process }: LinkedEngagement,
  { seat, nowMs }: { seat: string; nowMs: Instant },
): Promise<Asked> {
  const { row, input, state } = process;
  const { identity } = (row.text ?? {}) as CommandText;
  const third = identity
    ? undefined
    : await database.seat.findUnique({
        where: { agreementId_seat: { agreementId: row.agreementId, seat: input.thirdSeat } },
        select: { person: { select: { organisation: { select: { name: true } } } } },
      });
  const name = identity?.name ?? third?.person.organisation.name;
  const awaited = nextSteps(state, nowMs).find(
    (one) => ACTS_OF[step].includes(one.act) && one.by.includes(seat) && (one.about === null || one.about === about),
  );
  return {
    title: titled(STEP_TITLES[step], name === undefined ? THIRD_PARTY : { zh: name, en: name }),
    clauses: clausesOf(input.rules)[step],
    due: awaited?.due ?? null,
  };
}

function titled(step: Text, third: Text): Text {
  return { zh: `${step.zh}（${third.zh}）`, en: `${step.en} (${third.en})` };
}

function clausesOf(rules: CompiledEngagement): Record<StepReference['step'], string[]> {
  const { reply, jointReview, agreement, acceptance, effectReview, support, cap, liability, end } = rules;
  const replied = reply?.clauses ?? rules.clauses;
  const accepted = acceptance?.clauses ?? rules.clauses;
  const capped = cap?.clauses ?? rules.clauses;
  const ended = end?.clauses ?? agreement.clauses;
  return {
    reply: replied,
    provide: replied,
    review: jointReview?.clauses ?? rules.clauses,
    sign: agreement.clauses,
    milestone: accepted,
    accept: accepted,
    effect: effectReview?.clauses ?? rules.clauses,
    support: support?.clauses ?? rules.clauses,
    cap: capped,
    'cap-consent': capped,
    loss: liability.clauses,
    end: ended,
    purpose: ended,
    settle: ended,
    work: agreement.clauses,
  };
}
