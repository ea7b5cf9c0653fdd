import type { Awaited } from '../awaited/awaited.ts';
import { awaitedOfCase } from '../case/awaited.ts';
import type { CaseState } from '../case/state.ts';
import { awaitedOfEngagement } from '../engagement/awaited.ts';
import type { EngagementState } from '../engagement/state.ts';
import { awaitedOfEvaluation } from '../evaluation/awaited.ts';
import type { EvaluationState } from '../evaluation/state.ts';
import { awaitedOfImprovement } from '../improvement/awaited.ts';
import type { ImprovementState } from '../improvement/state.ts';
import { awaitedOfRisk } from '../risk/awaited.ts';
import type { RiskState } from '../risk/state.ts';
import { awaitedOfSurvey } from '../survey/awaited.ts';
import type { SurveyState } from '../survey/state.ts';
import { awaitedOfTraining } from '../training/awaited.ts';
import type { TrainingState } from '../training/state.ts';
import { awaitedOfVisit } from '../visit/awaited.ts';
import type { VisitState } from '../visit/state.ts';
import type { ProcessState, ProcessType } from './process.ts';

/**
 * What a process waits for; before its first event, nothing. Whatever state is handed in is of that type, because its
 * workflow id says so.
 */
export function awaitedOfProcess(type: ProcessType, state: ProcessState): Awaited[] {
  if (state.sequence === 0) return [];
  switch (type) {
    case 'survey':
      return awaitedOfSurvey(state as SurveyState);
    case 'improvement':
      return awaitedOfImprovement(state as ImprovementState);
    case 'visit':
      return awaitedOfVisit(state as VisitState);
    case 'training':
      return awaitedOfTraining(state as TrainingState);
    case 'risk':
      return awaitedOfRisk(state as RiskState);
    case 'case':
      return awaitedOfCase(state as CaseState);
    case 'evaluation':
      return awaitedOfEvaluation(state as EvaluationState);
    case 'engagement':
      return awaitedOfEngagement(state as EngagementState);
  }
}
