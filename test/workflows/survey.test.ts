import { afterEach, describe, expect, test } from 'vitest';
import type { ImprovementInput } from '../../domain/improvement/command.ts';
import type { CompiledImprovement, CompiledSurvey } from '../../domain/survey/compiled.ts';
import type { Figures, Measures } from '../../domain/survey/figures.ts';
import { processWorkflowId } from '../../workflows/ids.ts';
import { tell } from '../../workflows/messages.ts';
import { type Shell, openShell } from '../support/shell.ts';
import { agreementOf, duty, paper } from '../support/life.ts';

/** A survey and what follows from it as workflows on the time-skipping server: they start, tell and outlive one another. */
const SIGNED = '2026-09-01 09:00';

const SURVEY: CompiledSurvey = {
  id: 'survey-cycle',
  obligation: 'quarterly-survey',
  clauses: ['S004-12'],
  responsible: 'B',
  dateAgreedBy: { seats: [], clauses: [] },
  approvers: { seats: [], clauses: [] },
  dimensions: [{ id: 'service-quality', clauses: ['S004-08'], parts: [] }],
  weights: {},
  importance: null,
  channels: ['email'],
  audience: { tiers: null, product: false, clauses: [] },
  sample: { method: 'all', size: null, clauses: [] },
  minimumSample: null,
  openDays: 14,
  reminderLeadDays: [3],
  target: null,
  responseRatePercent: null,
  anonymous: false,
  gates: [],
  fulfils: { date: null, audience: null, report: 'report' },
  report: { by: 'B', to: ['A'], acknowledged: false, clauses: ['S004-17'] },
  findings: { below: '0.6', clauses: ['S004-19'] },
};

const IMPROVEMENT: CompiledImprovement = {
  clauses: ['S004-20'],
  planner: 'B',
  departments: ['B'],
  approvers: ['A'],
  planDays: 10,
  cause: null,
  measureTypes: ['training'],
  checks: null,
  verified: { clauses: ['S001b-48'] },
  answer: { days: 3, clauses: ['S004-23'] },
  publication: null,
  escalateTo: null,
  categories: [],
  fulfils: null,
};

const MONTHS = { by: 'interval' as const, every: { unit: 'months' as const, count: 3 }, edge: 'end' as const };

function surveyed() {
  const report = duty('report', { obligation: 'quarterly-survey', at: 'fulfilled' }, '+10 days');
  return agreementOf([duty('quarterly-survey', 'effect', '0 days', { recurrence: MONTHS }), report], {
    surveys: [SURVEY],
    improvement: IMPROVEMENT,
  });
}

/** What 40 answers say of the one dimension. */
function figures(mean: string): Figures {
  const measures: Measures = { n: 40, mean: { value: mean, low: mean, high: mean }, satisfied: null, nps: null };
  const rate = { value: '0.8', low: '0.6525', high: '0.8950' };
  return {
    ...{ population: 50, drawn: 50, reached: 50, answered: 40, late: 0 },
    ...{ responseRate: rate, coverage: rate, scale: { min: 1, max: 5 }, score: mean, overall: measures },
    dimensions: [{ id: 'service-quality', weight: '1', measures, parts: [] }],
    groups: [],
    importance: null,
    verdict: { outcome: 'none', why: 'no-target' },
  };
}

const QUESTIONNAIRE = {
  ...{ sha256: 'a'.repeat(64), questions: 3, dimensions: { 'service-quality': 2 }, parts: {} },
  ...{ scale: { min: 1, max: 5 }, asksImportance: false, weights: {} },
};
const SAMPLE = {
  ...{ sha256: 'b'.repeat(64), method: 'all' as const, seed: null },
  ...{ population: 50, drawn: 50, unreachable: 0, optedOut: 0 },
};

let shell: Shell;
let means: string[];
afterEach(() => shell.close());

async function signed(): Promise<{ first: string; second: string; finding: string }> {
  const compiled = surveyed();
  shell = await openShell(SIGNED, compiled.zone);
  means = ['2.5000', '4.2000'];
  shell.activities.invite = () => Promise.resolve({ sent: 50, unreachable: 0 });
  shell.activities.analyse = () =>
    Promise.resolve({ figures: figures(means.shift() ?? ''), answersSha256: 'c'.repeat(64) });
  const finding = processWorkflowId('improvement', compiled.id, 'quarterly-survey#2026-09-01/service-quality');
  shell.activities.effectTargets = () => Promise.resolve({ workflowIds: [finding] });
  await shell.startWorker();
  await shell.start(compiled, SIGNED);
  await shell.act(SIGNED, 'A', { type: 'sign', documents: [] });
  await shell.act(SIGNED, 'B', { type: 'sign', documents: [] });
  const cycle = (on: string) => processWorkflowId('survey', compiled.id, `quarterly-survey#${on}`);
  return { first: cycle('2026-09-01'), second: cycle('2026-12-01'), finding };
}

/** A finding of a complaint, as the API begins it: no survey knows of it. */
async function raisedOutside(reference: string, since?: { suspendedFrom: string; resumedOn: string }): Promise<string> {
  const compiled = surveyed();
  const workflowId = processWorkflowId('improvement', compiled.id, reference);
  const facts = { about: null, dimension: null, frequency: 1, severity: 3, customerWeight: 1, measured: null };
  const input: ImprovementInput = {
    ...{ format: 1, workflowId, agreementId: compiled.id, reference, clauses: [], raisedAtMs: shell.ms(SIGNED) },
    ...{ zone: compiled.zone, calendar: compiled.calendar, noticeHours: compiled.noticeHours },
    ...{ parties: compiled.parties, seats: compiled.seats, seatParties: {} },
    rules: since ? { ...IMPROVEMENT, suspends: true } : IMPROVEMENT,
    ...(since ? { suspendedFrom: since.suspendedFrom } : {}),
    finding: { ...facts, source: 'case', raisedBy: [] },
    actor: { personId: 'x', seat: 'A', party: 'A', via: 'api' },
  };
  shell.activities.openProcesses = ({ agreementId }) =>
    Promise.resolve({
      workflowIds: agreementId === compiled.id ? [workflowId] : [],
      resumedOn: since?.resumedOn ?? null,
    });
  await shell.client.workflow.start('improvement', { workflowId, taskQueue: 'shell-test', args: [{ input }] });
  return workflowId;
}

async function surveyIn(cycle: string, day: string): Promise<void> {
  await shell.actOn(cycle, `${day} 10:00`, 'B', { type: 'design', questionnaire: QUESTIONNAIRE });
  await shell.actOn(cycle, `${day} 10:01`, 'B', { type: 'draw', sample: SAMPLE });
  await shell.actOn(cycle, `${day} 10:02`, 'B', { type: 'publish', channels: ['email'] });
}

describe('a survey of an agreement', () => {
  test('starts when its duty opens, closes by itself, fulfils the duty in time, and its low score becomes an improvement whose effect the next cycle proves', async () => {
    const { first, second, finding } = await signed();
    expect(shell.typesOf(first)).toEqual(['survey-planned']);

    await surveyIn(first, '2026-11-02');
    const answers = { type: 'answers', id: 'a1', receivedAtMs: shell.ms('2026-11-05 10:00'), cursor: '40' };
    await shell.until('2026-11-05 10:00');
    await shell.client.workflow.getHandle(first).signal(tell, {
      ...answers,
      ...{ answered: 40, late: 0, actor: { personId: 'machine', seat: 'clock', via: 'workflow' } },
    } as never);
    await shell.until('2026-11-17 09:00'); // 14 days from 2 November end on the 16th
    expect(shell.typesOf(first)).toContain('survey-analysed');
    const fulfilled = shell.events().find(({ type }) => type === 'obligation-fulfilled');
    expect(fulfilled).toMatchObject({ obligation: 'quarterly-survey', occurrence: '2026-09-01', late: false });

    expect(shell.typesOf(finding)).toEqual(['finding-opened']);
    await shell.actOn(finding, '2026-11-17 10:00', 'B', { type: 'classify', category: null });
    const measure = { id: 'measure-1', kind: 'training', owner: 'B', dueOn: '2026-12-10' };
    const goal = { dimension: 'service-quality', atLeast: '4.0' };
    await shell.actOn(finding, '2026-11-18 10:00', 'B', {
      ...{ type: 'plan', hasCause: true, goal, measures: [measure], documents: paper() },
    });
    await shell.actOn(finding, '2026-11-19 10:00', 'A', { type: 'approve-plan', version: 1 });
    await shell.actOn(finding, '2026-12-08 10:00', 'B', { type: 'complete', measure: 'measure-1', documents: paper() });

    await shell.actOn(first, '2026-12-08 11:00', 'B', { type: 'release', documents: paper() });
    await surveyIn(second, '2027-02-01');
    await shell.until('2027-02-17 09:00');
    expect(shell.typesOf(finding)).toContain('effect-verified');
    await shell.actOn(finding, '2027-02-18 10:00', 'B', { type: 'answer-customers', customers: [] });
    expect(shell.typesOf(finding).at(-1)).toBe('improvement-closed');
  }, 240_000);

  test('is told that its duty was handed in by hand, and that its agreement has ended', async () => {
    const { first, second } = await signed();
    const complaint = await raisedOutside('finding-1');
    await shell.act('2026-11-20 10:00', 'B', { type: 'submit', obligation: 'quarterly-survey', documents: [] });
    expect(shell.typesOf(first)).toEqual(['survey-planned', 'survey-done-elsewhere']);
    await shell.act('2027-01-05 10:00', 'coordinator', { type: 'terminate' });
    expect(shell.typesOf(second)).toEqual(['survey-planned', 'survey-cancelled']);
    expect(shell.typesOf(complaint)).toEqual(['finding-opened', 'improvement-cancelled']);
  }, 240_000);

  test('a finding that was started as suspended asks, and goes on where the agreement did so before it was there', async () => {
    await signed();
    const days = { suspendedFrom: '2026-08-20', resumedOn: '2026-09-05' };
    const late = await raisedOutside('finding-1', days);
    await shell.until('2026-09-07 10:00');
    expect(shell.typesOf(late)).toEqual(['finding-opened', 'improvement-suspended', 'improvement-resumed']);
  }, 240_000);
});
