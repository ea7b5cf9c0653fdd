import { defineConfig } from 'vitest/config';

/** Tests that start engines, servers or processes: one file after the other. */
const ENGINE = [
  'test/{activities,api,browser,embedded,faults,journeys,prisma,replay}/**/*.test.{ts,tsx}',
  'test/cli/temporal*.test.ts',
];
/** Tests on the engine whose clock skips, two files at a time. */
const LIVED = [
  'test/workflows/**/*.test.ts',
  'test/cli/{compare,simulate}*.test.ts',
  'test/templates/examples-lived*.test.ts',
];
/** The production engine, built from its Go module: run by `.ci/run`, or `npm run test:compose`. */
const COMPOSE = ['test/compose/topology.test.ts'];

export default defineConfig({
  test: {
    reporters: ['default', './test/support/plain-summary.ts'],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [...ENGINE, ...LIVED, ...COMPOSE],
          pool: 'threads',
          maxWorkers: 2,
          setupFiles: ['test/support/properties.ts'],
          testTimeout: 30_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'engine',
          include: ENGINE,
          globalSetup: ['test/support/engines.ts'],
          pool: 'forks',
          maxWorkers: 1,
          testTimeout: 120_000,
          hookTimeout: 180_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'lived',
          include: LIVED,
          globalSetup: ['test/support/engines.ts'],
          pool: 'forks',
          maxWorkers: 2,
          testTimeout: 120_000,
          hookTimeout: 180_000,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'compose',
          include: COMPOSE,
          pool: 'forks',
          maxWorkers: 1,
          testTimeout: 300_000,
          hookTimeout: 1_800_000,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
