import fc from 'fast-check';

/**
 * Property tests draw the same lives on every machine, so that a red one is seen by whoever caused it. Whoever hunts for
 * new ones sets another seed, and more lives: `SEED=random LIVES=8000 npx vitest run --project unit test/domain/life-model.test.ts`.
 */
const { SEED } = process.env;
if (SEED !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(SEED ?? 20_260_901) });
