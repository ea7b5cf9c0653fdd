import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { abide } from './abide-process.ts';

const DOCS = fileURLToPath(new URL('../../docs/', import.meta.url));
const scenarios = (...names: string[]): string[] => names.map((name) => `${DOCS}what-if/${name}.yaml`);

test('docs/what-if.md shows what the real engine gives', () => {
  const { code, stdout } = abide(['simulate', '--compare', ...scenarios('report-in-time', 'report-twelve-days-late')]);
  expect(code).toBe(0);
  expect(readFileSync(`${DOCS}what-if.md`, 'utf8')).toContain(`\n${stdout}\`\`\``);
});

test('as JSON both lives and the differences', () => {
  const { code, stdout } = abide([
    'simulate',
    '--json',
    '--compare',
    ...scenarios('signed-before-national-day', 'signed-after-national-day'),
  ]);
  expect(code).toBe(0);
  const sides = z.strictObject({ onlyA: z.array(z.unknown()), onlyB: z.array(z.unknown()) });
  const life = z.object({ agreement: z.object({ inForceOn: z.string() }), runs: z.array(z.unknown()).min(1) });
  const balances = z.array(
    z.strictObject({ debtor: z.string(), creditor: z.string(), currency: z.string(), amount: z.string() }),
  );
  const { a, b, differences } = z
    .strictObject({
      a: life,
      b: life,
      differences: z.strictObject({
        terms: z.array(z.unknown()),
        agreement: z.array(z.strictObject({ field: z.string(), a: z.unknown(), b: z.unknown() })),
        obligations: z.array(
          z.strictObject({
            id: z.string(),
            occurrence: z.string().optional(),
            field: z.string(),
            a: z.unknown(),
            b: z.unknown(),
          }),
        ),
        surveys: z.array(z.unknown()),
        plans: z.array(z.unknown()),
        others: z.array(z.unknown()),
        events: sides,
        notices: sides,
        ledger: sides.extend({ balanceA: balances, balanceB: balances }),
        rejections: sides,
      }),
    })
    .parse(JSON.parse(stdout));
  expect([a.agreement.inForceOn, b.agreement.inForceOn]).toEqual(['2026-09-30', '2026-10-08']);
  expect(differences.obligations.map(({ id, field }) => `${id} ${field}`)).toEqual([
    'needs-analysis-report status',
    'needs-analysis-report dueAt',
    'needs-analysis-report daysLate',
    'process-plan dueAt',
    'training-plan dueAt',
  ]);
  expect(differences.ledger).toMatchObject({ balanceA: [{ amount: '15000.00' }], balanceB: [] });
});
