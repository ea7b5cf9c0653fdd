import { expect, test } from 'vitest';
import type { CompiledAgreement } from '../../domain/agreement/compiled.ts';
import type { CompiledImprovement, CompiledSurvey } from '../../domain/survey/compiled.ts';
import { loadCalendar } from '../../templates/calendars.ts';
import { compileAgreement } from '../../templates/compile.ts';
import { findTemplate, newestTemplates } from '../../templates/library.ts';
import { measureTypeTitles } from '../../templates/compile-improvement.ts';
import type { Template } from '../../templates/schema.ts';
import { surveyTitles } from '../../templates/survey-dimensions.ts';
import { resolveTerms } from '../../templates/terms.ts';
import { zoneData } from '../../templates/zone-data.ts';

const TOTAL = { contractTotal: '1000000.00' };
const VIP = { providerParty: 'B' };

function templateOf(id: string): Template {
  const found = findTemplate(id);
  if ('problem' in found) throw new Error(found.problem.message.en);
  return found.template;
}

function compiled(id: string, given: Record<string, unknown> = {}): CompiledAgreement {
  const template = templateOf(id);
  const resolved = resolveTerms(template, given);
  if (resolved.errors.length > 0) throw new Error(JSON.stringify(resolved.errors));
  const seats = Object.keys(template.parties);
  return compileAgreement(template, resolved, {
    id: 'x',
    zone: zoneData('Asia/Shanghai'),
    calendar: loadCalendar(undefined),
    seats,
    year: 2027,
  });
}

function survey(id: string, rule: string, given: Record<string, unknown> = {}): CompiledSurvey {
  const found = compiled(id, given).surveys?.find((one) => one.id === rule);
  if (!found) throw new Error(`no survey ${rule}`);
  return found;
}

function improvement(id: string, given: Record<string, unknown> = {}): CompiledImprovement {
  const found = compiled(id, given).improvement;
  if (!found) throw new Error(`no improvement in ${id}`);
  return found;
}

test('S000-25…29: four dimensions, a date that both agree on, a list that A provides, a report to A; nothing that the text does not say', () => {
  expect(
    survey('satisfaction-improvement', 'survey-cycle', { surveyDateProposalDeadlineDays: 15, analysisReportDays: 15 }),
  ).toEqual({
    id: 'survey-cycle',
    obligation: 'quarterly-survey',
    clauses: ['S000-18', 'S000-25', 'S000-26', 'S000-27', 'S000-28'],
    responsible: 'B',
    dateAgreedBy: { seats: ['A', 'B'], clauses: ['S000-28'], reminderLeadDays: [7, 3, 1] }, // of its duty: ours
    approvers: { seats: [], clauses: [] },
    dimensions: [
      { id: 'product-quality', clauses: ['S000-25'], parts: [] },
      { id: 'service-efficiency', clauses: ['S000-25'], parts: [] },
      { id: 'service-attitude', clauses: ['S000-25'], parts: [] },
      { id: 'communication', clauses: ['S000-25'], parts: [] },
    ],
    weights: {},
    importance: null,
    channels: [],
    audience: { tiers: null, product: false, clauses: ['S000-27'] },
    sample: { method: 'all', size: null, clauses: [] },
    minimumSample: null,
    openDays: 14,
    reminderLeadDays: [7, 2],
    target: null,
    responseRatePercent: null,
    anonymous: false,
    gates: [],
    fulfils: { date: 'survey-date', audience: 'survey-cooperation', report: 'analysis-report' },
    report: { by: 'B', to: ['A'], acknowledged: false, clauses: ['S000-29'] },
    findings: null,
    resultStands: true,
  });
});

test('S000-28: the date is agreed by both also where no length was agreed for it, and then fulfils no duty', () => {
  const one = survey('satisfaction-improvement', 'survey-cycle');
  expect(one.dateAgreedBy.seats).toEqual(['A', 'B']);
  expect(one.fulfils).toEqual({ date: null, audience: 'survey-cooperation', report: null });
});

test('S000-26, S000-27: methods and audience are blanks; “other” is no channel, one product has no tier', () => {
  const one = survey('satisfaction-improvement', 'survey-cycle', {
    surveyMethods: ['online', 'phone', 'other'],
    surveyAudience: 'product',
    surveyAudienceProduct: 'X',
  });
  expect(one.channels).toEqual(['online', 'phone']);
  expect(one.audience).toEqual({ tiers: null, product: true, clauses: ['S000-27'] });
  expect(survey('satisfaction-improvement', 'survey-cycle', { surveyAudience: 'key' }).audience.tiers).toEqual(['key']);
});

test('S000-25: dimensions are a minimum; what the parties add is one, too, with an id that stays the same', () => {
  const given = { surveyDimensions: ['产品质量', '服务效率', '服务态度', '沟通效果', '物流', 'After-sales service'] };
  const ids = survey('satisfaction-improvement', 'survey-cycle', given).dimensions.map(({ id }) => id);
  expect(ids.slice(0, 4)).toEqual(['product-quality', 'service-efficiency', 'service-attitude', 'communication']);
  expect(ids[4]).toMatch(/^added-[0-9a-f]{8}$/);
  expect(ids[5]).toBe('after-sales-service');
  const template = templateOf('satisfaction-improvement');
  const titles = surveyTitles(template, resolveTerms(template, given));
  expect(titles.dimensions[ids[4] ?? '']).toEqual({ zh: '物流', en: '物流' });
  expect(titles.dimensions['communication']).toEqual({ zh: '沟通效果', en: 'Communication' });
});

test('S000-07, S000-11, S000-23: B plans and adjusts, A carries out by the kinds of measures in the text', () => {
  expect(improvement('satisfaction-improvement', { improvementPlanDays: 15 })).toEqual({
    clauses: ['S000-07', 'S000-11', 'S000-23', 'S000-37'],
    planner: 'B',
    departments: ['A', 'feedback-department'],
    approvers: [],
    planDays: 15,
    cause: null,
    measureTypes: ['training', 'process_adjustment', 'system_upgrade', 'other'],
    checks: null,
    verified: { clauses: ['S000-23'] },
    answer: null,
    publication: null,
    escalateTo: 'A',
    categories: [],
    fulfils: 'plan-adjustment',
    beginsAfter: true,
    suspends: true,
    duty: { responsible: 'B', parts: ['plan-version', 'effect-and-suggestions'], reviewers: [] },
  });
  expect(improvement('satisfaction-improvement').planDays).toBeNull();
});

test('findings come by themselves only below a threshold that was agreed: 60 % of the scale is the fraction 0.6', () => {
  const one = survey('satisfaction-improvement', 'survey-cycle', { findingThresholdPct: '60' });
  expect(one.findings).toEqual({ below: '0.6', clauses: ['S000-23'] });
});

test('S004-08…11: three dimensions of three parts each, and overall satisfaction asked by itself', () => {
  const one = survey('satisfaction-evaluation', 'survey-content', { reportDays: 10 });
  expect(one.dimensions).toEqual([
    { id: 'service-quality', clauses: ['S004-08'], parts: ['response-speed', 'professionalism', 'problem-solving'] },
    { id: 'product-quality', clauses: ['S004-09'], parts: ['performance', 'use', 'after-sales'] },
    { id: 'customer-experience', clauses: ['S004-10'], parts: ['ease-of-purchase', 'staff-attitude', 'transparency'] },
    { id: 'overall-satisfaction', clauses: ['S004-11'], parts: [] },
  ]);
  expect(one.responsible).toBe('customer-service');
  expect(one.channels).toEqual(['phone', 'email', 'sms', 'online']);
  expect(one.audience).toEqual({ tiers: null, product: false, clauses: ['S004-16'] });
  expect(one.sample).toEqual({ method: 'all', size: null, clauses: ['S004-16'] });
  expect(one.fulfils).toEqual({ date: null, audience: null, report: 'satisfaction-report' });
  expect(one.target).toBeNull();
});

test('S004-08: a part that the company adds is asked about, too', () => {
  const one = survey('satisfaction-evaluation', 'survey-content', {
    dimension_服务质量: ['响应速度', '专业性', '解决问题的能力', 'Follow-up'],
  });
  expect(one.dimensions[0]?.parts).toEqual(['response-speed', 'professionalism', 'problem-solving', 'follow-up']);
});

test('S004-03: weights are given by title or by id, as percentages; a dimension without one does not count', () => {
  const one = survey('satisfaction-evaluation', 'survey-content', {
    indicatorWeights: { 服务质量: '33.34', 'product-quality': '33.33', 客户体验: '33.33' },
  });
  expect(one.weights).toEqual({
    'service-quality': '0.3334',
    'product-quality': '0.3333',
    'customer-experience': '0.3333',
    'overall-satisfaction': '0',
  });
});

test('S004-18: the report goes to management, who acknowledge it where the company says so', () => {
  const report = (given: Record<string, unknown>) => survey('satisfaction-evaluation', 'survey-content', given).report;
  expect(report({})).toEqual({
    by: 'customer-service',
    to: ['management'],
    acknowledged: false,
    clauses: ['S004-17', 'S004-18'],
  });
  expect(report({ managementAcknowledgement: true }).acknowledged).toBe(true);
});

test('S004-02: no figure in the text; one that is set is a score unless it is said to be a share of satisfied answers', () => {
  const target = (given: Record<string, unknown>) => survey('satisfaction-evaluation', 'survey-content', given).target;
  expect(target({ satisfactionTarget: '4.2' })).toEqual({ measure: 'score', value: '4.2', clauses: ['S004-02'] });
  expect(target({ satisfactionTarget: '85', satisfactionTargetMeasure: 'satisfied' })?.measure).toBe('satisfied');
});

test('S004-19…26: departments plan, the project leader checks, the customer is told, staff see the results', () => {
  expect(
    improvement('satisfaction-evaluation', {
      improvementPlanDueDays: 10,
      checkIntervalDays: 14,
      closedLoopNoticeDays: 3,
      issueCategories: ['服务', '产品'],
    }),
  ).toEqual({
    clauses: ['S004-19', 'S004-20', 'S004-21', 'S004-22', 'S004-23', 'S004-24', 'S004-26'],
    planner: 'concerned-departments',
    classifier: 'customer-service',
    departments: ['customer-service'],
    approvers: [],
    planDays: 10,
    cause: null,
    measureTypes: [],
    checks: { days: 14, by: 'project-leader', clauses: ['S004-22'] },
    verified: { clauses: ['S004-24'] },
    answer: { days: 3, clauses: ['S004-23'] },
    publication: { clauses: ['S004-26'] },
    escalateTo: 'management',
    categories: ['服务', '产品'],
    fulfils: 'improvement-plan',
    beginsAfter: true,
    suspends: true,
    duty: {
      responsible: 'concerned-departments',
      parts: ['measures', 'implementation-dates', 'responsible-persons'],
      reviewers: [],
    },
  });
});

test('S001b-02…06, S001b-98: four indicators with their weights, the importance of each asked, no cycle without the task group', () => {
  const one = survey('service-third-party', 'survey-cycle', { surveyOpenDays: 10, analysisDueDays: 10, ...TOTAL });
  expect(one.responsible).toBe('survey-team');
  expect(one.dimensions.map(({ id, clauses }) => [id, clauses])).toEqual([
    ['attitude', ['S001b-04']],
    ['quality', ['S001b-04']],
    ['response-speed', ['S001b-04']],
    ['problem-solving', ['S001b-04']],
  ]);
  expect(one.weights).toEqual({
    attitude: '0.25',
    quality: '0.25',
    'response-speed': '0.25',
    'problem-solving': '0.25',
  });
  expect(one.importance).toEqual({ clauses: ['S001b-05'] });
  expect(one.channels).toEqual(['online', 'phone', 'face-to-face']);
  expect(one.openDays).toBe(10);
  expect(one.gates).toEqual([{ gate: 'team', seat: 'survey-team', clauses: ['S001b-03'] }]);
  expect(one.fulfils.report).toBe('evaluation-report');
  expect(one.report).toEqual({ by: 'A', to: ['management'], acknowledged: false, clauses: ['S001b-98'] });
});

test('S001b-04: an indicator that gets a weight is one more', () => {
  const weights = { attitude: '20', quality: '20', 'response-speed': '20', 'problem-solving': '20', Packaging: '20' };
  const one = survey('service-third-party', 'survey-cycle', { indicatorWeights: weights, ...TOTAL });
  expect(one.dimensions.at(-1)).toEqual({ id: 'packaging', clauses: ['S001b-04', 'S001b-05'], parts: [] });
  expect(one.weights['packaging']).toBe('0.2');
});

test('S001b-29, S001b-47, S001b-48: measures within the agreed days, tracked until the effect shows; the chapter of headings gives kinds alone', () => {
  expect(
    improvement('service-third-party', { actionItemDueDays: 30, effectMeetingIntervalDays: 90, ...TOTAL }),
  ).toMatchObject({
    planner: 'A',
    planDays: 30,
    cause: null,
    measureTypes: ['model', 'channel', 'content'],
    verified: { clauses: ['S001b-48'] },
    answer: null,
    fulfils: 'improvement-measures',
  });
});

test('S001c-04…08: four groups, with the three topics inside the service; the full survey asks all, the sample key customers at random', () => {
  const dimensions = [
    { id: 'product', clauses: ['S001c-05'], parts: [] },
    { id: 'service', clauses: ['S001c-05', 'S001c-04'], parts: ['quality', 'attitude', 'response-speed'] },
    { id: 'brand', clauses: ['S001c-05'], parts: [] },
    { id: 'complaints', clauses: ['S001c-05'], parts: [] },
  ];
  const given = { sampleSize: '30', indicatorWeights: { product: '40', service: '30', brand: '20', complaints: '10' } };
  const full = survey('service-kpi', 'full-survey', given);
  const sample = survey('service-kpi', 'key-customer-sample', given);
  expect([full.dimensions, sample.dimensions]).toEqual([dimensions, dimensions]);
  expect(full.weights).toEqual({ product: '0.4', service: '0.3', brand: '0.2', complaints: '0.1' });
  expect([full.obligation, full.audience.tiers, full.sample]).toEqual([
    'quarterly-survey',
    null,
    { method: 'all', size: null, clauses: ['S001c-07'] },
  ]);
  expect([sample.obligation, sample.audience, sample.sample]).toEqual([
    'monthly-sample',
    { tiers: ['key'], product: false, clauses: ['S001c-08'] },
    { method: 'random', size: 30, clauses: ['S001c-08'] },
  ]);
});

test('S001c-08: a size in percent stays one, a size that is not agreed stays open', () => {
  const sample = (given: Record<string, unknown>) => survey('service-kpi', 'key-customer-sample', given).sample;
  expect(sample({ sampleSize: '12.5', sampleSizeBasis: 'percent' })).toEqual({
    method: 'random',
    size: null,
    percent: '12.5',
    clauses: ['S001c-08'],
  });
  expect(sample({})).toEqual({ method: 'random', size: null, clauses: ['S001c-08'] });
});

test('S001c-26, S001c-33, S001c-35: a cause before measures, three kinds, and again where the effect is not there', () => {
  expect(improvement('service-kpi', { actionItemDueDays: 30 })).toMatchObject({
    planner: 'A',
    planDays: 30,
    cause: { clauses: ['S001c-26'] },
    measureTypes: ['product', 'service', 'marketing'],
    verified: { clauses: ['S001c-34', 'S001c-35'] },
    fulfils: 'improvement-strategy',
  });
});

test('S001a-11, S001a-12, S001a-14: methods, analysis and a prompt answer to customers; the text names no dimension', () => {
  const one = survey('service-attachments', 'satisfaction-questionnaire', {
    surveyIntervalDays: 90,
    analysisDueDays: 10,
    satisfactionTargetScore: '85',
    ...TOTAL,
  });
  expect(one.dimensions).toEqual([]);
  expect(one.channels).toEqual(['email', 'paper', 'phone', 'online']);
  expect(one.target).toEqual({ measure: 'score', value: '85', clauses: ['S001a-13'] });
  expect(one.fulfils.report).toBe('survey-analysis');
  expect(compiled('service-attachments', TOTAL).surveys).toBeUndefined();
  const rules = improvement('service-attachments', TOTAL);
  expect([rules.planDays, rules.answer, rules.verified, rules.measureTypes]).toEqual([
    null,
    { days: null, clauses: ['S001a-14'] },
    null,
    ['process', 'staffing'],
  ]);
});

test('S002-23…32: VIP customers, three dimensions, a report to the departments who acknowledge it where that is agreed', () => {
  const given = { analysisDays: 10, satisfactionTarget: '90', satisfactionTargetMeasure: 'satisfied', ...VIP };
  const one = survey('vip-service', 'survey-cycle', given);
  expect(one.dimensions.map(({ id }) => id)).toEqual(['service-attitude', 'service-quality', 'service-efficiency']);
  expect(one.audience).toEqual({ tiers: ['vip'], product: false, clauses: ['S002-23', 'S002-29'] });
  expect(one.channels).toEqual(['phone', 'email', 'online']);
  expect(one.target).toEqual({ measure: 'satisfied', value: '90', clauses: ['S002-04', 'S002-08'] });
  expect(one.fulfils.report).toBe('survey-analysis');
  expect(one.report).toMatchObject({ by: 'B', to: ['concerned-departments'], acknowledged: false });
  expect(survey('vip-service', 'survey-cycle', { ...VIP, departmentAcknowledgement: true }).report.acknowledged).toBe(
    true,
  );
  expect(improvement('vip-service', { improvementDueDays: 30, analysisDays: 10, ...VIP })).toMatchObject({
    planner: 'B',
    departments: ['concerned-departments'],
    planDays: 30,
    verified: null,
    fulfils: 'service-improvement',
  });
});

test('S003-S-08, S003-S-16: three departments write to key customers, not without method and sample; ordinary ones have a yearly cycle, the count of S003-S-19 none', () => {
  const { surveys = [] } = compiled('satisfaction-management', { replyWindow: 'P14D', evaluationMethod: 'CSI' });
  expect(surveys.map(({ obligation, responsible, audience }) => [obligation, responsible, audience.tiers])).toEqual([
    ['questionnaire-business', 'business', ['key']],
    ['questionnaire-technical-support', 'technical-support', ['key']],
    ['questionnaire-branch', 'branch', ['key']],
    ['ordinary-customer-surveys', 'marketing', ['ordinary']],
  ]);
  expect(surveys[0]?.channels).toEqual(['letter', 'email']);
  expect(surveys[0]?.dimensions).toEqual([]);
  expect(surveys[0]?.gates).toEqual([
    { gate: 'method', isGiven: true, clauses: ['S003-S-16', 'S003-S-15'] },
    { gate: 'sample', isGiven: false, clauses: ['S003-S-16'] },
  ]);
  expect(surveys[0]?.report).toEqual({
    by: 'business',
    to: ['marketing'],
    acknowledged: false,
    clauses: ['S003-S-22'],
  });
  expect(improvement('satisfaction-management')).toMatchObject({
    planner: 'marketing',
    departments: ['business', 'technical-support', 'branch'],
    escalateTo: 'management',
  });
});

test('S003-N-05: a survey only where the parties want one; S003-K-11: no verdict below the agreed sample', () => {
  expect(compiled('performance-contract', { appraisalInterval: 'P3M' }).surveys).toBeUndefined();
  const one = survey('performance-contract', 'survey-content', {
    appraisalInterval: 'P3M',
    satisfactionSurvey: true,
    surveyWindow: 'P21D',
    satisfactionTarget: '90',
  });
  expect([one.openDays, one.channels, one.target?.value]).toEqual([21, [], '90']);
  const fieldwork = survey('evaluation-commission', 'measurement', { fieldworkEnd: '2027-06-30', minimumSample: 200 });
  expect([fieldwork.minimumSample, fieldwork.findings, fieldwork.fulfils.report]).toEqual([200, null, null]);
  expect(compiled('evaluation-commission').improvement).toBeUndefined();
});

test('S003-C-09: the cause first, then measures, and their effect with the customer; no survey is agreed there', () => {
  const { surveys } = compiled('after-sales-commitment', { improvementDeadline: 'P30D' });
  expect(surveys).toBeUndefined();
  expect(improvement('after-sales-commitment', { improvementDeadline: 'P30D' })).toMatchObject({
    planner: 'B',
    planDays: 30,
    cause: { clauses: ['S003-C-09'] },
    verified: { clauses: ['S003-C-09'] },
  });
});

test('every dimension and part that a template names has a title in both languages, and so has every kind of measure', () => {
  for (const template of newestTemplates()) {
    const { dimensions, parts } = surveyTitles(template);
    for (const rule of template.rules) {
      if (rule.kind !== 'survey') continue;
      for (const ask of rule.asks) {
        expect(dimensions[ask.id]).toEqual(ask.title);
        for (const part of ask.parts) expect(parts[part.id]?.zh).toBeTruthy();
      }
    }
  }
  expect(measureTypeTitles(templateOf('satisfaction-improvement'))['training']).toEqual({
    zh: '人员培训',
    en: 'staff training',
  });
  expect(measureTypeTitles(templateOf('service-kpi'))['marketing']).toEqual({ zh: '市场推广', en: 'Marketing' });
});

test('reminders are those before the close: 7 and 2 days ahead of a survey that stays open for 5 leave the 2', () => {
  expect(survey('satisfaction-evaluation', 'survey-content', { surveyOpenDays: 5 }).reminderLeadDays).toEqual([2]);
});

test('a template whose reminders of a survey have no value sends none', () => {
  const template = structuredClone(templateOf('satisfaction-evaluation'));
  const leads = template.terms.find(({ name }) => name === 'surveyReminderLeadDays');
  if (leads?.type === 'list') delete leads.value;
  const resolved = resolveTerms(template, {});
  const { surveys } = compileAgreement(template, resolved, {
    ...{ id: 'x', zone: zoneData('Asia/Shanghai'), calendar: loadCalendar(undefined), year: 2027 },
    seats: Object.keys(template.parties),
  });
  expect(surveys?.map(({ reminderLeadDays }) => reminderLeadDays)).toEqual([[]]);
});

test('no compiled agreement exceeds 200 kB, with all that its surveys say', () => {
  for (const template of newestTemplates()) {
    const required = template.terms.filter((term) => term.required).map(({ name }) => [name, '1000000.00']);
    const given = { ...Object.fromEntries(required), findingThresholdPct: '60' };
    const known = Object.entries(given).filter(([name]) => template.terms.some((term) => term.name === name));
    const text = JSON.stringify(compiled(template.id, Object.fromEntries(known)));
    expect(text.length).toBeLessThan(200_000);
  }
});
