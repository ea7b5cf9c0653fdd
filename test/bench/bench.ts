import { benchAgreements } from './agreements.ts';
import { benchLife } from './life.ts';
import { openProduct } from './product.ts';
import { benchRecord } from './record.ts';

/** `npm run bench`: JSON on stdout and nothing else; progress on stderr. Throw-away data, loopback alone. */
const log = (line: string): void => void process.stderr.write(`${line}\n`);

log('simulate');
const life = await benchLife(log);
log(JSON.stringify(life));
const product = await openProduct(log);
try {
  const agreements = await benchAgreements(product, log);
  log('records');
  const records = await benchRecord(product);
  process.stdout.write(`${JSON.stringify({ ...agreements, ...life, records }, null, 2)}\n`);
} finally {
  await product.close();
}
