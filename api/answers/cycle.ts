import type { SurveyInput } from '../../domain/survey/compiled.ts';
import type { Question } from '../../domain/survey/question.ts';
import { readQuestions } from '../../domain/survey/questionnaire.ts';
import type { SurveyState, SurveyStatus } from '../../domain/survey/state.ts';
import type { Instant, LocalDate } from '../../domain/time.ts';
import { type Asking, askingOf } from '../../activities/survey-asking.ts';
import type { Database } from '../../prisma/database.ts';

/** A cycle, as whoever answers in it has to know it. */
export interface Cycle extends Asking {
  workflowId: string;
  id: string;
  agreementId: string;
  input: SurveyInput;
  status: SurveyStatus;
  /** Answers count before this instant; null until it is published. */
  closesAtMs: Instant | null;
  /** The last day on which they count. */
  closesOn: LocalDate | null;
  questionnaire: Questionnaire | null;
}

export interface Questionnaire {
  sha256: string;
  json: object;
  questions: Question[];
}

/** `late`: kept apart from what counts. */
export type Intake = 'not-open' | 'open' | 'late' | 'over';

/** What becomes of an answer that comes now. */
export function intakeOf({ status, closesAtMs }: Pick<Cycle, 'status' | 'closesAtMs'>, nowMs: Instant): Intake {
  switch (status) {
    case 'planned':
    case 'missed':
      return 'not-open';
    case 'open':
      return closesAtMs !== null && nowMs >= closesAtMs ? 'late' : 'open';
    case 'closed':
    case 'analysed':
      return 'late';
    default:
      return 'over';
  }
}

/** So long a cycle is believed to be as it was; a close that falls into it is seen where the answer is stored. */
const FRESH_MS = 1_000;
/** Cycles, and questionnaires, that are kept at hand. */
const MOST_KEPT = 100;

/** Reads cycles, and questionnaires by what they say: many answers to one come at the same time. */
export interface Cycles {
  cycleOf(workflowId: string): Promise<Cycle | null>;
  /** @throws Error where it is not stored */
  questionnaireOf(sha256: string): Promise<Questionnaire>;
}

export function openCycles(database: Database): Cycles {
  const cycles = new Map<string, { readAtMs: number; cycle: Promise<Cycle | null> }>();
  /** By content, so that they never grow old. */
  const questionnaires = new Map<string, Promise<Questionnaire>>();

  const questionnaireOf = (sha256: string): Promise<Questionnaire> =>
    kept(questionnaires, sha256, async () => {
      const { json } = await database.questionnaire.findUniqueOrThrow({ where: { sha256 } });
      const read = readQuestions(json);
      if ('problems' in read) throw new Error('a published questionnaire cannot be read');
      return { sha256, json: json as object, questions: read.questions };
    });

  async function read(workflowId: string): Promise<Cycle | null> {
    const row = await database.process.findUnique({
      where: { workflowId },
      include: { agreement: { select: { template: true, draft: true } } },
    });
    if (row?.type !== 'survey') return null;
    const input = row.input as unknown as SurveyInput;
    const state = (row.snapshot ?? {}) as unknown as Partial<SurveyState>;
    const closes = state.closes ?? null;
    return {
      ...askingOf(row.agreement, input),
      workflowId,
      id: row.id,
      agreementId: row.agreementId,
      input,
      status: row.status === 'starting' ? 'planned' : (row.status as SurveyStatus),
      closesAtMs: closes?.dueAtMs ?? null,
      closesOn: closes?.localDate ?? null,
      questionnaire: state.questionnaire ? await questionnaireOf(state.questionnaire.sha256) : null,
    };
  }

  return {
    questionnaireOf,
    cycleOf: (workflowId) => {
      const nowMs = performance.now();
      const known = cycles.get(workflowId);
      if (known && nowMs - known.readAtMs < FRESH_MS) return known.cycle;
      cycles.delete(workflowId);
      return kept(cycles, workflowId, () => ({ readAtMs: nowMs, cycle: read(workflowId) })).cycle;
    },
  };
}

/** What the map has, else what `make` makes; the oldest gives way. A promise that fails is not kept. */
function kept<T>(map: Map<string, T>, key: string, make: () => T): T {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  for (const [oldest] of map) {
    if (map.size <= MOST_KEPT) break;
    map.delete(oldest);
  }
  const promise = made instanceof Promise ? made : (made as { cycle?: unknown }).cycle;
  if (promise instanceof Promise) promise.catch(() => map.delete(key));
  return made;
}
