import { caseRules } from '../case/case.ts';
import { engagementRules } from '../engagement/engagement.ts';
import { evaluationRules } from '../evaluation/evaluation.ts';
import { improvementRules } from '../improvement/improvement.ts';
import { riskRules } from '../risk/risk.ts';
import { surveyRules } from '../survey/survey.ts';
import { trainingRules } from '../training/training.ts';
import { visitRules } from '../visit/visit.ts';
import type { ProcessCommandEnvelope, ProcessRules, ProcessState, ProcessType } from './process.ts';

/** Rules of any process, whoever asks: what is handed to them is theirs, because their workflow id says so. */
export type AnyRules = ProcessRules<ProcessState, ProcessCommandEnvelope & { type: string }, AnyEvent>;
export interface AnyEvent {
  type: string;
  occurredAtMs: number;
  clauses: string[];
  actor: ProcessCommandEnvelope['actor'];
  commandId?: string;
}

const RULES = {
  survey: surveyRules,
  improvement: improvementRules,
  visit: visitRules,
  training: trainingRules,
  engagement: engagementRules,
  evaluation: evaluationRules,
  case: caseRules,
  risk: riskRules,
} satisfies Record<ProcessType, unknown>;

export function processRules(type: ProcessType): AnyRules {
  return RULES[type] as unknown as AnyRules;
}
