import { describe, expect, test } from 'vitest';
import type { CompiledAgreement } from '../../domain/agreement/compiled.ts';
import { conflicts, rebasedOn } from '../../domain/life/patch-merge.ts';
import { patched } from '../../domain/life/patch.ts';
import { type AmendmentChanges, amendedDraft, amendmentPatch } from '../../templates/amend.ts';
import { compileDraft, resolveDraft } from '../../templates/draft.ts';

const GIVEN = {
  template: 'service-attachments@2',
  terms: { contractTotal: '1000000.00', expiresOn: '2027-12-31' },
  parties: {
    A: { name: '甲方', email: 'a@a.example' },
    B: { name: '乙方', email: 'b@b.example' },
  },
};

function compiled(given: Record<string, unknown>): CompiledAgreement {
  const { draft, errors } = resolveDraft(given);
  if (!draft) throw new Error(JSON.stringify(errors));
  return compileDraft(draft, { id: 'x', year: 2026 });
}

const AGREEMENT = compiled(GIVEN);
const REPORT = 'needs-analysis-report';

function patchOf(changes: AmendmentChanges, agreement = AGREEMENT, given: Record<string, unknown> = GIVEN) {
  const made = amendmentPatch({ given, agreement, inForceOn: '2026-09-01' }, changes);
  if ('problems' in made) throw new Error(JSON.stringify(made.problems));
  return made.patch;
}

const ruleIn = ({ obligations }: Pick<CompiledAgreement, 'obligations'>, id: string) =>
  obligations.find((rule) => rule.id === id);

describe('what an amendment changes of the rules', () => {
  test('nothing asked for changes nothing', () => {
    expect(patchOf({})).toEqual({ obligations: [], removed: [], terms: [] });
  });

  test('a term that is what it is already changes nothing, whoever said it: 30 days for the report (S001a-60)', () => {
    const same = { contractTotal: '1000000.00', needsReportDays: 30, penaltyCapPercent: 'not-agreed' };
    expect(patchOf({ terms: same })).toEqual({ obligations: [], removed: [], terms: [] });
    expect(patchOf({ terms: { ...same, needsReportDays: 45 } }).terms).toEqual(['needsReportDays']);
  });

  test('a term changes all that hangs on it, and nothing else: 1,000,000.00 to 800,000.00 (S001a-69)', () => {
    const patch = patchOf({ terms: { contractTotal: '800000.00' } });
    expect(patch.terms).toEqual(['contractTotal']);
    const charged = AGREEMENT.obligations.filter(({ penalty }) => penalty?.base === '1000000.00');
    expect(patch.obligations.map(({ id }) => id).sort()).toEqual(charged.map(({ id }) => id).sort());
    expect(patch.obligations.map(({ penalty }) => penalty?.base)).toEqual(charged.map(() => '800000.00'));
    expect(patch.life?.penaltyWarning).toMatchObject({ base: '800000.00' });
  });

  test('the end is changed by its term or by itself; the same end is no change', () => {
    expect(patchOf({ terms: { expiresOn: '2028-06-30' } })).toMatchObject({ expiresOn: '2028-06-30', obligations: [] });
    expect(patchOf({ expiresOn: '2028-06-30' })).toMatchObject({ expiresOn: '2028-06-30', obligations: [] });
    expect(patchOf({ terms: { expiresOn: '2027-12-31' } })).not.toHaveProperty('expiresOn');
  });

  test('with another owner the sides of review and penalty change places', () => {
    const before = ruleIn(AGREEMENT, REPORT);
    expect(before).toMatchObject({ responsible: 'A', penalty: { creditor: 'B' } });
    const after = ruleIn(patchOf({ owners: { [REPORT]: 'B' } }), REPORT);
    expect(after).toMatchObject({ responsible: 'B', penalty: { creditor: 'A' } });
    expect(after?.review?.reviewers).toEqual(
      before?.review?.reviewers.map((reviewer) => (reviewer === 'A' ? 'B' : reviewer === 'B' ? 'A' : reviewer)),
    );
  });

  test('a date is so many days from the same day 0, or a day', () => {
    expect(ruleIn(patchOf({ dates: { [REPORT]: 45 } }), REPORT)?.deadline).toMatchObject({
      anchor: ruleIn(AGREEMENT, REPORT)?.deadline.anchor,
      offset: { unit: 'days', count: 45 },
    });
    expect(ruleIn(patchOf({ dates: { [REPORT]: '2026-12-01' } }), REPORT)?.deadline).toMatchObject({
      anchor: { on: '2026-12-01' },
      offset: { count: 0 },
    });
  });

  test('what is taken out takes along what waits for it', () => {
    const { removed } = patchOf({ remove: [REPORT] });
    expect(removed).toContain(REPORT);
    const left = patched(AGREEMENT, patchOf({ remove: [REPORT] })).obligations;
    for (const { deadline } of left) expect(JSON.stringify(deadline.anchor)).not.toContain(REPORT);
  });

  test('a later change of a term keeps the owner and the date that an earlier amendment agreed', () => {
    const first: AmendmentChanges = { owners: { [REPORT]: 'B' }, dates: { [REPORT]: 45 }, remove: ['training-plan'] };
    const running = patched(AGREEMENT, patchOf(first));
    const patch = patchOf({ terms: { contractTotal: '800000.00' } }, running, amendedDraft(GIVEN, [first]));
    expect(ruleIn(patch, REPORT)).toMatchObject({
      responsible: 'B',
      deadline: { offset: { count: 45 } },
      penalty: { base: '800000.00', creditor: 'A' },
    });
    expect(ruleIn(patch, 'training-plan')).toBeUndefined();
    expect(patch.removed).toEqual([]);
  });

  test('a term that is agreed on later brings the duties that waited for it', () => {
    const open = { ...GIVEN, terms: { ...GIVEN.terms, surveyIntervalDays: null } };
    const before = compiled(open);
    const patch = patchOf({ terms: { surveyIntervalDays: 90 } }, before, open);
    expect(patch.obligations.length).toBeGreaterThan(0);
    expect(patch.obligations.filter(({ id }) => ruleIn(before, id))).toEqual([]);
    const [survey] = patch.obligations;
    expect(survey?.recurrence).toMatchObject({ every: { unit: 'days', count: 90 } });
  });

  test('a day that was named gives way to the new period of its term (S001a-60)', () => {
    const first: AmendmentChanges = { dates: { [REPORT]: '2026-12-01' } };
    const running = patched(AGREEMENT, patchOf(first));
    const patch = patchOf({ terms: { needsReportDays: 60 } }, running, amendedDraft(GIVEN, [first]));
    expect(ruleIn(patch, REPORT)?.deadline).toMatchObject({
      anchor: ruleIn(AGREEMENT, REPORT)?.deadline.anchor,
      offset: { unit: 'days', count: 60 },
    });
  });

  test('every wrong field is named', () => {
    const made = amendmentPatch(
      { given: GIVEN, agreement: AGREEMENT, inForceOn: '2026-09-01' },
      { owners: { none: 'A', [REPORT]: 'nobody' }, remove: ['neither'] },
    );
    expect('problems' in made && made.problems.map(({ path, code }) => [path, code])).toEqual([
      ['changes.owners.none', 'unknown-obligation'],
      ['changes.remove[0]', 'unknown-obligation'],
      [`changes.owners.${REPORT}`, 'unknown-seat'],
    ]);
  });
});

describe('what an amendment changes of training, for the sessions that are planned from then on', () => {
  const agreed = { staffTrainingIntervalDays: 180, examDueDays: 7, passMark: '60', retrainDays: 30 };
  const terms = { contractTotal: '960000.00', expiresOn: '2027-12-31', ...agreed };
  const SERVICE = { template: 'service-third-party@1', parties: GIVEN.parties, terms };
  const service = compiled(SERVICE);
  const STANDARD = 'training-standard';
  const standardIn = ({ trainings = [] }: Pick<CompiledAgreement, 'trainings'>) =>
    trainings.find(({ id }) => id === STANDARD);
  const servicePatch = (changes: AmendmentChanges) => patchOf(changes, service, SERVICE);
  const after = (changes: AmendmentChanges) => standardIn(patched(service, servicePatch(changes)));

  test('the mark that passes: 60 until then, 85 from then on (S001b-15); nothing else of it moves', () => {
    const before = standardIn(service);
    expect(before?.exam).toMatchObject({ passMark: '60', days: 7 });
    expect(after({ terms: { passMark: '85' } })).toEqual({ ...before, exam: { ...before?.exam, passMark: '85' } });
    expect(servicePatch({ terms: { passMark: '85' } }).terms).toEqual(['passMark']);
    expect(servicePatch({ terms: { passMark: '60' } })).not.toHaveProperty('trainings');
  });

  test('three topics instead of four: communication is no longer asked for (S001b-13)', () => {
    const trainingTopics = ['product-knowledge', 'service-process', 'customer-psychology'];
    expect(standardIn(service)?.topics).toHaveLength(4);
    expect(after({ terms: { trainingTopics } })?.topics.map(({ id }) => id)).toEqual(trainingTopics);
  });

  test('whoever fails is trained again within 14 days instead of 30 (S001b-16)', () => {
    expect(standardIn(service)?.retraining?.days).toBe(30);
    expect(after({ terms: { retrainDays: 14 } })?.retraining?.days).toBe(14);
  });

  test('its duty takes it along: to whoever owes it then, and out', () => {
    const [owner, other] = standardIn(service)?.organiser === 'A' ? ['A', 'B'] : ['B', 'A'];
    expect(standardIn(service)?.organiser).toBe(owner);
    expect(after({ owners: { 'staff-training': other } })?.organiser).toBe(other);
    expect(after({ remove: ['staff-training'] })).toBeUndefined();
  });

  test('two amendments side by side, of the mark and of the days to be trained again, both hold, in either order', () => {
    const mark = servicePatch({ terms: { passMark: '85' } });
    const days = servicePatch({ terms: { retrainDays: 14 } });
    expect(conflicts(service, mark, days)).toBe(false);
    for (const [first, second] of [
      [mark, days],
      [days, mark],
    ] as const) {
      const between = patched(service, first);
      const both = standardIn(patched(between, rebasedOn(service, between, second)));
      expect(both).toMatchObject({ exam: { passMark: '85' }, retraining: { days: 14 } });
    }
  });

  test('an agreement that was started without rules of training gets none by another term', () => {
    const { trainings: _trainings, ...before } = service;
    expect(patchOf({ terms: { passMark: '85' } }, before, SERVICE)).not.toHaveProperty('trainings');
  });
});

describe('what an amendment changes of surveys and improvements, for the cycles that begin from then on', () => {
  const POLICY = {
    template: 'satisfaction-management@1',
    terms: { replyWindow: 'P14D' },
    parties: { Company: { name: '公司', email: 'office@company.example' } },
  };
  const policy = compiled(POLICY);
  const surveyIn = ({ surveys = [] }: Pick<CompiledAgreement, 'surveys'>, id: string) =>
    surveys.find((survey) => survey.id === id);
  const policyPatch = (changes: AmendmentChanges) => patchOf(changes, policy, POLICY);

  test('a method that is agreed later opens the gate that waited for it (S003-S-16)', () => {
    const gate = (agreement: Pick<CompiledAgreement, 'surveys'>) =>
      surveyIn(agreement, 'survey-business')?.gates.find((one) => one.gate === 'method')?.isGiven;
    expect(gate(policy)).toBe(false);
    const patch = policyPatch({ terms: { evaluationMethod: '加权平均' } });
    expect(gate(patched(policy, patch))).toBe(true);
    expect(patch).toMatchObject({ obligations: [], terms: ['evaluationMethod'] });
    expect(patch).not.toHaveProperty('improvement');
  });

  test('a duty that changes hands takes its survey along: business to technical support', () => {
    const patch = policyPatch({ owners: { 'questionnaire-business': 'technical-support' } });
    expect(surveyIn(patch, 'survey-business')).toMatchObject({
      responsible: 'technical-support',
      report: { by: 'technical-support' },
    });
    expect(surveyIn(patch, 'survey-branch')).toEqual(surveyIn(policy, 'survey-branch'));
  });

  test('a duty that ends takes its survey along', () => {
    const after = patched(policy, policyPatch({ remove: ['questionnaire-branch'] }));
    expect(surveyIn(after, 'survey-branch')).toBeUndefined();
    expect(after.surveys).toHaveLength((policy.surveys?.length ?? 0) - 1);
  });

  test('an agreement that was started without surveys gets none by another term', () => {
    const { surveys: _surveys, improvement: _improvement, ...before } = policy;
    expect(patchOf({ terms: { replyWindow: 'P21D' } }, before, POLICY)).not.toHaveProperty('surveys');
  });

  test('two amendments side by side: the reply window (S003-S-08) and the threshold of findings both hold, in either order', () => {
    const window = policyPatch({ terms: { replyWindow: 'P21D' } });
    const threshold = policyPatch({ terms: { findingThresholdPct: '60' } });
    expect(conflicts(policy, window, threshold)).toBe(false);
    expect(conflicts(policy, window, policyPatch({ terms: { replyWindow: 'P7D' } }))).toBe(true);
    for (const [first, second] of [
      [window, threshold],
      [threshold, window],
    ] as const) {
      const between = patched(policy, first);
      const after = patched(between, rebasedOn(policy, between, second));
      expect(surveyIn(after, 'survey-business')).toMatchObject({ openDays: 21, findings: { below: '0.6' } });
    }
  });

  test('the days for a plan change the improvement (S004-20)', () => {
    const given = { ...POLICY, template: 'satisfaction-evaluation@1', terms: { improvementPlanDueDays: 10 } };
    const agreement = compiled(given);
    const patch = patchOf({ terms: { improvementPlanDueDays: 5 } }, agreement, given);
    expect(patched(agreement, patch).improvement).toEqual({ ...agreement.improvement, planDays: 5 });
    expect(patch).not.toHaveProperty('surveys');
  });
});
