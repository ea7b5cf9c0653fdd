import type { Text } from '../../wire.ts';
import type { Estimate, Measures } from '../surveys/survey.ts';

/** Cycles of one survey side by side, as `/api` sends them (api/surveys/insight-schema.ts). */
export type Change = (Estimate & { isMoreThanChance: boolean }) | null;

export interface ComparedCycle {
  id: string;
  reference: string;
  occurrence: string | null;
  closedOn: string;
  answered: number;
  drawn: number;
  minimumSample: number | null;
  isBelowMinimum: boolean;
  scale: { min: number; max: number };
  score: string | null;
  overall: Measures | null;
  overallChange: Change;
  satisfiedChange: Change;
  npsChange: Change;
  questionnaire: { sha256: string; version: number; questions: number };
  verdict: 'reached' | 'missed' | 'none';
}

export interface ComparedDimension {
  id: string;
  title: Text;
  cycles: { measures: Measures | null; weight: string | null; change: Change }[];
}

export interface Comparison {
  surveys: { survey: string; title: Text; cycles: number }[];
  survey: string | null;
  available: { id: string; reference: string; occurrence: string | null; closedOn: string; n: number }[];
  cycles: ComparedCycle[];
  dimensions: ComparedDimension[];
  isSameScale: boolean;
  only: 'all' | 'same';
  sameQuestions: number;
  changes: {
    since: string;
    reference: string;
    added: Text[];
    removed: Text[];
    reworded: { before: Text; after: Text }[];
    rescaled: boolean;
  }[];
  lines: {
    goal: string;
    title: Text;
    clauses: string[];
    measure: 'satisfaction-score' | 'satisfaction-rate';
    scale: 'questionnaire' | 'percentage';
    needed: string | null;
    baseline: string | null;
  }[];
}

/** A goal or a baseline at the height where it stands in the chart of scores. */
export interface Level {
  key: string;
  kind: 'goal' | 'baseline';
  title: Text;
  value: number;
}

/** Lines of goals that scores can be held against as they are drawn: on the questionnaire's scale. */
export function levelsOf({ lines, cycles }: Pick<Comparison, 'lines' | 'cycles'>): Level[] {
  const [first] = cycles;
  if (!first) return [];
  const { min, max } = first.scale;
  return lines
    .filter(({ measure, scale }) => measure === 'satisfaction-score' && (scale === 'questionnaire' || max === 100))
    .flatMap(({ goal, title, needed, baseline }): Level[] => [
      ...(needed === null ? [] : [{ key: `${goal} goal`, kind: 'goal' as const, title, value: Number(needed) }]),
      ...(baseline === null
        ? []
        : [{ key: `${goal} baseline`, kind: 'baseline' as const, title, value: Number(baseline) }]),
    ])
    .filter(({ value }) => value >= min && value <= max);
}
