import { expect, test } from 'vitest';
import { describeTemplate } from '../../templates/description.ts';
import { listTemplates } from '../../templates/library.ts';
import { resolveTerms } from '../../templates/terms.ts';
import {
  fieldOf,
  withOpenTerms,
  withTemplate,
  draftBody,
  emptyForm,
  termProblems,
} from '../../web/features/start-agreement/start-form.ts';
import {
  entryOf,
  entryProblem,
  isEmptyEntry,
  isFixed,
  sumText,
  wireValue,
} from '../../web/features/start-agreement/term-entry.ts';
import type { Template, TemplateTerm } from '../../web/wire.ts';

const TEMPLATES = listTemplates().map((template) => {
  const described = JSON.parse(JSON.stringify(describeTemplate(template))) as Template;
  return [described.ref, template, described] as const;
});

test.each(TEMPLATES)('%s: every value and proposal of ours survives the form', (_ref, template, described) => {
  for (const term of described.terms.filter((one) => !isFixed(one))) {
    for (const given of [term.value, term.proposal]) {
      if (given === undefined) continue;
      const entry = entryOf(described, term, given);
      if (isEmptyEntry(entry)) continue; // an empty list proposes nothing
      expect(entryProblem(term, entry, true), term.name).toBeUndefined();
      // What stands there already is not sent; here it is as if somebody had typed it.
      const { value: _own, ...blank } = term;
      const sent = wireValue(described, blank as TemplateTerm, entry);
      if (sent === undefined) continue;
      const { errors } = resolveTerms(template, { [term.name]: sent });
      expect(errors.filter(({ path }) => path.startsWith(`terms.${term.name}`))).toEqual([]);
    }
  }
});

test.each(TEMPLATES)(
  '%s: with our proposals, and the rest not agreed, nothing is left open',
  (_ref, template, described) => {
    const chosen = withTemplate(emptyForm('2026-09-01'), described);
    const filled = withOpenTerms(withOpenTerms(chosen, described, 'proposal'), described, 'not-agreed');
    const problems = Object.keys(termProblems(filled, described, true));
    const asked = described.terms.filter(({ required, neededToSign }) => required || neededToSign);
    expect(problems).toEqual(asked.map(({ name }) => `terms.${name}`));
    const { open } = resolveTerms(template, draftBody(filled, described).terms);
    const toSign = asked.filter(({ neededToSign }) => neededToSign).map(({ name }) => name);
    expect(open.map(({ term }) => term)).toEqual(toSign);
  },
);

test('liability for breach and its compensation are asked for before a start, and may wait in a draft (S003-N-13)', () => {
  const [, , described] = TEMPLATES.find(([ref]) => ref === 'performance-contract@1') ?? expect.unreachable();
  const form = withTemplate(emptyForm('2026-09-01'), described);
  const entered = (terms: Record<string, unknown>) => ({
    ...form,
    terms: {
      ...form.terms,
      ...Object.fromEntries(
        described.terms
          .filter(({ name }) => name in terms)
          .map((term) => [term.name, entryOf(described, term, terms[term.name])]),
      ),
    },
  });
  const problemsOf = (terms: Record<string, unknown>, starting: boolean) => {
    const { 'terms.breachLiability': liability, 'terms.compensationMethod': method } = termProblems(
      entered(terms),
      described,
      starting,
    );
    return [liability, method];
  };
  const both = ['termProblem.toSign', 'termProblem.toSign'];
  expect(problemsOf({}, true)).toEqual(both);
  expect(problemsOf({ breachLiability: 'not-agreed', compensationMethod: 'not-agreed' }, true)).toEqual(both);
  expect(problemsOf({}, false)).toEqual([undefined, undefined]);
  const agreed = { breachLiability: '违约方赔偿实际损失', compensationMethod: '转账' };
  expect(problemsOf(agreed, true)).toEqual([undefined, undefined]);
});

test('what must add up is added exactly', () => {
  expect(sumText(['33.33', '33.33', '33.34'])).toBe('100');
  expect(sumText(['0.1', '0.2'])).toBe('0.3');
  expect(sumText(['50', 'x', ''])).toBe('50');
  expect(sumText([])).toBe('0');
});

test('the problem of a cell stands at its term', () => {
  const term = (name: string) => ({ name }) as TemplateTerm;
  const template = { terms: [term('weights'), term('partyA.phone'), term('partyA')] } as Template;
  expect(fieldOf('terms.weights[0].amount', template)).toBe('terms.weights');
  expect(fieldOf('terms.weights.quality', template)).toBe('terms.weights');
  expect(fieldOf('terms.partyA.phone', template)).toBe('terms.partyA.phone');
  expect(fieldOf('parties.A.name', template)).toBe('parties.A.name');
});
