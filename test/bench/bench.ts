import { canRunOnPostgres } from '../../embedded/temporal-on-postgres.ts';
import { benchAgreements } from './agreements.ts';
import { benchAnswers } from './answers.ts';
import { CASES, benchCases } from './cases.ts';
import { benchFiveYears } from './five-years.ts';
import { INVITATIONS, benchInvitations } from './invitations.ts';
import { benchLife } from './life.ts';
import { MAILS, benchMails } from './mails.ts';
import { openProduct } from './product.ts';
import { benchRecord } from './record.ts';

/**
 * `npm run --silent bench`: JSON on stdout and nothing else; progress on stderr. Throw-away data, loopback alone.
 * `production` is the same on the server of docker-compose.yml, or null without Go to build it. With `five-years` and
 * perhaps ids of templates, `mails`, `invitations` or `cases` and perhaps how many, or `answers`, that part alone.
 */
const log = (line: string): void => void process.stderr.write(`${line}\n`);

const [part, ...templates] = process.argv.slice(2);
if (part === 'five-years') {
  process.stdout.write(`${JSON.stringify({ fiveYears: await benchFiveYears(log, templates) }, null, 2)}\n`);
  process.exit(0);
}

if (part === 'mails') {
  process.stdout.write(`${JSON.stringify({ mails: await benchMails(log, Number(templates[0] ?? MAILS)) }, null, 2)}\n`);
  process.exit(0);
}

if (part === 'invitations') {
  const invitations = await benchInvitations(log, Number(templates[0] ?? INVITATIONS));
  process.stdout.write(`${JSON.stringify({ invitations }, null, 2)}\n`);
  process.exit(0);
}

if (part === 'answers') {
  process.stdout.write(`${JSON.stringify({ answers: await benchAnswers(log) }, null, 2)}\n`);
  process.exit(0);
}

if (part === 'cases') {
  process.stdout.write(`${JSON.stringify({ cases: await benchCases(log, Number(templates[0] ?? CASES)) }, null, 2)}\n`);
  process.exit(0);
}

log('five years of each template');
const fiveYears = await benchFiveYears(log);
log('simulate');
const life = await benchLife(log);
log(JSON.stringify(life));

const dev = await openProduct(log, 'dev');
let figures: object;
try {
  const agreements = await benchAgreements(dev, log);
  log('records');
  figures = { ...agreements, ...life, fiveYears, records: await benchRecord(dev) };
} finally {
  await dev.close();
}

log('ten thousand reminders');
const mails = await benchMails(log);

log('ten thousand invitations');
const invitations = await benchInvitations(log);

log('two thousand answers');
const answers = await benchAnswers(log);

log('five thousand cases due at one instant');
const cases = await benchCases(log);

let production: object | null = null;
if (await canRunOnPostgres()) {
  log('the production engine');
  const product = await openProduct(log, 'production');
  try {
    production = await benchAgreements(product, log);
  } finally {
    await product.close();
  }
}
process.stdout.write(`${JSON.stringify({ ...figures, mails, invitations, answers, cases, production }, null, 2)}\n`);
