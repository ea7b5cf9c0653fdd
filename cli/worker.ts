import { configuration, processLog, required, untilAsked } from './process.ts';
import { openWorker } from './worker-process.ts';

/** `abide worker`: runs the workflows and activities until it is asked to end. */
export async function runWorker(): Promise<number> {
  const config = configuration();
  const servers = {
    databaseUrl: required(config.databaseUrl, 'DATABASE_URL'),
    smtpUrl: required(config.smtpUrl, 'SMTP_URL'),
    temporalAddress: required(config.temporalAddress, 'TEMPORAL_ADDRESS'),
  };
  const log = processLog(config, 'worker');
  const asked = untilAsked();
  const worker = await Promise.race([openWorker(config, servers, log), asked]);
  if (typeof worker === 'string') return 0;
  log.info('worker is up');
  await Promise.race([worker.ended, asked]);
  await worker.stop();
  return 0;
}
