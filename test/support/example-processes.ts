import { createHash } from 'node:crypto';
import type { Drawn } from '../../api/surveys/drawing.ts';
import type { ResponseRefused } from '../../cli/survey-response.ts';
import { type ListedCustomer, listedCustomers, drawn } from '../../cli/drawn-sample.ts';
import type { LivedNotice } from '../../cli/life.ts';
import type { LivableScenario } from '../../cli/livable.ts';
import { type LivedProcesses, type ProcessRecord, aboutMeasure, describeProcesses } from '../../cli/lived-surveys.ts';
import { designedQuestionnaire, numbersAnswered, scaleOf } from '../../cli/made-questionnaire.ts';
import type { Cycle, Plan } from '../../cli/survey-finding.ts';
import { type ToDo, speaking, toDoFor, weightsOf } from '../../cli/survey-orders.ts';
import { responseTo } from '../../cli/survey-response.ts';
import type { NounRefusal, NounStep, NounToDo } from '../../cli/nouns/noun.ts';
import { nounOfType } from '../../cli/nouns/registry.ts';
import { type LivedNouns, describeNouns } from '../../cli/nouns/rows.ts';
import { situationOf } from '../../cli/nouns/situation.ts';
import type { SurveyStep } from '../../cli/survey-step.ts';
import type { Actor, PersonCommand } from '../../domain/agreement/command.ts';
import type { CompiledAgreement } from '../../domain/agreement/compiled.ts';
import type { Notice } from '../../domain/agreement/notice.ts';
import { CLOCK, THIRD } from '../../domain/agreement/parties.ts';
import type { AgreementState, ObligationState } from '../../domain/agreement/state.ts';
import {
  type AskedFigures,
  type DueDuty,
  type MeasuredCycle,
  gatheredFigures,
} from '../../domain/evaluation/figures.ts';
import { judgedCase } from '../../domain/evaluation/judged-case.ts';
import type { EvaluationState } from '../../domain/evaluation/state.ts';
import { noticeTaken } from '../../domain/engagement/notice-taken.ts';
import { caseFact } from '../../domain/case/figures.ts';
import type { CaseState } from '../../domain/case/state.ts';
import { caseGoalFigures } from '../../domain/goal/case-goals.ts';
import type { ImprovementState } from '../../domain/improvement/state.ts';
import { awaitedOfProcess } from '../../domain/process/awaited.ts';
import { foldProcess, isRefused } from '../../domain/process/fold.ts';
import type { Errand, ProcessFrame, ProcessState, ProcessType } from '../../domain/process/process.ts';
import { type AnyEvent, processRules } from '../../domain/process/registry.ts';
import { type CountedAnswer, analyse } from '../../domain/survey/analysis.ts';
import { readQuestions } from '../../domain/survey/questionnaire.ts';
import { figureOf, scoresUpTo, signalTo, triggersIn } from '../../domain/risk/signalling.ts';
import type { RiskState } from '../../domain/risk/state.ts';
import type { SurveyState } from '../../domain/survey/state.ts';
import type { Instant, LocalDate } from '../../domain/time.ts';
import type { CustomerRecord } from '../../domain/visit/counter.ts';
import { tierCounts } from '../../domain/visit/quarters.ts';
import { isoAt, localDateAt } from '../../domain/zone.ts';
import { surveyTitles } from '../../templates/survey-dimensions.ts';

/** As the activity that gathers figures counts them. */
const JUDGED = ['fulfilled', 'fulfilled-late', 'overdue', 'rework'];
/** As the activity that analyses counts them. */
const UNDER_WAY = ['raised', 'classified', 'planned', 'approved', 'implemented'];

interface Living {
  type: ProcessType;
  state: ProcessState;
  events: AnyEvent[];
}

interface Invitee extends Drawn<ListedCustomer> {
  status: 'drawn' | 'sent' | 'unreachable' | 'merged';
  wave: number | null;
  sentAtMs: number | null;
  answered: boolean;
}

type Told = Extract<Errand, { kind: 'tell' }>['command'];
type Refusal = ResponseRefused & { reference?: string };

const DAY_MS = 86_400_000;
const MAILED = ['email', 'online'];

/** The cycles and plans of an agreement that lives in memory: what the worker's activities and Postgres are to it. */
export class ExampleProcesses {
  readonly #scenario: LivableScenario;
  readonly #agreement: CompiledAgreement;
  readonly #tellAgreement: (command: PersonCommand, nowMs: Instant) => void;
  readonly #living = new Map<string, Living>();
  readonly #invitees = new Map<string, Invitee[]>();
  readonly #answers = new Map<string, { answer: CountedAnswer; late: boolean }[]>();
  readonly #questionnaires = new Map<string, object>();
  #cursor = 0;
  notices: Notice[] = [];
  /** Of the agreement, as they stand. */
  duties: readonly (ObligationState & { responsible: string })[] = [];
  /** Since when the agreement is suspended as a whole. */
  standstill: { suspendedFrom?: LocalDate } = {};
  /** Duties of the agreement that are overdue as things stand. */
  overdueDuties = 0;
  /** Addresses of those who fill seats that a process brought with it. */
  readonly ownSeats: Record<string, string> = {};

  constructor(
    scenario: LivableScenario,
    agreement: CompiledAgreement,
    tellAgreement: (command: PersonCommand, nowMs: Instant) => void,
  ) {
    this.#scenario = scenario;
    this.#agreement = agreement;
    this.#tellAgreement = tellAgreement;
  }

  /** The earliest instant at which time alone changes one of them. */
  nextDueMs(): Instant | undefined {
    const moments = [...this.#living.values()].flatMap((one) => this.#dueMs(one) ?? []);
    return moments.length === 0 ? undefined : Math.min(...moments);
  }

  /** What is due at an instant, in the order of their names. */
  pass(atMs: Instant, nowMs: Instant): void {
    for (const [workflowId, living] of [...this.#living].sort(([a], [b]) => (a < b ? -1 : 1))) {
      if (this.#dueMs(living) === atMs) this.#passOne(workflowId, living, atMs, nowMs);
    }
  }

  #passOne(workflowId: string, living: Living, atMs: Instant, nowMs: Instant): void {
    const decided = processRules(living.type).decide({ type: 'tick', atMs, nowMs }, living.state);
    if (isRefused(decided)) throw new Error(`time is refused: ${decided.rejected}`);
    this.#fold(workflowId, living, decided, atMs, nowMs);
  }

  /** What an agreement, or one of them, asks for of the world. */
  perform(errand: Errand, from: string, nowMs: Instant): void {
    switch (errand.kind) {
      case 'start':
        this.#start(errand.type, errand.workflowId, errand.input as ProcessFrame, nowMs);
        break;
      case 'tell':
        this.#tell(errand.workflowId, errand.command, nowMs);
        break;
      case 'invite': {
        const sent = this.#invite(from, errand.wave, nowMs);
        this.#tell(from, { ...this.#machine('invited', nowMs), ...sent } as Told, nowMs);
        break;
      }
      case 'analyse':
        this.#tell(
          from,
          { ...this.#machine('analysed', nowMs), ...this.#analyse(from), ...this.standstill } as Told,
          nowMs,
        );
        break;
      case 'gather':
        this.#tell(from, { ...this.#machine('gathered', nowMs), ...this.#gather(from, errand.asked) } as Told, nowMs);
        break;
      case 'ask-clocks':
        break; // in memory nothing comes between
      case 'count-visits': {
        const { check, counters } = errand;
        const { rule, quarter, stage } = check;
        const counted = { rule, quarter, stage, tiers: tierCounts(this.#records(), counters, check) };
        this.#tellAgreement({ ...this.#machine('visits-counted', nowMs), ...counted } as PersonCommand, nowMs);
        break;
      }
      case 'count-cases': {
        const cases = [...this.#living.values()].filter(({ type }) => type === 'case');
        const figures = caseGoalFigures(
          cases.map(({ state }) => caseFact(state as CaseState)),
          errand.span,
          [],
        );
        this.#tellAgreement({ ...this.#machine('measured', nowMs), figures } as PersonCommand, nowMs);
        break;
      }
      case 'tell-all':
        for (const [workflowId, { type, state }] of [...this.#living].sort(([a], [b]) => (a < b ? -1 : 1))) {
          const isMeant = errand.only === undefined || errand.only === type;
          if (isMeant && !processRules(type).isOver(state)) this.#tell(workflowId, errand.command as Told, nowMs);
        }
        break;
      case 'tell-effect': {
        const cycle = from.split('/').slice(2).join('/');
        const { publishedAtMs } = errand;
        for (const [workflowId, { type, state }] of [...this.#living].sort(([a], [b]) => (a < b ? -1 : 1))) {
          const { status, goal } = state as ImprovementState;
          if (type !== 'improvement' || status !== 'implemented') continue;
          for (const { id: dimension, value } of errand.dimensions) {
            if (goal?.dimension !== dimension) continue;
            this.#tell(
              workflowId,
              { ...this.#machine('effect', nowMs), cycle, publishedAtMs, dimension, value } as Told,
              nowMs,
            );
          }
        }
      }
    }
  }

  /** Does what an act of a survey asks for; what was refused of it. */
  act(step: SurveyStep, seated: Actor, name: string): Refusal[] {
    const { draft, customers } = this.#scenario;
    const listed = listedCustomers(customers);
    const customerIds = Object.fromEntries(listed.map(({ id, row }) => [row.key, id]));
    const customerTiers = Object.fromEntries(listed.map(({ tier, row }) => [row.key, tier]));
    const actor = speaking(step, seated, customerIds);
    const { parts, dimensions } = surveyTitles(draft.template, draft.terms);
    const titles = { ...parts, ...dimensions };
    const agreement = this.#agreement;
    const toDo = toDoFor(step, {
      ...this.#processes(),
      titles,
      customerIds,
      customerTiers,
      improvement: agreement.improvement ?? null,
      ...this.standstill,
      frame: {
        format: 1,
        agreementId: agreement.id,
        zone: agreement.zone,
        calendar: agreement.calendar,
        noticeHours: agreement.noticeHours,
        parties: agreement.parties,
        seats: agreement.seats,
        seatParties: agreement.seatParties ?? {},
      },
      actor,
      today: localDateAt(draft.zone, step.atMs),
      atMs: step.atMs,
    });
    if ('refused' in toDo) return [{ code: toDo.refused, message: toDo.message }];
    const refusals: Refusal[] = [];
    for (const [number, one] of toDo.entries()) {
      const refusal = this.#carryOut(one, step, actor, `act-${name}-${number}`);
      if (!refusal) continue;
      refusals.push(refusal);
      if (one.what !== 'command' || one.order.type === 'raise') break;
    }
    return refusals;
  }

  /** Does what an act of a noun asks for; what was refused of it, if anything was. */
  actNoun(step: NounStep, seated: Actor, id: string, state: AgreementState): NounRefusal | undefined {
    const { draft, customers } = this.#scenario;
    const parties = { ...Object.fromEntries(Object.keys(draft.parties).map((role) => [role, role])) };
    const seats = Object.entries(state.seated).flatMap(([seat, personId]) => {
      const party = parties[seat] ?? draft.seats[seat]?.party;
      return personId === null ? [] : [[seat, { personId, ...(party === undefined ? {} : { party }) }]];
    });
    const own = Object.entries(this.ownSeats).map(([seat, personId]) => [seat, { personId, party: THIRD }]);
    const situation = situationOf(step, {
      agreement: state.agreement,
      agreementStatus: state.status,
      inForceOn: state.inForceOn,
      draft,
      processes: [...this.#living].map(([workflowId, one]) => ({ workflowId, type: one.type, state: one.state })),
      customers: listedCustomers(customers),
      seats: Object.fromEntries([...seats, ...own]) as Record<string, { personId: string; party?: string }>,
      seated,
      ...this.standstill,
    });
    const toDo = nounOfType(step.noun).toDo(step, situation);
    if ('refused' in toDo) return toDo;
    for (const [number, one] of toDo.entries()) {
      const refusal = this.#carryOutNoun(one, step, situation.actor, `${id}-${number}`);
      if (refusal) return refusal;
    }
    return undefined;
  }

  #carryOutNoun(toDo: NounToDo, step: NounStep, actor: Actor, id: string): NounRefusal | undefined {
    const sha256 = createHash('sha256').update(`document ${id}`).digest('hex');
    const documents = toDo.bringsDocument ? { documents: [{ sha256, size: 1 }] } : {};
    if (toDo.what === 'start') {
      const { type, reference, input, seats = {}, readers } = toDo;
      const read = readers ? { readers: readers.people.map(({ email }) => email.toLowerCase()) } : {};
      for (const [seat, { email }] of Object.entries(seats)) this.ownSeats[seat] = email.toLowerCase();
      const workflowId = `${type}/${this.#agreement.id}/${reference}`;
      this.#start(type, workflowId, { ...input, ...read, ...documents, workflowId, reference } as never, step.atMs);
      return undefined;
    }
    const command = { ...toDo.order, ...documents, id, receivedAtMs: step.atMs, actor: toDo.actor ?? actor };
    const refusal = this.#tell(toDo.workflowId, command, step.atMs);
    if (!refusal) return undefined;
    const { code, message, clauses, reference } = refusal;
    return {
      refused: code,
      message,
      ...(clauses ? { clauses } : {}),
      ...(reference === undefined ? {} : { reference }),
    };
  }

  /** Engagements, cases, evaluations and risks as `abide simulate` prints them. */
  describeNouns(): LivedNouns {
    const { draft, customers } = this.#scenario;
    const keys = new Map(listedCustomers(customers).map(({ id, row }) => [id, row.key]));
    const records = [...this.#living]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([workflowId, { state, events }]) => ({
        workflowId,
        state,
        events: events.map((event) => ({
          atMs: event.occurredAtMs,
          type: event.type,
          actor: event.actor,
          clauses: event.clauses,
          body: event as unknown as Record<string, unknown>,
        })),
      }));
    return describeNouns(records, {
      at: (ms) => isoAt(draft.zone, ms),
      customerKey: (id) => keys.get(id) ?? id,
      address: (id) => id,
    });
  }

  /** Cycles and plans as `abide simulate` prints them. */
  describe(): LivedProcesses {
    const records = [...this.#living.values()].flatMap(({ type, state, events }): ProcessRecord[] => {
      if (type !== 'survey' && type !== 'improvement') return [];
      const told = events.map((event) => {
        const { occurredAtMs: atMs, type: what, actor, clauses } = event;
        return { atMs, type: what, actor, ...aboutMeasure(event), clauses };
      });
      return [{ type, state, events: told }];
    });
    const organisations = Object.fromEntries(
      listedCustomers(this.#scenario.customers).flatMap(({ branchId, departmentId, row }) => [
        ...(branchId === null ? [] : [[branchId, row.branch?.split('>').at(-1)?.trim() ?? '']]),
        ...(departmentId === null ? [] : [[departmentId, row.department?.split('>').at(-1)?.trim() ?? '']]),
      ]),
    ) as Record<string, string>;
    return describeProcesses(records, { zone: this.#scenario.draft.zone, organisations });
  }

  /** Mails to customers, without subjects. */
  invitations(): LivedNotice[] {
    const { zone } = this.#scenario.draft;
    return this.#processes().cycles.flatMap(({ workflowId, state }) => {
      const { input, publishedAtMs, wavesAtMs } = state;
      return (this.#invitees.get(workflowId) ?? []).flatMap(({ wave, customer }) =>
        [publishedAtMs, ...wavesAtMs].slice(0, (wave ?? -1) + 1).map((ms, number): LivedNotice => ({
          at: isoAt(zone, ms ?? 0),
          to: customer.row.email,
          role: 'customer',
          kind: number === 0 ? 'survey-invitation' : 'survey-reminder',
          obligation: input.survey.obligation,
          ...(input.occurrence === null ? {} : { occurrence: input.occurrence }),
          clauses: input.survey.clauses,
        })),
      );
    });
  }

  /** As they stand, by name. */
  get plans(): Plan[] {
    return this.#processes().plans;
  }

  #processes(): { cycles: Cycle[]; plans: Plan[] } {
    const all = [...this.#living].sort(([a], [b]) => (a < b ? -1 : 1));
    return {
      cycles: all.flatMap(([workflowId, { type, state }]) =>
        type === 'survey' ? [{ workflowId, state: state as SurveyState }] : [],
      ),
      plans: all.flatMap(([workflowId, { type, state }]) =>
        type === 'improvement' ? [{ workflowId, state: state as ImprovementState }] : [],
      ),
    };
  }

  #dueMs({ type, state }: Living): Instant | undefined {
    const rules = processRules(type);
    if (rules.isOver(state)) return undefined;
    const moments = [
      ...state.delivery.scheduled.map(({ atMs }) => atMs),
      ...[rules.nextDue(state) ?? []].flat().map(({ atMs }) => atMs),
    ];
    return moments.length === 0 ? undefined : Math.min(...moments);
  }

  #start(type: ProcessType, workflowId: string, input: ProcessFrame, nowMs: Instant): void {
    if (this.#living.has(workflowId)) return;
    const rules = processRules(type);
    const living: Living = { type, state: rules.initial(input), events: [] };
    this.#living.set(workflowId, living);
    this.#fold(workflowId, living, rules.start(living.state, nowMs), nowMs, nowMs);
  }

  #tell(workflowId: string, command: Told, nowMs: Instant): Refusal | undefined {
    const living = this.#living.get(workflowId);
    if (!living) {
      if (workflowId.startsWith('agreement/')) this.#tellAgreement(command as unknown as PersonCommand, nowMs);
      return undefined;
    }
    // At equal instants time goes first, as in the shell.
    for (let due = this.#dueMs(living); due !== undefined && due <= nowMs; due = this.#dueMs(living)) {
      this.#passOne(workflowId, living, due, nowMs);
    }
    const decided = processRules(living.type).decide(command, living.state);
    if (isRefused(decided)) {
      const { rejected: code, message, clauses } = decided;
      return { code, message, ...(clauses ? { clauses } : {}), reference: workflowId.split('/').slice(2).join('/') };
    }
    this.#fold(workflowId, living, decided, nowMs, nowMs);
    return undefined;
  }

  #fold(
    workflowId: string,
    living: Living,
    decided: ReturnType<ReturnType<typeof processRules>['start']>,
    atMs: Instant,
    nowMs: Instant,
  ): void {
    const rules = processRules(living.type);
    const step = foldProcess(rules, living.state, decided, { workflowId, atMs, recordedAtMs: nowMs });
    living.state = { ...step.state, delivery: { ...step.state.delivery, open: [] } };
    awaitedOfProcess(living.type, living.state); // whatever is recorded says what it waits for
    living.events.push(...step.events);
    this.notices.push(...step.notices);
    for (const errand of step.errands) this.perform(errand, workflowId, nowMs);
    this.recorded({ workflowId, events: step.events, notices: step.notices }, nowMs);
    // The server of whom a written notice is for takes it at once.
    for (const { id: noticeId, seat, facts } of living.type === 'engagement' ? step.notices : []) {
      if (facts.serves === undefined) continue;
      this.#tell(workflowId, noticeTaken({ noticeId, serves: facts.serves, seat, sentAtMs: nowMs }), nowMs);
    }
  }

  /** What risks are told of a step that was recorded, as the activity tells them. */
  recorded(step: Parameters<typeof triggersIn>[0], nowMs: Instant): void {
    for (const trigger of triggersIn(step)) {
      const processes = [...this.#living].sort(([a], [b]) => (a < b ? -1 : 1));
      const cycles = [...this.#living.values()].flatMap(({ type, state }) =>
        type === 'survey'
          ? [{ reference: (state as SurveyState).input.reference, figures: (state as SurveyState).figures }]
          : [],
      );
      const scores = trigger.indicator === 'score-drop' ? scoresUpTo(trigger.about, cycles) : [];
      const opened = processes.flatMap(([, { events }]) => events.filter(({ type }) => type === 'case-opened'));
      const known = { scores, casesAtMs: opened.map(({ occurredAtMs }) => occurredAtMs), overdue: this.overdueDuties };
      for (const [workflowId, { type, state }] of processes) {
        const { threshold, status } = state as RiskState;
        if (type !== 'risk' || status === 'closed' || threshold?.indicator !== trigger.indicator) continue;
        const value = figureOf(trigger, threshold, known);
        if (value !== null) this.#tell(workflowId, signalTo(workflowId, trigger, value).command, nowMs);
      }
    }
  }

  #machine(type: string, nowMs: Instant): Told {
    return { type, id: `${type} ${(this.#cursor += 1)}`, receivedAtMs: nowMs, actor: CLOCK };
  }

  #carryOut(toDo: ToDo, step: SurveyStep, actor: Actor, id: string): Refusal | undefined {
    const envelope = { id, receivedAtMs: step.atMs, actor };
    switch (toDo.what) {
      case 'command': {
        const sha256 = createHash('sha256').update(`document ${id}`).digest('hex');
        const documents = toDo.bringsDocument ? { documents: [{ sha256, size: 1 }] } : {};
        return this.#tell(toDo.workflowId, { ...toDo.order, ...documents, ...envelope }, step.atMs);
      }
      case 'design': {
        const { state, workflowId } = toDo.cycle;
        const { survey } = state.input;
        const { draft, acts } = this.#scenario;
        const weights = toDo.weights ?? weightsOf(toDo.cycle, this.#processes().cycles);
        const titles = surveyTitles(draft.template, draft.terms);
        const scale = scaleOf(numbersAnswered(acts, survey.obligation));
        const designed = designedQuestionnaire(survey, titles, toDo.questionnaire, weights, scale);
        if ('problem' in designed) return { code: 'questionnaire-missing', message: designed.problem };
        this.#questionnaires.set(designed.facts.sha256, designed.json);
        const order = { type: 'design', questionnaire: designed.facts, ...envelope };
        return this.#tell(workflowId, order, step.atMs);
      }
      case 'draw': {
        const { state, workflowId } = toDo.cycle;
        const { input } = state;
        const customers = listedCustomers(this.#scenario.customers);
        const { sample, invitees } = drawn(input.survey, input.reference, customers, toDo.wanted);
        const refusal = this.#tell(workflowId, { type: 'draw', sample, ...envelope } as Told, step.atMs);
        if (refusal) return refusal;
        this.#invitees.set(
          workflowId,
          invitees.map((one) => ({
            ...one,
            status: one.isReachable ? 'drawn' : 'unreachable',
            wave: null,
            sentAtMs: null,
            answered: false,
          })),
        );
        return undefined;
      }
      case 'respond':
        return this.#respond(toDo.cycle, step, actor);
      case 'start': {
        const workflowId = `improvement/${this.#agreement.id}/${toDo.finding}`;
        this.#start('improvement', workflowId, { ...toDo.input, workflowId, reference: toDo.finding }, step.atMs);
        return undefined;
      }
    }
  }

  #questionsOf({ questionnaire }: SurveyState) {
    const read = readQuestions(this.#questionnaires.get(questionnaire?.sha256 ?? ''));
    return 'questions' in read ? read.questions : [];
  }

  #respond({ workflowId, state }: Cycle, step: SurveyStep, actor: Actor): Refusal | undefined {
    const { draft } = this.#scenario;
    const { parts, dimensions } = surveyTitles(draft.template, draft.terms);
    const invitees = this.#invitees.get(workflowId) ?? [];
    const response = responseTo(step, state, {
      actor,
      questions: this.#questionsOf(state),
      titles: { ...parts, ...dimensions },
      asked: Object.fromEntries(invitees.map((one) => [one.customer.row.key, one])),
    });
    if ('code' in response) return { ...response, reference: state.input.reference };
    const answers = this.#answers.get(workflowId) ?? [];
    for (const { customer, channel, answers: said } of response.entered) {
      const invitee = invitees.find((one) => one.customer.row.key === customer);
      if (invitee) invitee.answered = true;
      this.#cursor += 1;
      const { tier = null, departmentId: department = null, branchId: branch = null } = invitee?.customer ?? {};
      const answer = { cursor: String(this.#cursor), channel, tier, department, branch, answers: said };
      answers.push({ answer, late: state.status !== 'open' });
    }
    this.#answers.set(workflowId, answers);
    const counts = {
      cursor: String(this.#cursor),
      answered: answers.filter(({ late }) => !late).length,
      late: answers.filter(({ late }) => late).length,
    };
    this.#tell(workflowId, { ...this.#machine('answers', step.atMs), ...counts } as Told, step.atMs);
    return undefined;
  }

  /** As activities/survey-invite.ts does it, with a mail server that takes everything. */
  #invite(workflowId: string, wave: number, nowMs: Instant) {
    const { openDays } = (this.#living.get(workflowId)?.state as SurveyState).input.survey;
    const invitees = this.#invitees.get(workflowId) ?? [];
    const others = [...this.#invitees].flatMap(([id, list]) => (id === workflowId ? [] : list));
    for (const one of invitees) {
      if (one.answered || !MAILED.includes(one.channel)) continue;
      const isAskedElsewhere = others.some(
        ({ customer, sentAtMs }) => customer.id === one.customer.id && (sentAtMs ?? 0) > nowMs - openDays * DAY_MS,
      );
      if (wave === 0 && one.status === 'drawn' && isAskedElsewhere) one.status = 'merged';
      const isNext = wave === 0 ? one.status === 'drawn' : one.status === 'sent' && (one.wave ?? wave) < wave;
      if (isNext) Object.assign(one, { status: 'sent', wave, sentAtMs: one.sentAtMs ?? nowMs });
    }
    const merged = invitees.filter(({ status }) => status === 'merged').length;
    return {
      wave,
      sent: invitees.filter((one) => one.wave !== null && one.wave >= wave).length,
      unreachable: invitees.filter((one) => one.status === 'unreachable' && one.wave === (wave === 0 ? null : wave - 1))
        .length,
      ...(merged > 0 ? { merged } : {}),
    };
  }

  /** As activities/customer-records.ts finds them: scenarios have surveys, and no visits. */
  #records(): CustomerRecord[] {
    const { draft, customers, firstMs } = this.#scenario;
    const closed = [...this.#living].flatMap(([workflowId, { type, state }]) => {
      const { input, closedAtMs } = state as SurveyState;
      if (type !== 'survey' || closedAtMs === null) return [];
      const on = localDateAt(draft.zone, closedAtMs - 1);
      return [{ workflowId, cycle: { period: input.occurrence ?? input.reference, on } }];
    });
    return listedCustomers(customers).map(({ id, tier }) => ({
      tier,
      since: localDateAt(draft.zone, firstMs),
      questionnaires: closed
        .filter(({ workflowId }) =>
          (this.#invitees.get(workflowId) ?? []).some((one) => one.customer.id === id && one.answered),
        )
        .map(({ cycle }) => cycle),
      visits: [],
    }));
  }

  /** As activities/evaluation-figures.ts does it; scenarios have no customers of departments. */
  #gather(workflowId: string, asked: AskedFigures) {
    const { input, subjects } = this.#living.get(workflowId)?.state as EvaluationState;
    const cycles = [...this.#living].flatMap(([id, { type, state }]): MeasuredCycle[] => {
      const { figures, closedAtMs, input: cycle } = state as SurveyState;
      if (type !== 'survey' || !figures || closedAtMs === null) return [];
      return [{ workflowId: id, obligation: cycle.survey.obligation, closedAtMs, figures }];
    });
    const duties = this.duties.flatMap(({ id, occurrence, responsible, due, status, settledDaysLate }): DueDuty[] =>
      due === null || id === input.rules.obligation || !JUDGED.includes(status)
        ? []
        : [
            {
              reference: occurrence === null ? id : `${id}#${occurrence}`,
              responsible,
              dueAtMs: due.dueAtMs,
              inTime: status === 'fulfilled' && settledDaysLate === 0,
            },
          ],
    );
    const sorted = cycles.sort((a, b) => a.closedAtMs - b.closedAtMs || (a.workflowId < b.workflowId ? -1 : 1));
    const cases = [...this.#living.values()].flatMap(({ type, state }) =>
      type === 'case' ? (judgedCase(state as CaseState) ?? []) : [],
    );
    const heldBy = {
      ...Object.fromEntries(Object.entries(input.seatParties).map(([seat, party]) => [seat, [party]])),
      ...Object.fromEntries(subjects.map(({ subject }) => [subject, [subject, input.seatParties[subject] ?? subject]])),
    };
    return gatheredFigures(asked, {
      ...{ cycles: sorted, duties, cases, parties: input.parties, groupOf: {}, heldBy },
    });
  }

  /** As activities/survey-analyse.ts does it. */
  #analyse(workflowId: string) {
    const state = this.#living.get(workflowId)?.state as SurveyState;
    const { questionnaire, sample, input } = state;
    if (!questionnaire || !sample) throw new Error('a cycle was closed that was never published');
    const all = this.#answers.get(workflowId) ?? [];
    const counted = all.filter(({ late }) => !late).map(({ answer }) => answer);
    const figures = analyse(counted, this.#questionsOf(state), {
      survey: input.survey,
      questionnaire,
      population: sample.population,
      drawn: sample.drawn,
      reached: (this.#invitees.get(workflowId) ?? []).filter(
        ({ answered, wave, status }) => answered || wave !== null || status === 'merged',
      ).length,
      late: all.length - counted.length,
      returned: counted.filter(({ tier }) => tier !== null).length,
      organisations: Object.fromEntries(
        listedCustomers(this.#scenario.customers).flatMap(({ branchId }) =>
          branchId === null ? [] : [[branchId, null]],
        ),
      ),
    });
    const answersSha256 = createHash('sha256').update(JSON.stringify(counted)).digest('hex');
    return { figures, answersSha256, underWay: this.#underWay() };
  }

  /** Improvements whose effect is not proven yet, by dimension; the oldest of each. */
  #underWay(): Record<string, string> {
    const open = [...this.#living].reverse().flatMap(([workflowId, { type, state }]) => {
      if (type !== 'improvement') return [];
      const { status, finding } = state as ImprovementState;
      return finding.dimension === null || !UNDER_WAY.includes(status) ? [] : [[finding.dimension, workflowId]];
    });
    return Object.fromEntries(open) as Record<string, string>;
  }
}
