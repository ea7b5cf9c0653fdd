import type { Actor, PersonCommand, Submit } from '../agreement/command.ts';
import { answersFor } from '../agreement/parties.ts';
import { referenceOf } from '../agreement/reference.ts';
import type { DocumentRef, Errand, ProcessCommandEnvelope } from '../process/process.ts';
import type { Instant } from '../time.ts';
import type { FulfilledDuty, SurveyInput } from './compiled.ts';
import { subjectOf } from './cycle.ts';
import type { SurveyState } from './state.ts';

type Told = PersonCommand extends infer C
  ? C extends PersonCommand
    ? Omit<C, 'id' | 'receivedAtMs' | 'actor'>
    : never
  : never;

const STEP: Partial<Record<PersonCommand['type'], number>> = { submit: 1, review: 2, circulate: 3 };

/**
 * What the agreement is told of somebody's act here. Its id says which step of which process it comes from: told twice,
 * it counts once.
 */
function tellAgreement(
  { input, sequence }: SurveyState,
  told: Told,
  actor: Actor,
  receivedAtMs: Instant,
): Extract<Errand, { kind: 'tell' }> {
  const about = 'obligation' in told && told.obligation !== undefined ? told.obligation : 'agreement';
  // Two of one step come at the same instant: then the agreement takes them by their ids.
  const id = `${input.workflowId} ${sequence + 1} ${STEP[told.type] ?? 9}-${told.type} ${about}`;
  const command = { ...told, id, receivedAtMs, actor: { ...actor, via: 'workflow' as const } };
  return { kind: 'tell', workflowId: `agreement/${input.agreementId}`, command };
}

function dutyOf({ duties, survey }: SurveyInput, id: string, owner: string = survey.responsible): FulfilledDuty {
  return duties?.[id] ?? { responsible: owner, parts: [], reviewers: [] };
}

function submitted(
  input: SurveyInput,
  duty: string,
  documents: DocumentRef[],
): Omit<Submit, keyof ProcessCommandEnvelope> {
  const { parts } = dutyOf(input, duty);
  const { occurrence } = subjectOf(input);
  return {
    type: 'submit',
    obligation: duty,
    ...(occurrence === undefined ? {} : { occurrence }),
    documents,
    ...(parts.length === 0 ? {} : { parts }),
  };
}

/** The cycle is done with its close: its own duty is handed in then, by whoever published it. */
export function cycleHandedIn(state: SurveyState, atMs: Instant): Errand[] {
  const { input, publishedBy } = state;
  if (publishedBy === null) return [];
  return [tellAgreement(state, submitted(input, input.survey.obligation, []), publishedBy, atMs)];
}

/** A date that both agreed on is handed in by the one that owes it, and accepted by the others where that is asked for. */
export function dateHandedIn(
  state: SurveyState,
  acceptedBy: { seat: string; actor: Actor }[],
  atMs: Instant,
): Errand[] {
  const { input } = state;
  const { date } = input.survey.fulfils;
  if (date === null) return [];
  const { responsible, reviewers } = dutyOf(input, date);
  const actors = acceptedBy.map(({ actor }) => actor);
  const owner = actors.find((actor) => answersFor(input, actor, responsible));
  if (owner === undefined) return [];
  const { occurrence } = subjectOf(input);
  const verdict = {
    type: 'review' as const,
    obligation: date,
    ...(occurrence === undefined ? {} : { occurrence }),
    verdict: 'accept' as const,
    pointCount: 0,
  };
  // Whom the coordinator entered a proposal for accepts in the agreement by itself: nobody answers for the other side.
  const speakers = actors.filter(({ onBehalfOf }) => onBehalfOf === undefined);
  const others = reviewers.flatMap((seat) => {
    const actor = seat === responsible ? undefined : speakers.find((one) => answersFor(input, one, seat));
    return actor === undefined ? [] : [{ seat, actor }];
  });
  const handIn = submitted(input, date, []);
  const accepted = others.length === 0 ? handIn : { ...handIn, acceptedBy: others.map(({ seat }) => seat) };
  return [
    tellAgreement(state, accepted, owner, atMs),
    ...others.map(({ actor }, index) => {
      const told = tellAgreement(state, verdict, actor, atMs);
      return index === 0 ? told : { ...told, command: { ...told.command, id: `${told.command.id} ${index + 1}` } };
    }),
  ];
}

/** Who is asked is known: the list was supplied, where whoever owes it drew. */
export function audienceHandedIn(state: SurveyState, { actor, receivedAtMs }: ProcessCommandEnvelope): Errand[] {
  const { input } = state;
  const { audience } = input.survey.fulfils;
  if (audience === null || !answersFor(input, actor, dutyOf(input, audience).responsible)) return [];
  return [tellAgreement(state, submitted(input, audience, []), actor, receivedAtMs)];
}

/** The report fulfils its duty, and is to be read by those who confirm that. */
export function reportHandedIn(
  state: SurveyState,
  { actor, receivedAtMs, documents }: ProcessCommandEnvelope & { documents: DocumentRef[] },
  readers: string[],
): Errand[] {
  const { input } = state;
  const { report } = input.survey.fulfils;
  const what = referenceOf(report === null ? subjectOf(input) : { ...subjectOf(input), obligation: report });
  return [
    ...(report === null ? [] : [tellAgreement(state, submitted(input, report, documents), actor, receivedAtMs)]),
    ...(readers.length === 0
      ? []
      : [tellAgreement(state, { type: 'circulate', what, readers, documents }, actor, receivedAtMs)]),
  ];
}
