import { productionPrograms } from './temporal-on-postgres.ts';
import { temporalProgram } from './temporal.ts';
import { timeSkippingServer } from './time-skipping.ts';

// `npm run engine:prefetch [-- --production]`: fetches or builds the engines now, so that nothing waits for them later.
const log = (line: string): void => console.log(line);
await timeSkippingServer(log);
await temporalProgram(log);
if (process.argv.includes('--production')) await productionPrograms(log);
