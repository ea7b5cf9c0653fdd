import type { CommandText } from '../api/commands.ts';
import type { Actor, DocumentRef } from '../domain/agreement/command.ts';
import { CUSTOMER } from '../domain/agreement/parties.ts';
import { present } from '../domain/fields.ts';
import type { ImprovementInput, ImprovementPersonCommand, Measure } from '../domain/improvement/command.ts';
import { raisersWeight } from '../domain/improvement/priority.ts';
import type { ImprovementState } from '../domain/improvement/state.ts';
import { addDays } from '../domain/local-date.ts';
import type { ProcessCommandEnvelope } from '../domain/process/process.ts';
import type { SurveyPersonCommand } from '../domain/survey/command.ts';
import type { CompiledImprovement } from '../domain/survey/compiled.ts';
import { dissatisfied, improvementId, severityOf } from '../domain/survey/finding.ts';
import type { LocalDate, Text } from '../domain/time.ts';
import { type SurveyAct, checkVerdict, effectVerdict, isSentBack } from './survey-acts.ts';
import { type Cycle, type Plan, cycleMeant, isCalled, plansMeant } from './survey-finding.ts';
import { type SurveyStep, customerOf } from './survey-step.ts';

/** A measure that is made is due after so many days. */
const MADE_MEASURE_DAYS = 30;

type Order<C> = C extends ProcessCommandEnvelope ? Omit<C, keyof ProcessCommandEnvelope> : never;
export type SurveyOrder = Order<SurveyPersonCommand>;
export type ImprovementOrder = Order<ImprovementPersonCommand>;

/** One thing to be done in the world for an act; an act may need several, in order. */
export type ToDo =
  /** A command; where it bears documents, `file` or one that is made. */
  | {
      what: 'command';
      workflowId: string;
      order: SurveyOrder | ImprovementOrder;
      text?: CommandText;
      bringsDocument?: true;
    }
  /** A questionnaire is stored and designed; without `questionnaire`, one is made. */
  | { what: 'design'; cycle: Cycle; questionnaire?: Record<string, unknown>; weights?: Record<string, string> }
  | { what: 'draw'; cycle: Cycle; wanted: Extract<SurveyAct, { do: 'draw' }> }
  | { what: 'respond'; cycle: Cycle }
  /** An improvement that no cycle raises. */
  | { what: 'start'; input: Omit<ImprovementInput, 'workflowId' | 'reference'>; finding: string; text?: CommandText };

/** Why nothing can be done. */
export interface Refused {
  refused: 'not-in-force' | 'agreement-ended' | 'not-open-yet' | 'unknown-improvement' | 'not-provided';
  message: string;
}

/** What is there when somebody acts. */
export interface Situation {
  cycles: readonly Cycle[];
  plans: readonly Plan[];
  /** Of dimensions and parts, by id. */
  titles: Record<string, Text>;
  /** Ids of customers by key, and their tiers. */
  customerIds: Record<string, string>;
  customerTiers: Record<string, string>;
  /** As the agreement stands; missing: in force. */
  agreementStatus?: string;
  /** The agreement is suspended as a whole since then. */
  suspendedFrom?: LocalDate;
  /** What becomes of findings under the agreement. */
  improvement: CompiledImprovement | null;
  /** What an improvement knows of the agreement. */
  frame: Pick<
    ImprovementInput,
    'format' | 'agreementId' | 'zone' | 'calendar' | 'noticeHours' | 'parties' | 'seats' | 'seatParties'
  >;
  actor: Actor;
  today: LocalDate;
  atMs: number;
}

/** Documents are put in by whoever brings them. */
const NONE: DocumentRef[] = [];

/** Who acts: a customer for itself, known by its opaque id; else whoever fills the seat. */
export function speaking({ as }: Pick<SurveyStep, 'as'>, seated: Actor, customerIds: Record<string, string>): Actor {
  const customer = customerOf(as);
  return customer === undefined ? seated : { personId: customerIds[customer] ?? as, seat: CUSTOMER, via: seated.via };
}

/** What an act asks for, as things stand: of what it leaves out, what is made in its place. */
export function toDoFor({ said, as, questionnaire }: SurveyStep, situation: Situation): ToDo[] | Refused {
  const { plans, actor, titles } = situation;
  const outside = outsideItsLife(situation);
  if (outside) return outside;
  const named = (act: Parameters<typeof plansMeant>[0]): Plan[] => plansMeant(act, plans, { actor, titles });
  switch (said.do) {
    case 'propose':
    case 'accept':
    case 'design':
    case 'draw':
    case 'respond':
    case 'release':
    case 'set-weights':
      return ofCycle(said, situation, questionnaire);
    case 'publish':
      return isAboutPlan(said) ? each(named(said), publishedResults) : ofCycle(said, situation, questionnaire);
    case 'close':
      return isAboutPlan(said)
        ? each(named(said), ({ workflowId }) => command(workflowId, { type: 'close' }))
        : ofCycle(said, situation, questionnaire);
    case 'approve':
      if (said.what === 'questionnaire') return ofCycle(said, situation, questionnaire);
      return each(named(said), ({ workflowId, state: { version } }) =>
        isSentBack(said.verdict)
          ? sentBack(workflowId, version, said.points ?? [])
          : command(workflowId, { type: 'approve-plan', version }),
      );
    case 'reject':
      return each(named(said), ({ workflowId, state: { version } }) => sentBack(workflowId, version, said.points));
    case 'raise':
      return raised(said, situation);
    case 'classify':
      return classifying(said, named(said), situation);
    case 'merge':
      return merged(said, situation);
    case 'dismiss':
      return each(named(said), ({ workflowId }) =>
        command(workflowId, { type: 'dismiss' }, { text: { reason: said.reason } }),
      );
    case 'investigate':
      return each(named(said), ({ workflowId }) =>
        brought(workflowId, { type: 'investigate', documents: NONE }, { text: { cause: said.cause } }),
      );
    case 'plan':
      return each(named(said), (plan) => planned(said, plan, situation));
    case 'complete':
      return each(named(said), ({ workflowId, state }) => completed(said, workflowId, state, actor));
    case 'check': {
      const verdict = checkVerdict(said.verdict ?? 'on-track');
      return each(named(said), ({ workflowId }) => brought(workflowId, { type: 'check', verdict, documents: NONE }));
    }
    case 'verify': {
      const verdict = effectVerdict(said.verdict ?? 'effective');
      return each(named(said), ({ workflowId }) => brought(workflowId, { type: 'verify', verdict, documents: NONE }));
    }
    case 'answer':
      return each(named(said), ({ workflowId, state }) => {
        const customers = said.customers?.flatMap((key) => situation.customerIds[key] ?? []) ?? state.finding.raisedBy;
        return command(workflowId, { type: 'answer-customers', customers }, textOf(said.reason));
      });
    case 'judge': {
      const customer = situation.customerIds[customerOf(as) ?? said.customer ?? ''];
      return each(named(said), ({ workflowId, state }) => {
        const meant = customer ?? state.answeredCustomers[0] ?? '';
        const { satisfied } = said;
        return command(workflowId, { type: 'customer-verdict', customer: meant, satisfied }, textOf(said.reason));
      });
    }
  }
}

function isAboutPlan({ finding, plan }: { finding?: string | undefined; plan?: string | undefined }): boolean {
  return finding !== undefined || plan !== undefined;
}

type OfCycle = Extract<
  SurveyAct,
  {
    do:
      | 'propose'
      | 'accept'
      | 'design'
      | 'draw'
      | 'publish'
      | 'respond'
      | 'close'
      | 'release'
      | 'set-weights'
      | 'approve';
  }
>;

function ofCycle(said: OfCycle, situation: Situation, questionnaire?: Record<string, unknown>): ToDo[] | Refused {
  const cycle = cycleMeant(said, situation.cycles);
  if (!cycle) return noCycle(said);
  const { workflowId, state } = cycle;
  switch (said.do) {
    case 'propose':
      return [command(workflowId, { type: 'propose-date', date: said.date }, textOf(said.reason))];
    case 'accept': {
      const date = said.date ?? state.date?.proposed ?? situation.today;
      return [command(workflowId, { type: 'accept-date', date })];
    }
    case 'approve': {
      const { version } = state;
      return [command(workflowId, { type: 'approve-questionnaire', version })];
    }
    case 'design':
      return [
        {
          what: 'design',
          cycle,
          ...present({ questionnaire, weights: said.weights && byId(fractions(said.weights), situation) }),
        },
      ];
    case 'draw':
      return [{ what: 'draw', cycle, wanted: said }];
    case 'publish': {
      const isPlanned = state.status === 'planned' || state.status === 'missed';
      return [
        ...(isPlanned && state.questionnaire === null ? [{ what: 'design' as const, cycle }] : []),
        ...(isPlanned && state.sample === null
          ? [{ what: 'draw' as const, cycle, wanted: { do: 'draw' as const, survey: state.input.survey.obligation } }]
          : []),
        // Where the contract leaves open how it is asked, the script that names no way means the mail that goes out anyway.
        command(workflowId, {
          type: 'publish',
          channels: said.channels ?? (state.input.survey.channels.length === 0 ? ['email'] : []),
        }),
      ];
    }
    case 'respond':
      return [{ what: 'respond', cycle }];
    case 'close':
      return [command(workflowId, { type: 'close' })];
    case 'release':
      return [brought(workflowId, { type: 'release', documents: NONE }, textOf(said.judgement))];
    case 'set-weights':
      return [command(workflowId, { type: 'set-weights', weights: byId(fractions(said.weights), situation) })];
  }
}

/** Before the agreement is in force nothing runs, and after its end nothing more is done. */
function outsideItsLife({ agreementStatus: status = 'active' }: Situation): Refused | undefined {
  const message = `the agreement is ${status}`;
  if (status === 'draft' || status === 'awaiting-signatures') return { refused: 'not-in-force', message };
  if (['terminated', 'expired', 'closed'].includes(status)) return { refused: 'agreement-ended', message };
  return undefined;
}

function noCycle({ survey, occurrence }: { survey?: string | undefined; occurrence?: string | undefined }): Refused {
  const name = `${survey ?? 'survey'}${occurrence === undefined ? '' : `#${occurrence}`}`;
  return { refused: 'not-open-yet', message: `no cycle of ${name} has begun` };
}

/** What a cycle weighs with where nothing is said: what the latest cycle before it has set, else as the agreement says. */
export function weightsOf({ state: { input } }: Cycle, cycles: readonly Cycle[]): Record<string, string> {
  const before = cycles
    .filter(({ state }) => state.input.survey.obligation === input.survey.obligation)
    .filter(({ state }) => state.nextWeights !== null && state.input.due.dueAtMs < input.due.dueAtMs)
    .sort((a, b) => a.state.input.due.dueAtMs - b.state.input.due.dueAtMs);
  return before.at(-1)?.state.nextWeights ?? {};
}

/** Weights by the ids of what they weigh. */
function byId(weights: Record<string, string>, { titles }: Situation): Record<string, string> {
  const idOf = (name: string): string => Object.keys(titles).find((id) => isCalled(id, name, titles)) ?? name;
  return Object.fromEntries(Object.entries(weights).map(([name, weight]) => [idOf(name), weight]));
}

function fractions(weights: Record<string, string | number>): Record<string, string> {
  return Object.fromEntries(Object.entries(weights).map(([name, weight]) => [name, String(weight)]));
}

function raised(said: Extract<SurveyAct, { do: 'raise' }>, situation: Situation): ToDo[] | Refused {
  const { titles, frame, improvement, actor, atMs, customerIds, customerTiers } = situation;
  const standstill = present({ suspendedFrom: situation.suspendedFrom });
  const text = textOf(said.reason);
  const dimension = said.dimension === undefined ? null : dimensionCalled(said.dimension, titles);
  const { finding, source = 'survey', frequency = 1, severity = 3 } = said;
  const keys = [...new Set(said.customers ?? [])];
  const raisedBy = keys.flatMap((key) => customerIds[key] ?? []);
  const customerWeight = raisersWeight(keys.map((key) => customerTiers[key] ?? 'ordinary'));
  const cycle = cycleMeant(said, situation.cycles);
  if (source === 'survey') {
    if (!cycle) return noCycle(said);
    const whose = { ...(raisedBy.length === 0 ? {} : { raisedBy, customerWeight }), ...standstill };
    return [command(cycle.workflowId, { type: 'raise', finding, dimension, frequency, severity, ...whose }, text)];
  }
  if (!improvement) return { refused: 'not-provided', message: 'this agreement knows no improvements' };
  return [
    {
      what: 'start',
      finding,
      input: {
        ...frame,
        rules: improvement,
        finding: {
          source,
          about: said.survey === undefined ? null : (cycle?.state.input.reference ?? null),
          dimension,
          frequency,
          severity,
          customerWeight,
          measured: null,
          raisedBy,
        },
        clauses: improvement.clauses,
        raisedAtMs: atMs,
        ...standstill,
        actor,
      },
      ...text,
    },
  ];
}

function dimensionCalled(name: string, titles: Record<string, Text>): string {
  return Object.keys(titles).find((id) => isCalled(id, name, titles)) ?? name;
}

/**
 * Findings are classified; where the cycle that was analysed last has raised none, whoever classifies raises what it says
 * is wrong, else the dimension that customers are least satisfied with.
 */
function classifying(
  said: Extract<SurveyAct, { do: 'classify' }>,
  named: readonly Plan[],
  { cycles, plans, titles, improvement, suspendedFrom }: Situation,
): ToDo[] | Refused {
  const name = said.finding ?? said.plan;
  const isNone = named.length === 0 || (name === undefined && !named.some(({ state }) => state.status === 'raised'));
  if (!isNone || !improvement)
    return each(named, ({ workflowId, state }) => classified(said, workflowId, state.input.rules));
  const analysed = cycles
    .filter(({ state }) => state.figures !== null)
    .filter(({ state }) => said.survey === undefined || state.input.survey.obligation === said.survey)
    .filter(({ state }) => said.occurrence === undefined || state.input.occurrence === said.occurrence)
    .sort((a, b) => (b.state.closedAtMs ?? 0) - (a.state.closedAtMs ?? 0));
  const cycle = analysed[0];
  const figures = cycle?.state.figures;
  if (!cycle || !figures)
    return each(named, ({ workflowId, state }) => classified(said, workflowId, state.input.rules));
  const measured = figures.dimensions
    .filter(({ measures }) => measures.mean !== null)
    .sort((a, b) => Number(a.measures.mean?.value) - Number(b.measures.mean?.value));
  const word = said.dimension ?? name;
  const meant = measured.find(({ id }) => word !== undefined && isCalled(id, word, titles));
  const low = meant ?? (said.dimension === undefined ? measured[0] : undefined);
  const finding = name ?? low?.id ?? said.dimension ?? 'finding';
  const workflowId = improvementId(cycle.state.input, finding);
  // It was raised, and is under way: it says itself why it is not classified again.
  const known = plans.find((plan) => plan.workflowId === workflowId);
  if (known) return [classified(said, workflowId, known.state.input.rules)];
  return [
    command(cycle.workflowId, {
      type: 'raise',
      finding,
      dimension: low?.id ?? null,
      frequency: low ? dissatisfied(low.measures) : 1,
      severity: said.severity ?? (low?.measures.mean ? severityOf(low.measures.mean.value, figures.scale) : 3),
      ...present({ suspendedFrom }),
    }),
    classified(said, workflowId, improvement),
  ];
}

function classified(
  said: Extract<SurveyAct, { do: 'classify' }>,
  workflowId: string,
  { categories }: CompiledImprovement,
): ToDo {
  const category = said.category ?? categories[0] ?? null;
  const { severity, department } = said;
  return command(workflowId, { type: 'classify', category, ...present({ severity, department }) }, textOf(said.reason));
}

function merged(said: Extract<SurveyAct, { do: 'merge' }>, { plans, actor, titles }: Situation): ToDo[] | Refused {
  const [one] = plansMeant(said, plans, { actor, titles });
  const [other] = plansMeant({ do: 'merge', finding: said.into }, plans, { actor, titles });
  if (!one || !other)
    return { refused: 'unknown-improvement', message: `there is no finding ${one ? said.into : said.finding}` };
  return [command(one.workflowId, { type: 'merge', into: other.state.input.reference }, textOf(said.reason))];
}

function planned(
  said: Extract<SurveyAct, { do: 'plan' }>,
  { workflowId, state }: Plan,
  { today, cycles, titles }: Situation,
): ToDo {
  const { rules } = state.input;
  const owner = ownerOf(state);
  const dueOn = addDays(today, MADE_MEASURE_DAYS);
  const measures = (said.measures ?? ['']).map((given, index): Measure => {
    const one = typeof given === 'string' ? {} : given;
    const kind = one.kind !== undefined && rules.measureTypes.includes(one.kind) ? one.kind : 'other';
    return {
      id: one.measure ?? `measure-${index + 1}`,
      kind: one.kind === undefined ? 'other' : kind,
      owner: one.owner ?? owner,
      dueOn: one.dueOn ?? dueOn,
    };
  });
  const words = (said.measures ?? []).flatMap((given) => (typeof given === 'string' ? [given] : (given.what ?? [])));
  return brought(
    workflowId,
    { type: 'plan', hasCause: true, goal: goalOf(said, state, cycles, titles), measures, documents: NONE },
    {
      text: {
        ...(said.cause === undefined ? {} : { cause: said.cause }),
        ...(words.length === 0 ? {} : { points: words }),
      },
    },
  );
}

/** Whoever plans owns what is made, unless that is who checks it. */
function ownerOf({ input, department }: ImprovementState): string {
  const { rules, parties, seats } = input;
  const candidates = [department ?? rules.planner, rules.planner, ...rules.departments, ...parties];
  return (
    candidates.find((seat) => seat !== rules.checks?.by && (seats.includes(seat) || parties.includes(seat))) ??
    rules.planner
  );
}

/** A tenth of the scale more than was measured, to one place. */
function better(measured: string, { min, max }: { min: number; max: number }): string {
  return String(Math.min(max, Math.ceil((Number(measured) + (max - min) / 10) * 10) / 10));
}

/**
 * What the next cycle is to measure: as it is said, of the finding's dimension where none is named; else that the dimension
 * is no longer low, or, where no threshold is agreed, is better by a tenth of the scale. Null where nothing is measured.
 */
function goalOf(
  { goal }: Extract<SurveyAct, { do: 'plan' }>,
  { finding, goal: before }: ImprovementState,
  cycles: readonly Cycle[],
  titles: Record<string, Text>,
): { dimension: string; atLeast: string } | null {
  const { dimension } = finding;
  if (typeof goal === 'object') {
    const named = goal.dimension === undefined ? dimension : dimensionCalled(goal.dimension, titles);
    return named === null ? null : { dimension: named, atLeast: String(goal.atLeast) };
  }
  if (dimension === null) return null;
  if (goal !== undefined) return { dimension, atLeast: String(goal) };
  if (before !== null) return before;
  const cycle = cycles.find(({ state }) => state.input.reference === finding.about)?.state;
  const below = cycle?.input.survey.findings?.below;
  const scale = cycle?.questionnaire?.scale;
  if (scale === undefined) return null;
  if (below === undefined)
    return finding.measured === null ? null : { dimension, atLeast: better(finding.measured, scale) };
  return { dimension, atLeast: String(Number((scale.min + Number(below) * (scale.max - scale.min)).toFixed(4))) };
}

function completed(
  said: Extract<SurveyAct, { do: 'complete' }>,
  workflowId: string,
  { measures }: ImprovementState,
  actor: Actor,
): ToDo[] {
  const open = measures.filter(({ completedAtMs }) => completedAtMs === null);
  const own = open.filter(({ owner }) => owner === actor.seat || owner === actor.party || owner === actor.onBehalfOf);
  const meant = said.measure === undefined ? (own.length > 0 ? own : open).map(({ id }) => id) : [said.measure];
  return (meant.length > 0 ? meant : [measures.at(-1)?.id ?? 'measure-1']).map((measure) =>
    brought(workflowId, { type: 'complete', measure, documents: NONE }),
  );
}

function publishedResults({ workflowId }: Plan): ToDo {
  return brought(workflowId, { type: 'publish-results', documents: NONE });
}

function sentBack(workflowId: string, version: number, points: readonly string[]): ToDo {
  return command(
    workflowId,
    { type: 'reject-plan', version, pointCount: points.length },
    { text: { points: [...points] } },
  );
}

function each(plans: readonly Plan[], toDo: (plan: Plan) => ToDo | ToDo[]): ToDo[] | Refused {
  if (plans.length === 0) return { refused: 'unknown-improvement', message: 'there is no such finding' };
  return plans.flatMap(toDo);
}

function command(
  workflowId: string,
  order: SurveyOrder | ImprovementOrder,
  text: { text?: CommandText } = {},
): Extract<ToDo, { what: 'command' }> {
  return { what: 'command', workflowId, order, ...text };
}

function brought(
  workflowId: string,
  order: SurveyOrder | ImprovementOrder,
  text: { text?: CommandText } = {},
): Extract<ToDo, { what: 'command' }> {
  return { ...command(workflowId, order, text), bringsDocument: true };
}

function textOf(reason: string | undefined): { text?: CommandText } {
  return reason === undefined ? {} : { text: { reason } };
}
