import { expect, test } from 'vitest';
import { findTemplate, readTemplate } from '../../templates/library.ts';
import { resolveTerms } from '../../templates/terms.ts';
import { SMALL } from './small-template.ts';

const found = findTemplate('service-attachments@1');
if ('problem' in found) throw new Error(found.problem.message.en);
const { template } = found;

function valueOf(given: Record<string, unknown>, name: string): unknown {
  const { terms, errors } = resolveTerms(template, { contractTotal: '1000000.00', ...given });
  expect(errors).toEqual([]);
  return terms.find((term) => term.name === name)?.value;
}

test('the three terms without value are open, with what they decide about', () => {
  expect(resolveTerms(template, { contractTotal: '1' }).open).toEqual([
    { term: 'penaltyCapPercent', clauses: ['S001a-69'], affects: ['late-deliverable-penalty'] },
    { term: 'penaltyGraceDays', clauses: ['S001a-69'], affects: ['late-deliverable-penalty'] },
    { term: 'expiresOn', clauses: ['S001a-01'], affects: ['expiry'] },
  ]);
});

test.each(['not-agreed', null])('%s closes an open term without a value', (answer) => {
  const given = { contractTotal: '1', penaltyCapPercent: answer, penaltyGraceDays: answer, expiresOn: answer };
  const { open, terms, errors } = resolveTerms(template, given);
  expect(errors).toEqual([]);
  expect(open).toEqual([]);
  expect(terms.find(({ name }) => name === 'expiresOn')).toMatchObject({ value: null, given: true });
});

test('a fixed term can be agreed otherwise, and is shown so (docs/adr/0004)', () => {
  const { terms } = resolveTerms(template, { contractTotal: '1', needsReportDays: 45 });
  expect(terms.find(({ name }) => name === 'needsReportDays')).toMatchObject({
    value: 45,
    origin: 'fixed',
    given: true,
  });
  expect(terms.find(({ name }) => name === 'processPlanDays')).toMatchObject({
    value: 60,
    origin: 'fixed',
    given: false,
  });
});

test('values come back in one form', () => {
  expect(valueOf({ contractTotal: '0001000000.5' }, 'contractTotal')).toBe('1000000.50');
  expect(valueOf({ contractTotal: '1000000', currency: 'JPY' }, 'contractTotal')).toBe('1000000');
  expect(valueOf({ contractTotal: '1.234', currency: 'KWD' }, 'contractTotal')).toBe('1.234');
  expect(valueOf({ penaltyCapPercent: 20 }, 'penaltyCapPercent')).toBe('20');
  expect(valueOf({ penaltyCapPercent: '20.50' }, 'penaltyCapPercent')).toBe('20.5');
  expect(valueOf({ reminderLeadDays: [1, 14] }, 'reminderLeadDays')).toEqual([14, 1]);
  expect(valueOf({ deliverableOwner: 'B' }, 'deliverableOwner')).toEqual({
    'needs-analysis-report': 'B',
    'process-plan': 'B',
    'training-plan': 'B',
  });
  expect(valueOf({ deliverableOwner: { 'training-plan': 'B' } }, 'deliverableOwner')).toEqual({
    'needs-analysis-report': 'A',
    'process-plan': 'A',
    'training-plan': 'B',
  });
});

test('decimals are those of the agreement’s own currency', () => {
  const { errors } = resolveTerms(template, { contractTotal: '1.50', currency: 'JPY' });
  expect(errors.map(({ path, code }) => [path, code])).toEqual([['terms.contractTotal', 'too-many-decimals']]);
});

test('names that every object has are no terms', () => {
  const { errors } = resolveTerms(template, JSON.parse('{"contractTotal":"1","__proto__":1,"constructor":2}'));
  expect(errors.map(({ code }) => code)).toEqual(['unknown-term', 'unknown-term']);
});

const LABEL = 'clauses: [S900-01], label: { zh: 某项, en: Something }';
const NUMBERS = 'min: 0, max: 100';

/** The small template with a term of every type that is open. */
const everyType = readTemplate(
  SMALL.replace(
    'terms:\n',
    `terms:
  - { name: score, type: number, unit: points, ${NUMBERS}, origin: blank, ${LABEL} }
  - { name: share, type: percent, unit: percent, ${NUMBERS}, origin: blank, ${LABEL} }
  - { name: count, type: integer, unit: count, min: 1, max: 9, origin: blank, ${LABEL} }
  - { name: deposit, type: money, currency: currency, origin: blank, ${LABEL} }
  - { name: startsOn, type: date, origin: blank, ${LABEL} }
  - { name: everyYearOn, type: month-day, origin: blank, ${LABEL} }
  - { name: opensAt, type: time, edge: start, origin: blank, ${LABEL} }
  - { name: closesAt, type: time, origin: blank, ${LABEL} }
  - { name: interval, type: duration, origin: blank, ${LABEL} }
  - { name: secrecy, type: duration, indefinite: true, origin: blank, ${LABEL} }
  - { name: isBinding, type: boolean, origin: blank, ${LABEL} }
  - { name: address, type: text, origin: blank, ${LABEL} }
  - { name: mailbox, type: email, origin: blank, ${LABEL} }
  - name: method
    type: enum
    options: [{ value: phone, label: { zh: 电话, en: phone } }, { value: visit, label: { zh: 走访, en: visit } }]
    origin: blank
    clauses: [S900-01]
    label: { zh: 方式, en: Method }
  - { name: provider, type: party, origin: blank, ${LABEL} }
  - { name: owners, type: map, keys: obligations, values: parties, origin: blank, ${LABEL} }
  - { name: leads, type: list, unit: days, min: 1, max: 30, maxItems: 3, origin: blank, ${LABEL} }
  - { name: topics, type: texts, maxItems: 2, origin: blank, ${LABEL} }
  - { name: copiesTo, type: texts, of: email, origin: blank, ${LABEL} }
  - name: channels
    type: texts
    options: [{ value: web, label: { zh: 网站, en: web } }, { value: mail, label: { zh: 信函, en: mail } }]
    origin: blank
    clauses: [S900-01]
    label: { zh: 渠道, en: Channels }
  - name: parts
    type: mapping
    keys: [{ value: attitude, label: { zh: 态度, en: attitude } }, { value: speed, label: { zh: 速度, en: speed } }, { value: price, label: { zh: 价格, en: price } }]
    values: { type: percent, min: 0, max: 100 }
    total: 100
    origin: blank
    clauses: [S900-01]
    label: { zh: 权重, en: Parts }
  - { name: hoursByCategory, type: mapping, values: { type: integer, unit: hours, min: 1, max: 720 }, origin: blank, ${LABEL} }
  - name: paymentSchedule
    type: table
    maxRows: 2
    columns:
      - { name: milestone, label: { zh: 节点, en: Milestone }, of: { type: text } }
      - { name: amount, label: { zh: 金额, en: Amount }, of: { type: money, currency: currency } }
      - { name: dueOn, label: { zh: 日期, en: Date }, of: { type: date }, required: false }
      - { name: payer, label: { zh: 付款方, en: Payer }, of: { type: party }, required: false }
    origin: blank
    clauses: [S900-01]
    label: { zh: 付款计划, en: Schedule }
`,
  ),
  'every-type.yaml',
);

function resolved(given: Record<string, unknown>) {
  return resolveTerms(everyType, { contractTotal: '1000000.00', ...given });
}

test.each<[name: string, given: unknown, kept: unknown]>([
  ['score', '4.50', '4.5'],
  ['score', 0, '0'],
  ['share', 12.5, '12.5'],
  ['count', 9, 9],
  ['deposit', '100', '100.00'],
  ['startsOn', '2028-02-29', '2028-02-29'],
  ['everyYearOn', '02-29', '02-29'],
  ['opensAt', '00:00', '00:00'],
  ['closesAt', '24:00', '24:00'],
  ['interval', 'P3M', 'P3M'],
  ['interval', 'PT48H', 'PT48H'],
  ['interval', 'P2W', 'P2W'],
  ['secrecy', 'indefinite', 'indefinite'],
  ['isBinding', false, false],
  ['address', '北京市', '北京市'],
  ['mailbox', 'desk@example.com', 'desk@example.com'],
  ['method', 'visit', 'visit'],
  ['provider', 'B', 'B'],
  ['owners', 'B', { report: 'B', survey: 'B' }],
  ['owners', { survey: 'A' }, { survey: 'A' }],
  ['leads', [1, 7, 3], [7, 3, 1]],
  ['leads', [], []],
  ['topics', ['服务', 'price'], ['服务', 'price']],
  ['topics', ['a', 7], ['a', '7']],
  ['address', 4, '4'],
  ['paymentSchedule', { milestone: 'm', amount: '1' }, [{ milestone: 'm', amount: '1.00' }]],
  ['copiesTo', ['a@b.cn'], ['a@b.cn']],
  ['channels', ['mail'], ['mail']],
  ['parts', { attitude: 50, speed: '30.5', price: '19.50' }, { attitude: '50', speed: '30.5', price: '19.5' }],
  ['parts', 'equal', { attitude: '33.33', speed: '33.33', price: '33.34' }],
  ['hoursByCategory', { 重大: 1, minor: 72 }, { 重大: 1, minor: 72 }],
  [
    'paymentSchedule',
    [
      { milestone: '签约', amount: '1000' },
      { milestone: 'end', amount: '2', dueOn: '2027-01-31', payer: 'A' },
    ],
    [
      { milestone: '签约', amount: '1000.00' },
      { milestone: 'end', amount: '2.00', dueOn: '2027-01-31', payer: 'A' },
    ],
  ],
  ['paymentSchedule', [], []],
])('%s: %j is kept as %j', (name, given, kept) => {
  const { terms, errors } = resolved({ [name]: given });
  expect(errors).toEqual([]);
  expect(terms.find((term) => term.name === name)).toMatchObject({ value: kept, given: true });
});

const row = { milestone: 'm', amount: '1' };

test.each<[path: string, given: unknown, code: string, message: string, cure: string]>([
  ['score', '4,5', 'invalid-number', 'must be a number', 'write a decimal such as "4.5", at most six decimals'],
  ['score', 'NaN', 'invalid-number', 'must be a number', 'write a decimal such as "4.5", at most six decimals'],
  ['score', '100.000001', 'out-of-range', 'must be from 0 to 100', 'give a number from 0 to 100'],
  ['share', '5 %', 'invalid-percent', 'must be a percentage', 'write a decimal such as "0.5"'],
  ['share', -1, 'out-of-range', 'must be from 0 to 100', 'give a number from 0 to 100'],
  ['count', '3', 'invalid-integer', 'must be a whole number', 'without quotes'],
  ['count', 1.5, 'invalid-integer', 'must be a whole number', 'without quotes'],
  ['count', 0, 'out-of-range', 'must be from 1 to 9', 'give a number from 1 to 9'],
  ['deposit', 1000, 'money-not-quoted', 'must be a decimal in quotes', 'quote it, for example "1000"'],
  ['deposit', '1,000', 'invalid-amount', 'is not an amount', 'write a plain decimal'],
  ['deposit', '-1', 'negative-amount', 'is negative', 'give zero or a positive amount'],
  ['deposit', '1.005', 'too-many-decimals', '1.005 has more decimals than CNY has', 'leave out the further decimals'],
  ['deposit', '1'.repeat(16), 'amount-too-large', 'too large', 'at most 15 digits before the point'],
  ['startsOn', '2027-02-29', 'invalid-date', 'is not a date that exists', 'write it as YYYY-MM-DD'],
  ['startsOn', 20270101, 'invalid-date', 'is not a date that exists', 'write it as YYYY-MM-DD'],
  ['everyYearOn', '02-30', 'invalid-month-day', 'is not a day of a year', 'write it as MM-DD'],
  ['everyYearOn', '2-3', 'invalid-month-day', 'is not a day of a year', 'write it as MM-DD'],
  ['opensAt', '24:00', 'invalid-time', 'is not a time at which a day can begin', '"00:00" or "09:00"'],
  ['closesAt', '00:00', 'invalid-time', 'is not a time at which a day can end', '"18:00" or "24:00"'],
  ['closesAt', '18:60', 'invalid-time', 'is not a time at which a day can end', '"18:00" or "24:00"'],
  ['interval', '3 months', 'invalid-duration', 'is not a duration', 'PT24H (24 hours), P10D (10 days)'],
  ['interval', 'P1Y6M', 'invalid-duration', 'is not a duration', 'ISO 8601 with one unit'],
  ['interval', 'indefinite', 'invalid-duration', 'is not a duration', 'ISO 8601 with one unit'],
  ['isBinding', 'yes', 'invalid-boolean', 'must be true or false', 'without quotes'],
  ['address', ' ', 'invalid-text', 'must be a text', 'at most 2,000 characters'],
  ['address', 'x'.repeat(2001), 'invalid-text', 'must be a text', 'at most 2,000 characters'],
  ['mailbox', 'desk', 'invalid-email', 'is not a valid e-mail address', 'name@example.com'],
  ['method', 'letter', 'invalid-option', 'is not one of the choices', 'write phone or visit'],
  ['provider', 'C', 'unknown-party', 'is not a party of this template', 'write A or B'],
  ['owners', 'manager', 'unknown-party', 'is not a party of this template', 'write A or B'],
  ['owners.report', { report: 'C' }, 'unknown-party', 'is not a party of this template', 'write A or B'],
  ['owners.raport', { raport: 'A' }, 'unknown-obligation', 'there is no obligation "raport"', 'report, survey'],
  ['leads', 7, 'invalid-list', 'must be a list of different whole numbers', 'at most 3 of them'],
  ['leads', [7, 7], 'invalid-list', 'must be a list of different whole numbers', 'at most 3 of them'],
  ['leads', [1, 2, 3, 4], 'invalid-list', 'must be a list of different whole numbers', 'at most 3 of them'],
  ['leads', [31], 'out-of-range', 'must be from 1 to 30', 'give a number from 1 to 30'],
  ['topics', 'service', 'invalid-list', 'must be a list without repetitions', 'at most 2 items'],
  ['topics', ['a', 'a'], 'invalid-list', 'must be a list without repetitions', 'at most 2 items'],
  ['topics', ['a', 'b', 'c'], 'invalid-list', 'must be a list without repetitions', 'at most 2 items'],
  ['topics[1]', ['a', true], 'invalid-text', 'must be a text', 'at most 2,000 characters'],
  ['copiesTo[0]', ['desk'], 'invalid-email', 'is not a valid e-mail address', 'name@example.com'],
  ['channels[1]', ['web', 'fax'], 'invalid-option', 'is not one of the choices', 'write web or mail'],
  ['parts', [50, 50], 'invalid-map', 'must be a map of keys and values', 'give one for each of attitude, speed, price'],
  ['parts', { attitude: 50, speed: 40 }, 'wrong-total', 'add up to 90, not 100', 'so that they add up to 100'],
  ['parts', { attitude: '50.01', speed: 50 }, 'wrong-total', 'add up to 100.01, not 100', 'add up to 100'],
  ['parts.mood', { mood: 100 }, 'unknown-key', 'there is no "mood"', 'the keys are attitude, speed, price'],
  ['parts.attitude', { attitude: 'half', speed: 50 }, 'invalid-percent', 'must be a percentage', 'write a decimal'],
  ['parts.attitude', { attitude: 101 }, 'out-of-range', 'must be from 0 to 100', 'give a number from 0 to 100'],
  ['hoursByCategory', 'equal', 'invalid-map', 'must be a map of keys and values', 'write it as key: value'],
  ['hoursByCategory.重大', { 重大: 0 }, 'out-of-range', 'must be from 1 to 720', 'give a number from 1 to 720'],
  ['paymentSchedule', 'half', 'invalid-table', 'must be a list of rows', 'milestone, amount, dueOn, payer, at most 2'],
  ['paymentSchedule', [row, row, row], 'invalid-table', 'must be a list of rows', 'at most 2'],
  ['paymentSchedule[1]', [row, 'half'], 'invalid-row', 'must be a row', 'the columns are milestone, amount'],
  ['paymentSchedule[0]', [{ ...row, sum: 1 }], 'invalid-row', 'has no column "sum"', 'the columns are milestone'],
  ['paymentSchedule[0].amount', [{ milestone: 'm' }], 'missing-cell', 'Amount is missing', 'give it a value'],
  ['paymentSchedule[0].amount', [{ ...row, amount: 1000 }], 'money-not-quoted', 'in quotes', 'quote it'],
  ['paymentSchedule[1].amount', [row, { ...row, amount: '1.234' }], 'too-many-decimals', '1.234', 'leave out'],
  ['paymentSchedule[0].dueOn', [{ ...row, dueOn: '31.1.' }], 'invalid-date', 'is not a date', 'YYYY-MM-DD'],
  ['paymentSchedule[0].payer', [{ ...row, payer: 'C' }], 'unknown-party', 'is not a party', 'write A or B'],
])('terms.%s: %j is refused: %s', (path, given, code, message, cure) => {
  const name = path.split(/[.[]/)[0] ?? '';
  const { errors } = resolved({ [name]: given });
  expect(errors).toHaveLength(1);
  expect(errors[0]).toMatchObject({ path: `terms.${path}`, code });
  expect(errors[0]?.message.en).toContain(message);
  expect(errors[0]?.cure.en).toContain(cure);
  expect(errors[0]?.message.zh).toMatch(/\p{Script=Han}/u);
  expect(errors[0]?.cure.zh).toMatch(/\p{Script=Han}/u);
});

test('an amount in a table has the decimals of the agreement’s own currency', () => {
  const { errors } = resolved({ contractTotal: '1', currency: 'JPY', paymentSchedule: [{ ...row, amount: '1.5' }] });
  expect(errors.map(({ path, code }) => [path, code])).toEqual([
    ['terms.paymentSchedule[0].amount', 'too-many-decimals'],
  ]);
});

test('all that is wrong is told at once', () => {
  const { errors } = resolved({ score: 'x', parts: { mood: 1 }, channels: ['fax'], unheard: 1, windowDays: null });
  expect(errors.map(({ path, code }) => `${path} ${code}`)).toEqual([
    'terms.unheard unknown-term',
    'terms.score invalid-number',
    'terms.channels[0] invalid-option',
    'terms.parts.mood unknown-key',
    'terms.windowDays value-needed',
  ]);
});

test('what the agreement cannot do without is missing when it is said to be not agreed', () => {
  for (const given of [{}, { contractTotal: null }, { contractTotal: 'not-agreed' }]) {
    expect(resolveTerms(everyType, given).errors.map(({ path, code }) => [path, code])).toEqual([
      ['terms.contractTotal', 'missing-term'],
    ]);
  }
});

test.each([[[]], ['text'], [7], [null]])('terms that are %j are no terms', (given) => {
  expect(resolveTerms(everyType, given).errors).toMatchObject([{ path: 'terms', code: 'invalid-value' }]);
});

test('a key that every object has is a key like any other', () => {
  const given = JSON.parse('{ "__proto__": 3, "constructor": 4 }') as Record<string, number>;
  const { terms, errors } = resolved({ hoursByCategory: given });
  expect(errors).toEqual([]);
  const value = terms.find(({ name }) => name === 'hoursByCategory')?.value;
  expect(Object.entries(value ?? {})).toEqual([
    ['__proto__', 3],
    ['constructor', 4],
  ]);
});
