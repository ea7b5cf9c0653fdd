import { describe, expect, it } from 'vitest';
import { errandsOf } from '../../domain/agreement/errands.ts';
import type { CompiledSurvey } from '../../domain/survey/compiled.ts';
import { Life, agreementOf, duty, lifeOf } from '../support/life.ts';
import { surveyOf } from '../support/survey-life.ts';

const QUARTERLY = { by: 'period', period: 'quarter', edge: 'end', partialFirst: true } as const;

/** An agreement from 2026-07-01 whose quarterly survey has two parts to be handed in, and a report. */
function surveyed(survey: CompiledSurvey = surveyOf()): Life {
  const checklist = ['questionnaire', 'result'].map((id) => ({ id, clauses: ['S000-18'], mayOmit: false }));
  return new Life(
    agreementOf(
      [
        duty('quarterly-survey', 'effect', '0 days', { recurrence: QUARTERLY, checklist }),
        duty('analysis-report', { obligation: 'quarterly-survey', at: 'fulfilled' }, '15 days'),
      ],
      {
        surveys: [survey],
        life: lifeOf({ suspension: [{ grounds: ['force-majeure'], clauses: ['S001b-66'] }] }),
      },
    ),
    '2026-06-30 09:00',
  );
}

/** What an act, or time, brings about for the cycles: `kind command workflow`. */
function told(life: Life, step: (life: Life) => Life): string[] {
  const before = life.state;
  const after = step(life).state;
  return errandsOf(before, after, 0).map((errand) => {
    if (errand.kind === 'tell') return `${errand.command.type} ${errand.workflowId}`;
    return `${errand.kind} ${'workflowId' in errand ? errand.workflowId : ''}`;
  });
}

const CYCLE = 'survey/00000000-0000-7000-8000-000000000001/quarterly-survey#2026-Q3';

describe('What an agreement does for the cycles of its survey', () => {
  it('S000-28: starts each as its quarter opens, and says what is asked of the duties that it fulfils', () => {
    const life = surveyed(surveyOf({ fulfils: { date: null, audience: null, report: 'analysis-report' } }));
    const before = life.state;
    const after = life.sign('2026-07-01 09:00').state;
    const [start, ...others] = errandsOf(before, after, 0);
    expect(others).toEqual([]);
    expect(start).toMatchObject({
      kind: 'start',
      workflowId: CYCLE,
      input: {
        occurrence: '2026-Q3',
        due: { localDate: '2026-09-30' },
        duties: {
          'quarterly-survey': { responsible: 'B', parts: ['questionnaire', 'result'], reviewers: [] },
          'analysis-report': { responsible: 'B', parts: [], reviewers: [] },
        },
      },
    });
    expect(told(life, (one) => one.until('2026-10-01 00:00'))).toContain(`start ${CYCLE.replace('Q3', 'Q4')}`);
  });

  it('tells one whose duty was handed in by hand, or that its agreement is over', () => {
    const life = surveyed().sign('2026-07-01 09:00');
    const parts = ['questionnaire', 'result'];
    expect(told(life, (one) => one.submit('2026-07-02', 'quarterly-survey', 'B', { parts }))).toEqual([
      `duty-done ${CYCLE}`,
    ]);
    // Its duty is fulfilled, and its report may be waited for.
    expect(told(life, (one) => one.terminate('2026-07-10'))).toEqual([`agreement-over ${CYCLE}`]);
  });

  it('S001b-66: tells one that its clock is suspended, and the last day that it has when it runs again', () => {
    const life = surveyed().sign('2026-07-01 09:00');
    const suspend = { type: 'suspend', ground: 'force-majeure', obligations: [], documents: [] } as const;
    expect(
      told(life, (one) =>
        one.act('2026-08-01', 'B', { ...suspend, obligations: [], documents: [{ sha256: 'a'.repeat(64), size: 1 }] }),
      ),
    ).toEqual([`due-moved ${CYCLE}`]);
    const before = life.state;
    life.act('2026-08-11', 'B', { type: 'resume', obligations: [], documents: [] });
    expect(errandsOf(before, life.state, life.ms('2026-08-11 09:00'))).toMatchObject([
      {
        kind: 'tell',
        // Ten days do not count: 30 September becomes 10 October 2026, a make-up working day.
        command: { type: 'due-moved', due: { localDate: '2026-10-10' }, receivedAtMs: life.ms('2026-08-11 09:00') },
      },
    ]);
  });
});
