import { answersFor } from '../domain/agreement/parties.ts';
import { hasEnded } from '../domain/improvement/standing.ts';
import type { ImprovementState } from '../domain/improvement/state.ts';
import type { SurveyState } from '../domain/survey/state.ts';
import type { Text } from '../domain/time.ts';
import type { Actor } from '../domain/agreement/command.ts';
import type { SurveyAct } from './survey-acts.ts';

/** A cycle, and what became of a finding, as they stand. */
export interface Cycle {
  workflowId: string;
  state: SurveyState;
}
export interface Plan {
  workflowId: string;
  state: ImprovementState;
}

type CycleDo =
  | 'propose'
  | 'accept'
  | 'design'
  | 'draw'
  | 'publish'
  | 'respond'
  | 'close'
  | 'release'
  | 'set-weights'
  | 'raise'
  | 'approve';

const isPlanned = ({ status }: SurveyState): boolean => status === 'planned' || status === 'missed';
const isPublished = ({ status }: SurveyState): boolean => ['open', 'closed', 'analysed', 'reported'].includes(status);

/** Whether an act of a cycle can be meant for it. */
const FITS: Record<CycleDo, (state: SurveyState) => boolean> = {
  propose: (state) => isPlanned(state) && state.agreedDate === null,
  accept: (state) => isPlanned(state) && state.date !== null && !state.date.agreed,
  design: isPlanned,
  draw: isPlanned,
  approve: (state) => isPlanned(state) && state.questionnaire !== null,
  publish: isPlanned,
  respond: ({ status }) => status === 'open',
  close: ({ status }) => status === 'open',
  release: ({ status }) => status === 'analysed',
  'set-weights': isPublished,
  raise: isPublished,
};

/**
 * The cycle that an act means: the one that is named, else the earliest that it fits, else the latest there is, which says
 * itself why not. Undefined: none has begun.
 */
export function cycleMeant(
  act: { do: CycleDo; survey?: string | undefined; occurrence?: string | undefined },
  cycles: readonly Cycle[],
): Cycle | undefined {
  const { occurrence } = act;
  const ofSurvey = cycles
    .filter(({ state }) => act.survey === undefined || state.input.survey.obligation === act.survey)
    .sort((a, b) => a.state.input.due.dueAtMs - b.state.input.due.dueAtMs || (a.workflowId < b.workflowId ? -1 : 1));
  if (occurrence !== undefined) {
    const exact = ofSurvey.find(({ state }) => state.input.occurrence === occurrence);
    const inside = ofSurvey.filter(({ state }) => isWithin(state.input.occurrence ?? '', occurrence));
    return exact ?? (inside.length === 1 ? inside[0] : undefined);
  }
  const fitting = ofSurvey.filter(({ state }) => FITS[act.do](state));
  const published = ofSurvey.filter(({ state }) => isPublished(state));
  if (act.do === 'set-weights' || act.do === 'raise') return fitting.at(-1) ?? ofSurvey.at(-1);
  // What comes after the close came late to the one that was closed last.
  return fitting[0] ?? (act.do === 'respond' ? published.at(-1) : undefined) ?? ofSurvey.at(-1);
}

/** Whether a start date lies in a calendar period (an interval from the effect is often called by its quarter), or the reverse. */
function isWithin(one: string, other: string): boolean {
  const [date, period] = one.length >= other.length ? [one, other] : [other, one];
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return false;
  const month = Number(date.slice(5, 7));
  const quarter = `${date.slice(0, 4)}-Q${Math.ceil(month / 3)}`;
  const half = `${date.slice(0, 4)}-H${month <= 6 ? 1 : 2}`;
  return [quarter, half, date.slice(0, 7), date.slice(0, 4)].includes(period);
}

type PlanDo = Exclude<Extract<SurveyAct, { finding?: unknown }>['do'], 'raise'> | 'merge';

const FITS_PLAN: Record<PlanDo, (state: ImprovementState) => boolean> = {
  classify: ({ status }) => status === 'raised',
  merge: ({ status }) => status === 'raised' || status === 'classified',
  dismiss: ({ status }) => status === 'raised' || status === 'classified',
  investigate: ({ status, causeFoundAtMs }) =>
    (status === 'raised' || status === 'classified') && causeFoundAtMs === null,
  plan: ({ status }) => status === 'classified',
  approve: ({ status }) => status === 'planned',
  reject: ({ status }) => status === 'planned',
  complete: ({ status }) => status === 'approved',
  check: ({ status }) => status === 'approved',
  verify: ({ status }) => status === 'implemented',
  answer: (state) => state.status === 'effective' && state.answeredAtMs === null,
  judge: ({ status, answeredAtMs }) => status === 'effective' && answeredAtMs !== null,
  publish: (state) => state.publishedAtMs === null && state.status !== 'raised' && !hasEnded(state),
  close: ({ status }) => status === 'effective',
};

interface Named {
  do: PlanDo;
  finding?: string | undefined;
  plan?: string | undefined;
  survey?: string | undefined;
  occurrence?: string | undefined;
  dimension?: string | undefined;
}

/**
 * The findings, or their plans, that an act means: those that are named, else all that it fits; of these those that the
 * actor answers for, where there are such. Where it fits none, the latest there is, which says itself why not.
 *
 * @param titles of dimensions, by id
 */
export function plansMeant(
  act: Named,
  plans: readonly Plan[],
  { actor, titles }: { actor: Actor; titles: Record<string, Text> },
): Plan[] {
  const { finding, plan, survey, occurrence, dimension } = act;
  const given = finding ?? plan;
  const isNamed = ({ input, finding: { dimension: id } }: ImprovementState, name: string): boolean => {
    const { reference } = input;
    return reference === name || reference.endsWith(`/${name}`) || isCalled(id, name, titles);
  };
  const inOrder = [...plans].sort(
    (a, b) => a.state.input.raisedAtMs - b.state.input.raisedAtMs || (a.workflowId < b.workflowId ? -1 : 1),
  );
  const meant = inOrder.filter(({ state }) => {
    const about = state.finding.about ?? '';
    return (
      (given === undefined || isNamed(state, given)) &&
      (survey === undefined || about === survey || about.startsWith(`${survey}#`)) &&
      (occurrence === undefined ||
        about.endsWith(`#${occurrence}`) ||
        isWithin(about.split('#')[1] ?? '', occurrence)) &&
      (dimension === undefined || isCalled(state.finding.dimension, dimension, titles))
    );
  });
  const fitting = meant.filter(({ state }) => FITS_PLAN[act.do](state));
  const own = fitting.filter(({ state }) =>
    ownersOf(act.do, state).some((seat) => answersFor(state.input, actor, seat)),
  );
  if (own.length > 0) return own;
  return fitting.length > 0 ? fitting : meant.slice(-1);
}

/** Who does this, of several findings. */
function ownersOf(what: PlanDo, { input, department, measures }: ImprovementState): string[] {
  if (what === 'plan' || what === 'answer') return [department ?? input.rules.planner];
  if (what === 'complete')
    return measures.filter(({ completedAtMs }) => completedAtMs === null).map(({ owner }) => owner);
  return [];
}

/** Whether a word names a dimension: its id, or its title in either language. */
export function isCalled(id: string | null, word: string, titles: Record<string, Text>): boolean {
  if (id === null) return false;
  const plain = (text: string): string => text.trim().toLowerCase();
  const title = Object.hasOwn(titles, id) ? titles[id] : undefined;
  return [id, title?.zh, title?.en].some((name) => name !== undefined && plain(name) === plain(word));
}
