import { expect, test } from 'vitest';
import { planBegun } from '../../domain/evaluation/errands.ts';
import type { EvaluationInput } from '../../domain/evaluation/command.ts';
import type { Consequence, Evaluated, EvaluationState } from '../../domain/evaluation/state.ts';
import type { ProcessFrame } from '../../domain/process/process.ts';
import { improvementRules } from '../../domain/improvement/improvement.ts';
import type { CompiledImprovement } from '../../domain/survey/compiled.ts';
import { loadCalendar } from '../../templates/calendars.ts';
import { zoneData } from '../../templates/zone-data.ts';
import { ProcessLife } from '../support/process-life.ts';

const AGREEMENT = '00000000-0000-7000-8000-000000000001';
const improvement: CompiledImprovement = {
  ...{ clauses: ['S001c-26'], planner: 'B', departments: [], approvers: [], planDays: 30, cause: null },
  ...{ measureTypes: [], checks: null, verified: null, answer: null, publication: null, escalateTo: null },
  ...{ categories: [], fulfils: 'improvement-strategy', beginsAfter: true },
};

function planOf(planDays: number | null) {
  const input = {
    ...{ format: 1, workflowId: `evaluation/${AGREEMENT}/staff-appraisal`, agreementId: AGREEMENT },
    ...{ reference: 'staff-appraisal', zone: zoneData('Asia/Shanghai'), calendar: loadCalendar('cn') },
    noticeHours: { days: 'working-days', from: '09:00', to: '18:00' },
    ...{ parties: ['A', 'B'], seats: ['A', 'B'], seatParties: {}, improvement },
    rules: { clauses: ['S001c-45'], planDays },
  } as unknown as EvaluationInput;
  const actor = { personId: 'person-B', seat: 'B', party: 'B', via: 'api' } as const;
  const receivedAtMs = Date.parse('2026-12-02T09:00:00+08:00');
  const begun = planBegun(
    { input } as EvaluationState,
    { subject: 'shen-ke' } as Evaluated,
    { id: 'improvement-plan' } as Consequence,
    { actor, receivedAtMs },
  );
  if (begun === null) throw new Error('no plan');
  return new ProcessLife(improvementRules, begun.input as ProcessFrame, '2026-12-02 09:00').act(
    '2026-12-02 10:00',
    'B',
    {
      type: 'classify',
      category: null,
    } as never,
  );
}

// Wednesday 2 December and fourteen days: Wednesday the 16th.
test('the plan of whoever failed is due when that was agreed (S001c-45), and stands for no strategy of the contract', () => {
  const own = planOf(14);
  expect([own.rejections, own.state.due?.localDate, own.state.input.rules.fulfils]).toEqual([[], '2026-12-16', null]);
  expect(own.state.input.rules.beginsAfter).toBeUndefined();
});

test('without such a length it is a plan like any other', () => {
  const other = planOf(null);
  expect(other.state.input.rules).toMatchObject({ planDays: 30, fulfils: 'improvement-strategy' });
});
