import type { CompiledAgreement } from '../../domain/agreement/compiled.ts';
import type { CaseInput } from '../../domain/case/command.ts';
import type { CaseState } from '../../domain/case/state.ts';
import type { EngagementInput } from '../../domain/engagement/command.ts';
import type { EngagementState } from '../../domain/engagement/state.ts';
import type { ImprovementInput } from '../../domain/improvement/command.ts';
import type { ImprovementState } from '../../domain/improvement/state.ts';
import type { ProcessFrame, ProcessState, ProcessType } from '../../domain/process/process.ts';
import { restoreProcess } from '../../domain/process/snapshot.ts';
import type { SurveyInput } from '../../domain/survey/compiled.ts';
import type { SurveyState } from '../../domain/survey/state.ts';
import { OVERALL } from '../../domain/survey/figures.ts';
import type { LocalDate, Text } from '../../domain/time.ts';
import type { VisitInput } from '../../domain/visit/command.ts';
import type { VisitState } from '../../domain/visit/state.ts';
import type { Database } from '../../prisma/database.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { type SurveyTitles, surveyTitles } from '../../templates/survey-dimensions.ts';
import type { Template } from '../../templates/schema.ts';
import type { TermValue } from '../../templates/term-values.ts';
import { type ResolvedTerms, resolveTerms } from '../../templates/terms.ts';
import { draftNow } from '../life/draft-now.ts';
import { Problem } from '../problem.ts';
import { type Draft, findAgreement, seatTitles, stateOf, templateOf } from '../views.ts';

export type ProcessRow = Prisma.ProcessGetPayload<object>;

/** The agreement of a process, with the words of its template. */
export interface Belonging {
  agreementId: string;
  agreement: CompiledAgreement;
  /** Day 0; null: it is not in force yet. */
  inForceOn: LocalDate | null;
  template: Template | undefined;
  titles: SurveyTitles;
  /** As agreed, with the amendments in effect. */
  terms: ResolvedTerms | undefined;
  /** What is agreed of a term, with the amendments in effect; null: nothing. */
  term(name: string): TermValue;
  seat(id: string): { seat: string; title: Text };
  dimension(id: string): { id: string; title: Text };
  part(id: string): { id: string; title: Text };
}

/** @throws Problem `unknown-agreement`, `not-started` */
export async function belongingOf(database: Database, agreementId: string): Promise<Belonging> {
  const row = await findAgreement(database, agreementId);
  const state = stateOf(row);
  if (!state) throw new Problem('not-started');
  const { agreement } = state;
  const template = templateOf(row.template);
  const { terms: said = {} } = (await draftNow(database, row, state)) as Draft;
  const terms = template && resolveTerms(template, said);
  const titles = template ? surveyTitles(template, terms) : { dimensions: {}, parts: {} };
  const seats = seatTitles(template);
  const named = (known: Record<string, Text>) => (id: string) => ({ id, title: known[id] ?? { zh: id, en: id } });
  return {
    agreementId,
    agreement,
    inForceOn: state.inForceOn,
    template,
    titles,
    terms,
    term: (name) => terms?.terms.find((one) => one.name === name)?.value ?? null,
    seat: (id) => ({ seat: id, title: seats[id] ?? { zh: id, en: id } }),
    dimension: named({ [OVERALL]: AS_A_WHOLE, ...titles.dimensions }),
    part: named(titles.parts),
  };
}

/** What no contract names a dimension, and questionnaires ask for all the same. */
const AS_A_WHOLE: Text = { zh: '总体满意度（单独提问）', en: 'Satisfaction as a whole, as asked' };

interface Of<Type extends ProcessType, Input, State> {
  type: Type;
  row: ProcessRow;
  input: Input;
  state: State;
}
export type SurveyProcess = Of<'survey', SurveyInput, SurveyState>;
export type ImprovementProcess = Of<'improvement', ImprovementInput, ImprovementState>;
export type VisitProcess = Of<'visit', VisitInput, VisitState>;
export type EngagementProcess = Of<'engagement', EngagementInput, EngagementState>;
export type CaseProcess = Of<'case', CaseInput, CaseState>;

export function surveyProcess(row: ProcessRow): SurveyProcess {
  const input = row.input as unknown as SurveyInput;
  return { type: 'survey', row, input, state: restored(row, input) };
}

export function improvementProcess(row: ProcessRow): ImprovementProcess {
  const input = row.input as unknown as ImprovementInput;
  return { type: 'improvement', row, input, state: restored(row, input) };
}

export function visitProcess(row: ProcessRow): VisitProcess {
  const input = row.input as unknown as VisitInput;
  return { type: 'visit', row, input, state: restored(row, input) };
}

export function caseProcess(row: ProcessRow): CaseProcess {
  const input = row.input as unknown as CaseInput;
  return { type: 'case', row, input, state: restored(row, input) };
}

export function engagementProcess(row: ProcessRow): EngagementProcess {
  const input = row.input as unknown as EngagementInput;
  return { type: 'engagement', row, input, state: restored(row, input) };
}

function restored<S extends ProcessState>(row: ProcessRow, input: ProcessFrame): S {
  return restoreProcess<S>(row.type as ProcessType, input, row.snapshot as object | null, row.sequence);
}

/** @throws Problem `unknown-survey` */
export async function findSurvey(database: Database, agreementId: string, id: string): Promise<SurveyProcess> {
  const row = await database.process.findUnique({ where: { id } });
  if (row?.agreementId !== agreementId || row.type !== 'survey') throw new Problem('unknown-survey');
  return surveyProcess(row);
}

/** @throws Problem `unknown-improvement` */
export async function findImprovement(
  database: Database,
  agreementId: string,
  id: string,
): Promise<ImprovementProcess> {
  const row = await database.process.findUnique({ where: { id } });
  if (row?.agreementId !== agreementId || row.type !== 'improvement') throw new Problem('unknown-improvement');
  return improvementProcess(row);
}

/** @throws Problem `unknown-visit` */
export async function findVisit(database: Database, agreementId: string, id: string): Promise<VisitProcess> {
  const row = await database.process.findUnique({ where: { id } });
  if (row?.agreementId !== agreementId || row.type !== 'visit') throw new Problem('unknown-visit');
  return visitProcess(row);
}

/** @throws Problem `unknown-case` */
export async function findCase(database: Database, agreementId: string, id: string): Promise<CaseProcess> {
  const row = await database.process.findUnique({ where: { id } });
  if (row?.agreementId !== agreementId || row.type !== 'case') throw new Problem('unknown-case');
  return caseProcess(row);
}

/** @throws Problem `unknown-engagement` */
export async function findEngagement(database: Database, agreementId: string, id: string): Promise<EngagementProcess> {
  const row = await database.process.findUnique({ where: { id } });
  if (row?.agreementId !== agreementId || row.type !== 'engagement') throw new Problem('unknown-engagement');
  return engagementProcess(row);
}
