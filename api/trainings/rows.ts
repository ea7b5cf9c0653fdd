import { draftNow } from '../life/draft-now.ts';
import { restoreProcess } from '../../domain/process/snapshot.ts';
import type { CompiledTraining, TrainingInput } from '../../domain/training/compiled.ts';
import type { TrainingState } from '../../domain/training/state.ts';
import type { Text } from '../../domain/time.ts';
import type { Database } from '../../prisma/database.ts';
import { resolveTerms } from '../../templates/terms.ts';
import { trainingRulesIn, trainingTitles } from '../../templates/training-topics.ts';
import { Problem } from '../problem.ts';
import { type Belonging, type ProcessRow, belongingOf } from '../process/rows.ts';
import { type Draft, findAgreement, stateOf, templateOf } from '../views.ts';
import type { AgreementState } from '../../domain/agreement/state.ts';

/** A session with its fold. */
export interface TrainingProcess {
  row: ProcessRow;
  input: TrainingInput;
  state: TrainingState;
}

interface Titled {
  id: string;
  title: Text;
}

/** An agreement's training with the words of its template. */
export interface TrainingBelonging extends Belonging {
  state: AgreementState;
  trainings: CompiledTraining[];
  training(id: string): Titled;
  /** Of a topic, a mode, a method. */
  taught(id: string): Titled;
  duty(id: string): Titled;
  /** Of a part of a duty's checklist. */
  checklistPart(obligation: string, id: string): Titled;
}

/** @throws Problem `unknown-agreement`, `not-started` */
export async function trainingBelonging(database: Database, agreementId: string): Promise<TrainingBelonging> {
  const [belonging, row] = await Promise.all([
    belongingOf(database, agreementId),
    findAgreement(database, agreementId),
  ]);
  const state = stateOf(row);
  if (!state) throw new Problem('not-started');
  const { template } = belonging;
  const terms = template && resolveTerms(template, ((await draftNow(database, row, state)) as Draft).terms ?? {});
  const titles = template ? trainingTitles(template, terms) : {};
  const rules = template ? trainingRulesIn(template) : [];
  const named = (id: string, title: Text | undefined): Titled => ({ id, title: title ?? { zh: id, en: id } });
  return {
    ...belonging,
    state,
    trainings: state.agreement.trainings ?? [],
    training: (id) => named(id, rules.find((rule) => rule.id === id)?.title),
    taught: (id) => named(id, titles[id]),
    duty: (id) => named(id, template?.obligations.find((one) => one.id === id)?.title),
    checklistPart: (obligation, id) =>
      named(
        id,
        template?.obligations.find((one) => one.id === obligation)?.checklist.find((part) => part.id === id)?.title,
      ),
  };
}

export function trainingProcess(row: ProcessRow): TrainingProcess {
  const input = row.input as unknown as TrainingInput;
  return {
    row,
    input,
    state: restoreProcess<TrainingState>('training', input, row.snapshot as object | null, row.sequence),
  };
}

/** All sessions of an agreement, by the day that they are planned for. */
export async function trainingsOf(database: Database, agreementId: string): Promise<TrainingProcess[]> {
  const rows = await database.process.findMany({ where: { agreementId, type: 'training' } });
  return rows
    .map(trainingProcess)
    .sort((a, b) =>
      plannedOn(a) === plannedOn(b) ? (a.row.id < b.row.id ? -1 : 1) : plannedOn(a) < plannedOn(b) ? -1 : 1,
    );
}

export function plannedOn({ input, state }: Pick<TrainingProcess, 'input' | 'state'>): string {
  return state.due?.localDate ?? input.plannedOn;
}

/** Whoever it is for: of one that has not begun, those whom it is started with. */
export function traineesOf({ row, input, state }: TrainingProcess): TrainingState['trainees'] {
  if (row.sequence > 0) return state.trainees;
  return input.trainees.map((personId) => ({
    personId,
    withdrawn: false,
    attendedOn: [],
    attempts: [],
    examDue: null,
    examOverdue: false,
    retakeDue: null,
    retakeOverdue: false,
    certificate: null,
    feedback: null,
  }));
}

/** @throws Problem `unknown-training` */
export async function findTraining(database: Database, agreementId: string, id: string): Promise<TrainingProcess> {
  const row = await database.process.findUnique({ where: { id } });
  if (row?.agreementId !== agreementId || row.type !== 'training') throw new Problem('unknown-training');
  return trainingProcess(row);
}

/** What a certificate names: titles of the agreement's kind, and of what was taught. */
export function certificateTitles(template: string): { title: Text; topics: Titled[] } {
  const found = templateOf(template);
  if (!found) throw new Error(`template ${template} is not here`);
  return { title: found.title, topics: Object.entries(trainingTitles(found)).map(([id, title]) => ({ id, title })) };
}
