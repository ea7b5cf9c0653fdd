import { expect, test } from 'vitest';
import { livable } from '../../cli/livable.ts';
import { resolveScenario } from '../../cli/scenario.ts';
import { liveInMemory } from '../support/example-life.ts';

/** A contract with a department of the provider; `script` is what people do. */
const scenario = (script: object[]) => ({
  template: 'vip-service',
  signedOn: '2026-04-01',
  until: '2026-07-31',
  parties: {
    A: { name: '甲公司', email: 'customer@a.example.com' },
    B: { name: '乙公司', email: 'provider@b.example.com' },
  },
  seats: {
    'customer-manager': { name: '白露', email: 'bailu@b.example.com' },
    'deputy-manager': { name: '秦川', email: 'qinchuan@b.example.com' },
  },
  coordinator: { name: '方圆', email: 'fangyuan@example.com' },
  terms: { providerParty: 'B', contractYear: 2026 },
  script,
});

function lived(script: object[]) {
  const read = resolveScenario(scenario(script), '.');
  if ('errors' in read) throw new Error(JSON.stringify(read.errors));
  return liveInMemory(livable(read.scenario));
}

const at = '2026-04-02 10:00';
const somebody = { name: '林溪', email: 'linxi@b.example.com' };
const away = { from: '2026-06-22', until: '2026-06-26' };

test.each([
  ['a seat that is none', { do: 'replace', seat: 'gardener', by: somebody }, 'seat', 'unknown-seat'],
  ['nobody new', { do: 'replace', seat: 'A' }, 'by', 'missing-value'],
  ['a name alone, which is no seat', { do: 'replace', seat: 'A', by: '林溪' }, 'by', 'unknown-seat'],
  ['a seat that nobody fills', { do: 'replace', seat: 'A', by: 'supervisor' }, 'by', 'unknown-seat'],
  ['a person without an address', { do: 'replace', seat: 'A', by: { name: '林溪' } }, 'by.email', 'missing-value'],
  ['no address', { do: 'replace', seat: 'A', by: { ...somebody, email: 'linxi' } }, 'by.email', 'invalid-email'],
  ['a misspelt key', { do: 'replace', seat: 'A', by: { ...somebody, mail: '' } }, 'by.mail', 'unknown-key'],
  ['a number', { do: 'replace', seat: 'A', by: 7 }, 'by', 'invalid-value'],
  ['no deputy', { do: 'delegate', ...away }, 'to', 'missing-value'],
  ['no last day', { do: 'delegate', to: somebody, from: away.from }, 'until', 'missing-value'],
  ['a day that is none', { do: 'delegate', to: somebody, ...away, until: '2026-06-31' }, 'until', 'invalid-date'],
  [
    'a last day before the first',
    { do: 'delegate', to: somebody, ...away, until: '2026-06-21' },
    'until',
    'until-before-from',
  ],
  [
    'an occurrence, where obligations are asked for',
    { do: 'delegate', to: somebody, ...away, obligations: ['quarterly-survey', 'quarterly-survey#2026-Q2'] },
    'obligations[1]',
    'unknown-obligation',
  ],
  ['nothing to acknowledge', { do: 'acknowledge' }, 'what', 'missing-value'],
  ['what is not there', { do: 'acknowledge', what: 'contract' }, 'what', 'unknown-obligation'],
])('%s is refused where it stands, with what helps', (_case, act, path, code) => {
  const read = resolveScenario(scenario([{ at, as: 'A', ...act }]), '.');
  const errors = 'errors' in read ? read.errors : [];
  expect(errors.map((error) => ({ path: error.path, code: error.code }))).toEqual([
    { path: `script[0].${path}`, code },
  ]);
  expect(errors[0]?.cure.en).toMatch(/\w/);
  expect(errors[0]?.cure.zh).toMatch(/[\u4e00-\u9fff]/);
});

test('the cure for a bare name says how somebody new is written', () => {
  const read = resolveScenario(scenario([{ at, as: 'A', do: 'replace', seat: 'A', by: '林溪' }]), '.');
  expect('errors' in read && read.errors[0]?.cure.en).toMatch(/\{ name: …, email: … \}.*A, B, customer-manager/);
});

test('a seat that nobody filled at the start is refused when it is lived, not read', () => {
  const { rejections } = lived([{ at, as: 'B', do: 'replace', seat: 'supervisor', by: somebody }]);
  expect(rejections).toMatchObject([{ do: 'replace', as: 'B', code: 'unknown-seat' }]);
});

test('one person on both sides is refused by seat, and by an address that is seated there, however it is written', () => {
  const { rejections, events } = lived([
    { at, as: 'B', do: 'replace', seat: 'customer-manager', by: 'A' },
    { at, as: 'B', do: 'replace', seat: 'customer-manager', by: { name: '甲', email: 'Customer@A.example.com' } },
    { at, as: 'A', do: 'delegate', to: { name: '白露', email: 'bailu@b.example.com' }, ...away },
  ]);
  expect(rejections.map(({ code }) => code)).toEqual(['both-sides', 'both-sides', 'both-sides']);
  expect(events.some(({ type }) => type === 'seat-replaced')).toBe(false);
});

test('where a deputy acts, both are named; where nobody is away, neither', () => {
  const { events } = lived([
    { at, as: 'customer-manager', do: 'delegate', to: 'deputy-manager', ...away },
    { at: '2026-06-22 00:00', as: 'customer-manager', do: 'submit', obligation: 'quarterly-survey#2026-Q2' },
    { at: '2026-06-27 00:00', as: 'customer-manager', do: 'acknowledge', what: 'agreement' },
  ]);
  const actorOf = (type: string) => events.find((event) => event.type === type)?.actor;
  expect(actorOf('deliverable-submitted')).toEqual({
    seat: 'customer-manager',
    party: 'B',
    via: 'cli',
    person: 'qinchuan@b.example.com',
    deputyFor: 'bailu@b.example.com',
  });
  expect(actorOf('acknowledged')).toEqual({ seat: 'customer-manager', party: 'B', via: 'cli' });
});

test('a deputy for one obligation confirms that one, and nothing else', () => {
  const { events } = lived([
    { at, as: 'customer-manager', do: 'delegate', to: somebody, ...away, obligations: ['quarterly-survey'] },
    { at: '2026-06-23 10:00', as: 'customer-manager', do: 'acknowledge', what: 'quarterly-survey#2026-Q2' },
    { at: '2026-06-23 10:01', as: 'customer-manager', do: 'acknowledge', what: 'agreement' },
  ]);
  const readers = events.filter(({ type }) => type === 'acknowledged');
  expect(readers.map(({ actor }) => actor?.person)).toEqual(['linxi@b.example.com', undefined]);
});
