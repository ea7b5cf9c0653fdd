import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { checkTemplates } from '../../templates/check.ts';
import { problemLine } from '../../templates/data-file.ts';
import { ownFolders, templateFolders } from '../../templates/library.ts';
import { SMALL, SMALL_LEDGER, folderOf } from './small-template.ts';

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function check(template: string, ledger: string | undefined = SMALL_LEDGER) {
  const folder = folderOf({
    'small/template.yaml': template,
    ...(ledger === undefined ? {} : { 'small/clauses-S900.yaml': ledger }),
  });
  folders.push(folder);
  const [checked] = checkTemplates(ownFolders(folder), []).templates;
  if (!checked) throw new Error('nothing was checked');
  return { ...checked, folder, lines: checked.problems.map((problem) => problemLine(problem, 'en')) };
}

/** The small template with one text put for another. */
function altered(from: string | RegExp, to: string): string {
  const text = SMALL.replace(from, to);
  expect(text).not.toBe(SMALL);
  return text;
}

test('a sound template has no contradiction, with its ledger and without', () => {
  expect(check(SMALL)).toMatchObject({
    id: 'small',
    version: 1,
    lines: [],
    coverage: { operative: 3, covered: 3, missing: [] },
  });
  const folder = folderOf({ 'small/template.yaml': SMALL });
  folders.push(folder);
  expect(checkTemplates(ownFolders(folder), []).templates).toMatchObject([
    { problems: [], coverage: { operative: 0, covered: 0 } },
  ]);
});

const REPORT_ANCHOR = 'anchor: signing, days: reportDays';
const SURVEY_ANCHOR = 'anchor: { period: quarter }';
const NO_REVIEW = / {4}review: .*\n/;

const SURVEY_RULE = /  - \{ id: dimensions, kind: survey, .*\n/;
const DIMENSIONS = 'kind: survey, title: { zh: 维度, en: Dimensions }, clauses: [S900-03], obligation: survey';

/** The small template whose survey says more, with an improvement beside it. */
function surveyed(more: string, improvement = 'planner: B'): string {
  return altered(
    SURVEY_RULE,
    `  - { id: dimensions, ${DIMENSIONS}, weights: weights, ${more} }
  - { id: better, kind: improvement, title: { zh: 改进, en: Better }, clauses: [S900-03], ${improvement} }\n`,
  );
}

test.each([
  [
    'weights that total 95',
    altered('value: { quality: 60, price: 40 }', 'value: { quality: 55, price: 40 }'),
    'terms[6].value: expected weights that total 100, not 95',
  ],
  [
    'proposed weights that total 101',
    altered('value: { quality: 60, price: 40 }', "proposal: { quality: '60.5', price: '40.5' }"),
    'terms[6].proposal: expected weights that total 100, not 101',
  ],
  [
    'weights that are no numbers',
    altered('value: { quality: 60, price: 40 }', 'value: { quality: much, price: 40 }'),
    'terms[6].value: expected weights that total 100, not what is no number',
  ],
  [
    'weights whose term forgot to say that they total 100',
    altered('    total: 100\n', '').replace('price: 40', 'price: 30'),
    'terms[6].value: expected weights that total 100, not 90',
  ],
  [
    'a duty whose owner has no seat',
    altered('responsible: manager', 'responsible: director'),
    'obligations[0].responsible: expected one of A, B, manager, or the name of a term of type map or party',
  ],
  [
    'a rule that calls on somebody without a seat',
    altered('applicants: [B]', 'applicants: [director]'),
    'rules[1].applicants[0]: expected a party or a seat: A, B, manager',
  ],
  [
    'an escalation to somebody without a seat',
    altered('    penalty: late\n', '    penalty: late\n    escalation: [{ rung: due, to: director }]\n'),
    'obligations[0].escalation[0]: expected one of A, B, manager',
  ],
  [
    'a parameter that is said to stand with a party that is not there',
    altered('at: parties.A.name', 'at: parties.C.name'),
    'elsewhere[0].at: expected one that is there in parties or seats: A, B, manager',
  ],
  [
    'an anchor on the end of an agreement without end',
    altered(REPORT_ANCHOR, 'anchor: expiry').replace('expiry: { id: expiry, on: expiresOn }', 'expiry: { id: expiry }'),
    'obligations[0].deadline.anchor: expected on, years or months in ending.expiry',
  ],
  [
    'an anchor on an obligation that the text switches off',
    altered(REPORT_ANCHOR, 'anchor: { obligation: survey, at: fulfilled }, days: reportDays').replace(
      'name: withSurvey, type: boolean, origin: proposal, value: true, clauses: [S900-03]',
      'name: withSurvey, type: boolean, origin: fixed, value: false, clauses: [S900-02]',
    ),
    'obligations[0].deadline.anchor: expected something that happens; survey is off for good by its when',
  ],
  [
    'an anchor on an obligation that excludes this one',
    altered(REPORT_ANCHOR, 'anchor: { obligation: survey, at: fulfilled }, days: reportDays')
      .replace('when: { term: withSurvey }', 'when: { term: rollover, is: none }')
      .replace(
        '    responsible: manager',
        '    when: { term: rollover, is: next-working-day }\n    responsible: manager',
      ),
    'obligations[0].deadline.anchor: expected an obligation that is on together with this one; the when of survey excludes it',
  ],
  [
    'a condition that never holds',
    altered('when: { term: withSurvey }', 'when: { term: rollover, is: sometimes }'),
    'obligations[1].when.is: expected one of next-working-day, none',
  ],
  ...['deliverable-accepted', 'deliverable-rejected', 'review-overdue'].map((event): [string, string, string] => [
    `an anchor on ${event} of what nobody reviews`,
    altered(SURVEY_ANCHOR, `anchor: { event: ${event}, of: report }, days: reportDays`).replace(NO_REVIEW, ''),
    `obligations[1].deadline.anchor: expected an obligation with a review; without one there is no ${event}`,
  ]),
  [
    'an anchor on any rejection where nothing is reviewed',
    altered(SURVEY_ANCHOR, 'anchor: { event: deliverable-rejected }, days: reportDays').replace(NO_REVIEW, ''),
    'obligations[1].deadline.anchor: expected an obligation with a review; without one there is no deliverable-rejected',
  ],
  [
    'an anchor on the penalty of what has none',
    altered(SURVEY_ANCHOR, 'anchor: { event: penalty-posted, of: report }, days: reportDays').replace(
      '    penalty: late\n',
      '',
    ),
    'obligations[1].deadline.anchor: expected an obligation with a penalty; without one there is no penalty-posted',
  ],
  [
    'a loop of anchors',
    altered(REPORT_ANCHOR, 'anchor: { obligation: survey, at: fulfilled }, days: reportDays').replace(
      SURVEY_ANCHOR,
      'anchor: { obligation: report, at: due }, days: reportDays',
    ),
    'obligations[0].deadline.anchor: expected an anchor that does not lead back here; it goes report → survey → report',
  ],
  [
    'an anchor on itself',
    altered(REPORT_ANCHOR, 'anchor: { event: deliverable-submitted, of: report }, days: reportDays'),
    'obligations[0].deadline.anchor: expected an anchor that does not lead back here; it goes report → report',
  ],
  [
    'a term nobody uses',
    altered(
      '  - { name: noticeTo,',
      '  - { name: spare, type: text, origin: proposal, value: x, clauses: [S900-02], label: { zh: 备用, en: Spare } }\n  - { name: noticeTo,',
    ),
    'terms[13].name: expected a term that is used; no obligation, rule, notice or ending takes spare',
  ],
  [
    'a clause id that no ledger has',
    altered(
      'kind: survey, title: { zh: 维度, en: Dimensions }, clauses: [S900-03]',
      'kind: survey, title: { zh: 维度, en: Dimensions }, clauses: [S900-09]',
    ),
    'rules[0].clauses[0]: expected a clause id that a ledger has; there is no S900-09 in clauses-S900.yaml',
  ],
  [
    'a term of the text that its clause does not list',
    altered('value: 30, clauses: [S900-02]', 'value: 30, clauses: [S900-01]'),
    'terms[2].clauses: expected a clause that lists reportDays as a parameter; S900-01 has none such',
  ],
  [
    'days filled by working days',
    altered(REPORT_ANCHOR, 'anchor: signing, days: replyWorkingDays'),
    'obligations[0].deadline.days: expected a term in days; replyWorkingDays is in working-days',
  ],
  [
    'working days filled by days',
    altered(REPORT_ANCHOR, 'anchor: signing, workingDays: reportDays'),
    'obligations[0].deadline.workingDays: expected a term in working-days; reportDays is in days',
  ],
  [
    'months filled by days',
    altered(REPORT_ANCHOR, 'anchor: signing, months: reportDays'),
    'obligations[0].deadline.months: expected a term in months; reportDays is in days',
  ],
  [
    'a rate a day that is a plain percentage',
    altered('unit: percent-per-day', 'unit: percent'),
    'penalties[0].percentPerDay: expected a term in percent-per-day; penaltyPercent is in percent',
  ],
  [
    'a rule that counts working days by days',
    altered('workingDays: replyWorkingDays', 'workingDays: reportDays'),
    'rules[1].reply.workingDays: expected a term in working-days; reportDays is in days',
  ],
  [
    'a reminder before its anchor',
    altered('value: [7, 1]', 'value: [45, 31, 30, 1]'),
    'obligations[0].reminderLeadDays: expected reminders of at most 30 days, lest they precede day 0; reminderLeadDays has 45, 31',
  ],
  [
    'a reminder longer than the interval',
    altered(SURVEY_ANCHOR, 'anchor: effect')
      .replace('    responsible: B\n', '    every: { days: windowDays }\n    responsible: B\n')
      .replace('value: [7, 1]', 'value: [14]'),
    'obligations[1].reminderLeadDays: expected reminders of at most 10 days, lest they precede day 0; reminderLeadDays has 14',
  ],
  [
    'a reminder for what is due on the day something happens',
    altered(REPORT_ANCHOR, 'anchor: { obligation: survey, at: fulfilled }'),
    'obligations[0].reminderLeadDays: expected reminders of at most 0 days, lest they precede day 0',
  ],
  [
    'a survey whose date is agreed by somebody without a seat',
    surveyed('dateAgreedBy: { seats: [A, director], clauses: [S900-03] }'),
    'rules[0].dateAgreedBy.seats[1]: expected a party or a seat: A, B, manager',
  ],
  [
    'a survey whose report goes to nobody',
    surveyed('report: { to: [director], clauses: [S900-03] }'),
    'rules[0].report.to[0]: expected a party or a seat: A, B, manager',
  ],
  [
    'a survey whose report is released by nobody',
    surveyed('report: { by: director, clauses: [S900-03] }'),
    'rules[0].report.by: expected one of A, B, manager, or the name of a term of type party or map',
  ],
  [
    'a survey that fulfils a duty that is not there',
    surveyed('fulfils: { report: analysis }'),
    'rules[0].fulfils.report: expected the id of another obligation: report',
  ],
  [
    'a survey whose own duty is its report',
    surveyed('fulfils: { report: survey }'),
    'rules[0].fulfils.report: expected the id of another obligation: report',
  ],
  [
    'two surveys of one duty',
    surveyed('openDays: reportDays').replace(
      'id: better, kind: improvement',
      `id: more, ${DIMENSIONS} }\n  - { id: better, kind: improvement`,
    ),
    'rules[1].obligation: expected a duty that no other survey is about, not survey',
  ],
  [
    'a gate without what must be there',
    surveyed('gates: [{ gate: team, clauses: [S900-03] }]'),
    'rules[0].gates[0]: expected seat: the seat that must be filled',
  ],
  [
    'a method that no term says',
    surveyed('gates: [{ gate: method, seat: manager, clauses: [S900-03] }]'),
    'rules[0].gates[0]: expected term: the term that must have a value',
  ],
  [
    'two dimensions with one id',
    surveyed(
      'asks: [{ id: a, title: { zh: 甲, en: A }, clauses: [S900-03] }, { id: a, title: { zh: 乙, en: B }, clauses: [S900-03] }]',
    ),
    'rules[0].asks[1].id: expected an id used once, not a second a',
  ],
  [
    'two parts with one id in different dimensions',
    surveyed(
      'asks: [{ id: a, title: { zh: 甲, en: A }, clauses: [S900-03], parts: [{ id: p, title: { zh: 一, en: One } }] }, { id: b, title: { zh: 乙, en: B }, clauses: [S900-03], parts: [{ id: p, title: { zh: 二, en: Two } }] }]',
    ),
    'rules[0].asks[1].parts[0].id: expected an id used once, not a second p',
  ],
  [
    'a dimension that the term of the dimensions does not list',
    surveyed('dimensions: topics, asks: [{ id: a, title: { zh: 甲, en: A }, clauses: [S900-03] }]').replace(
      '  - { name: noticeTo,',
      '  - { name: topics, type: texts, origin: proposal, value: [乙], clauses: [S900-03], label: { zh: 维度, en: Topics } }\n  - { name: noticeTo,',
    ),
    'rules[0].asks[0].title: expected a title that the value of topics lists, or it is not asked about',
  ],
  [
    'dimensions that are no list of texts',
    surveyed('dimensions: reportDays'),
    'rules[0].dimensions: expected the name of a term of type texts',
  ],
  [
    'a threshold that is no percentage',
    surveyed('findings: { below: reportDays, clauses: [S900-03] }'),
    'rules[0].findings.below: expected the name of a term of type percent',
  ],
  [
    'findings that lead nowhere',
    altered(
      SURVEY_RULE,
      `  - { id: dimensions, ${DIMENSIONS}, weights: weights, findings: { below: penaltyPercent, clauses: [S900-03] } }\n`,
    ),
    'rules[0].findings: expected a rule of kind improvement beside it, or findings lead nowhere',
  ],
  [
    'a target whose measure is something else',
    surveyed('target: reportDays, targetMeasure: rollover'),
    'rules[0].targetMeasure: expected score, satisfied, or a term with these two as its options',
  ],
  [
    'a survey that is open for working days',
    surveyed('openDays: replyWorkingDays'),
    'rules[0].openDays: expected a term in days; replyWorkingDays is in working-days',
  ],
  [
    'a second improvement',
    surveyed('openDays: reportDays').replace(
      '  - { id: better',
      '  - { id: best, kind: improvement, title: { zh: 更好, en: Best }, clauses: [S900-03], planner: A }\n  - { id: better',
    ),
    'rules[2].kind: expected at most one rule of kind improvement',
  ],
  [
    'a plan that nobody makes',
    surveyed('openDays: reportDays', 'planner: director'),
    'rules[1].planner: expected one of A, B, manager, or the name of a term of type party or map',
  ],
  [
    'checks by somebody without a seat',
    surveyed('openDays: reportDays', 'planner: B, checks: { interval: reportDays, by: director, clauses: [S900-03] }'),
    'rules[1].checks.by: expected a party or a seat: A, B, manager',
  ],
  [
    'departments without a seat',
    surveyed('openDays: reportDays', 'planner: B, departments: [director]'),
    'rules[1].departments[0]: expected a party or a seat: A, B, manager',
  ],
  [
    'a plan that fulfils a duty that is not there',
    surveyed('openDays: reportDays', 'planner: B, fulfils: plans'),
    'rules[1].fulfils: expected the id of another obligation: report, survey',
  ],
  [
    'a plan due after working days',
    surveyed('openDays: reportDays', 'planner: B, plan: replyWorkingDays'),
    'rules[1].plan: expected a term in days; replyWorkingDays is in working-days',
  ],
  [
    'wording of a notice that is never sent',
    altered('wording: []', 'wording: [{ notice: birthday-card, text: { zh: 好, en: good } }]'),
    'wording[0].notice: expected a kind of notice: sign-invitation',
  ],
])('%s is refused, with place and cure', (_name, template, expected) => {
  const { folder, lines } = check(template);
  expect(lines.filter((line) => line.includes(`: ${expected}`))).toHaveLength(1);
  for (const line of lines) expect(line.startsWith(`${join(folder, 'small')}/`)).toBe(true);
  for (const line of lines) expect(line).toMatch(/\.yaml:\d+: [a-z][\w.[\]]*: expected /);
});

test('the templates that Abide brings have no contradiction, and each clause that nothing covers has its reason', () => {
  const { templates, strays } = checkTemplates(templateFolders());
  const lines = templates.flatMap(({ problems }) => problems.map((problem) => problemLine(problem, 'en')));
  expect([...lines, ...strays]).toEqual([]);
  expect(templates).toHaveLength(10);
  for (const { id, coverage } of templates) {
    expect({ id, unexplained: coverage.missing.filter(({ reason }) => reason === null) }).toEqual({
      id,
      unexplained: [],
    });
    expect(coverage.covered + coverage.missing.length).toBe(coverage.operative);
  }
});

test('the line is the line', () => {
  const template = altered('value: { quality: 60, price: 40 }', 'value: { quality: 55, price: 40 }');
  const line = template.split('\n').findIndex((one) => one.includes('quality: 55')) + 1;
  expect(check(template).problems).toMatchObject([{ line, path: 'terms[6].value' }]);
});

test('a proposal is no value: neither a reminder nor an option is judged by it', () => {
  const template = altered('origin: fixed, value: 30', 'origin: vague, proposal: 3');
  expect(check(template).lines).toEqual([]);
});

test('a term that only a recorded clause lists is used; one that a shown clause lists is not', () => {
  const template = altered(
    '  - { name: noticeTo,',
    '  - { name: spare, type: text, origin: blank, clauses: [S900-01], label: { zh: 备用, en: Spare } }\n  - { name: noticeTo,',
  );
  const ledger = SMALL_LEDGER.replace('[partyAName,', '[spare, partyAName,');
  expect(check(template, ledger).lines).toEqual([]);
  expect(check(template, ledger.replace('status: recorded', 'status: shown')).lines).toHaveLength(1);
});

test('a parameter that is neither term nor elsewhere is refused in the ledger', () => {
  const { folder, lines } = check(SMALL, SMALL_LEDGER.replace('[weights]', '[weights, sampleSize]'));
  expect(lines).toEqual([
    `${join(folder, 'small/clauses-S900.yaml')}:23: clauses[2].parameters[1]: expected a term of small or an entry of its elsewhere; sampleSize (S900-03) is neither`,
  ]);
});

const FOURTH = `  - id: S900-04
    article: 第四条
    kind: complaint
    text: text
    says: { zh: 投诉, en: Complaints }
    behaviour: [clock]
    status: absent
    until: web
`;

test('an operative clause that nothing covers needs a reason', () => {
  const explained = check(SMALL, SMALL_LEDGER + FOURTH);
  expect(explained.lines).toEqual([]);
  expect(explained.coverage).toMatchObject({
    operative: 4,
    covered: 3,
    missing: [{ id: 'S900-04', reason: { en: 'waits for the web application (7 of 7)' } }],
  });
  const bare = check(SMALL, SMALL_LEDGER + FOURTH.replace(/ {4}behaviour[^]*/, '    status: recorded\n'));
  expect(bare.lines).toEqual([
    `${join(bare.folder, 'small/clauses-S900.yaml')}:${SMALL_LEDGER.split('\n').length}: clauses[3]: expected an obligation, penalty, rule or event of small that names S900-04, or until or reason here`,
  ]);
});

test('a statement covers nothing, but it is a reason', () => {
  const template = altered(
    'wording: []',
    '  - { id: complaints, kind: statement, title: { zh: 投诉, en: Complaints }, clauses: [S900-04] }\nwording: []',
  );
  const { lines, coverage } = check(
    template,
    SMALL_LEDGER + FOURTH.replace(/ {4}behaviour[^]*/, '    status: recorded\n'),
  );
  expect(lines).toEqual([]);
  expect(coverage).toMatchObject({
    operative: 4,
    covered: 3,
    missing: [{ reason: { en: 'kept and shown as "Complaints"; a person acts' } }],
  });
});

test('guidance and recitals do not count as operative', () => {
  const { coverage } = check(SMALL, SMALL_LEDGER + FOURTH.replace('text: text', 'text: recital'));
  expect(coverage.operative).toBe(3);
});

test('a template that cannot be read is an error of its own, not the end', () => {
  const folder = folderOf({
    'small/template.yaml': SMALL,
    'broken/template.yaml': 'format: 1\nid: [',
    'other/template.yaml': SMALL,
    'odd/template.yaml': SMALL.replace('id: small', 'id: odd').replace('kind: deliverable', 'kind: wish'),
  });
  folders.push(folder);
  const { templates } = checkTemplates(ownFolders(folder), []);
  expect(templates.map(({ id, version, problems }) => [id, version, problems.length > 0])).toEqual([
    ['broken', null, true],
    ['odd', null, true],
    ['other', null, true],
    ['small', 1, false],
  ]);
});

test('random damage is either harmless or an error that names its place; it never breaks the check', () => {
  const lines = SMALL.split('\n');
  const damage = fc.record({
    line: fc.nat(lines.length - 1),
    how: fc.constantFrom('drop', 'double', 'cut', 'word', 'indent'),
    word: fc.constantFrom('[]', '{}', 'null', '-1', "''", 'x', '2026-02-30', '&a', '"'),
  });
  fc.assert(
    fc.property(fc.array(damage, { minLength: 1, maxLength: 3 }), (damages) => {
      const hurt = [...lines];
      for (const { line, how, word } of damages) {
        const text = hurt[line] ?? '';
        hurt[line] = {
          drop: '',
          double: `${text}\n${text}`,
          cut: text.slice(0, Math.floor(text.length / 2)),
          word: text.replace(/: .*/, `: ${word}`),
          indent: `  ${text}`,
        }[how];
      }
      for (const line of check(hurt.join('\n')).lines) expect(line).toMatch(/\.yaml(:\d+: |: line \d+: ).+/);
    }),
    { numRuns: 200, seed: 4 },
  );
});

test('a clause id that stands in two ledgers is refused', () => {
  const folder = folderOf({
    'small/template.yaml': SMALL,
    'small/clauses-S900.yaml': SMALL_LEDGER,
    'twin/template.yaml': SMALL.replace('id: small', 'id: twin'),
    'twin/clauses-S900.yaml': SMALL_LEDGER,
  });
  folders.push(folder);
  const { templates } = checkTemplates(ownFolders(folder), []);
  const lines = templates.flatMap(({ problems }) => problems.map((problem) => problemLine(problem, 'en')));
  expect(lines).toContainEqual(expect.stringContaining('expected a clause id used once; S900-01 is in'));
});

test('clauses of ours are checked against our ledgers, also in a template of the user’s', () => {
  const folder = folderOf({
    'small/template.yaml': SMALL.replace('clauses: [S900-03]\n    when', 'clauses: [S003-A-01, S003-A-99]\n    when'),
  });
  folders.push(folder);
  const guidance = {
    id: 'guidance',
    path: new URL('../../templates/guidance', import.meta.url).pathname,
    templates: [],
    ledgers: ['clauses-S003-guidance.yaml'],
    own: false,
  };
  expect(readFileSync(join(folder, 'small/template.yaml'), 'utf8')).toContain('S003-A-99');
  const { templates } = checkTemplates(ownFolders(folder), [guidance]);
  expect(templates.flatMap(({ problems }) => problems)).toMatchObject([{ path: 'obligations[1].clauses[1]' }]);
});
