import { expect, test } from 'vitest';
import { dateOf, dayOf, ticksOf, windowAround } from '../../web/features/agreement/gantt-scale.ts';
import { itemNamed, sectionPath, sectionsOf } from '../../web/features/agreement/sections.ts';

const everything = (): boolean => true;

test('only what an agreement has, and the reader may see, stands in its parts', () => {
  const work = [{ type: 'case', open: 2, total: 5 }];
  const all = sectionsOf({ work }, ['effect', 'payments'], everything);
  expect(all.find(({ group }) => group === 'work')?.items).toEqual(['cases']);
  expect(all.find(({ group }) => group === 'money')?.items).toEqual(['payments', 'ledger']);
  const few = sectionsOf({ work: [] }, ['effect', 'payments'], (permission) => permission === 'agreements.read');
  expect(few.map(({ group }) => group)).toEqual(['overview', 'duties', 'people', 'changes']);
});

test('addresses of before lead where their content is now; an unknown one to the overview', () => {
  const all = sectionsOf({ work: [] }, ['amendments'], everything);
  expect(itemNamed('timeline', all)).toBe('history');
  expect(itemNamed('life', all)).toBe('amendments');
  expect(itemNamed('claims', all)).toBe('overview');
  expect(itemNamed(null, all)).toBe('overview');
  expect(sectionPath('obligations', { status: 'overdue' })).toBe('?tab=obligations&status=overdue');
});

test('a quarter and a year are whole ones; five years have few lines', () => {
  const all = { from: dayOf('2026-01-10'), to: dayOf('2031-01-10') };
  const day = dayOf('2026-11-24');
  const shown = (zoom: 'quarter' | 'year'): string[] => {
    const { from, to } = windowAround(zoom, day, all);
    return [dateOf(from), dateOf(to)];
  };
  expect(shown('quarter')).toEqual(['2026-10-01', '2027-01-01']);
  expect(shown('year')).toEqual(['2026-01-01', '2027-01-01']);
  expect(ticksOf(windowAround('quarter', day, all)).map(({ month }) => month)).toEqual([10, 11, 12]);
  expect(ticksOf(all).length).toBeLessThan(12);
  expect(ticksOf(all)[0]).toMatchObject({ year: 2026, month: 7 });
});
