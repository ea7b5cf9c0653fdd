import type { EvaluationState } from '../../domain/evaluation/state.ts';
import type { EvaluationAct, SubjectAct } from './schema.ts';

type Trial = { type: string; indicator?: string } & Record<string, unknown>;

const FILES = [{ sha256: '0'.repeat(64), size: 1 }];
/** Of nobody: a person whom nothing else names. */
export const SOMEBODY = '00000000-0000-4000-8000-000000000000';

/** For each act on the whole, commands that are right in everything that whoever acts can still choose. */
export function evaluationTrials({ input, scheme }: EvaluationState): Record<EvaluationAct, Trial[]> {
  const late = input.rules.form === 'accountability' ? { item: 'trial', lateMinutes: 1 } : {};
  return {
    enrol: [SOMEBODY, ...input.rules.subjects, ...input.seats].map((subject) => ({ type: 'enrol', subject, ...late })),
    acknowledge: [{ type: 'acknowledge', ...(scheme ? { version: scheme.version } : {}), documents: FILES }],
    gather: [{ type: 'gather' }],
    publish: [{ type: 'publish' }],
  };
}

/** The same for each act on one of those that are evaluated. */
export function subjectTrials(
  { input, scheme, subjects }: EvaluationState,
  subject: string,
): Record<SubjectAct, Trial[]> {
  const { rules } = input;
  const indicators = scheme?.indicators ?? [];
  const own = subjects.find((one) => one.subject === subject);
  const each = (
    trial: (id: string, value: string, evidence: string[]) => Record<string, unknown>,
    type: string,
  ): Trial[] =>
    indicators.map(({ id, scale, evidence }) => {
      const present = own?.scores.find(({ indicator }) => indicator === id)?.value;
      const value = present === scale.max ? scale.min : scale.max;
      return { ...trial(id, value, evidence.slice(0, 1)), type, subject, indicator: id };
    });
  const kinds = [...rules.consequences, ...rules.followUps].map(({ consequence }) => consequence);
  const targets = scheme?.tests.find(({ test }) => test === 'targets-met')?.targets ?? 0;
  return {
    'self-assess': [{ type: 'self-assess', subject }],
    score: each((_id, value, evidence) => ({ value, evidence, documents: FILES, hasRecord: true }), 'score'),
    'leave-out': each(() => ({}), 'leave-out'),
    'judge-targets': [
      {
        type: 'judge-targets',
        subject,
        met: Array.from({ length: targets }, (_, index) => index + 1),
        missed: [],
        documents: FILES,
      },
    ],
    'third-party': [{ type: 'third-party', subject, passed: true, documents: FILES }],
    conclude: [{ type: 'conclude', subject }],
    object: [{ type: 'object', subject, documents: FILES }],
    answer: [{ type: 'answer', subject, verdict: 'reject' }],
    correct: each((_id, value) => ({ value, documents: FILES }), 'correct'),
    confirm: [{ type: 'confirm', subject }],
    propose: [...new Set(kinds)].map((consequence) => ({ type: 'propose', subject, consequence, amount: '1' })),
    decide: (own?.consequences ?? [])
      .filter(({ verdict }) => verdict === null)
      .map(({ id }) => ({ type: 'decide', subject, consequence: id, verdict: 'decline', documents: FILES })),
    explain: [{ type: 'explain', subject }],
  };
}
