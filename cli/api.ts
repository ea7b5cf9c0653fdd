import { openApi } from './api-process.ts';
import { printSetupLink } from './first-administrator.ts';
import { language } from './output.ts';
import { configuration, processLog, required, untilAsked } from './process.ts';

/** `abide api`: API, link pages and web page until it is asked to end. */
export async function runApi(): Promise<number> {
  const config = configuration();
  const servers = {
    databaseUrl: required(config.databaseUrl, 'DATABASE_URL'),
    temporalAddress: required(config.temporalAddress, 'TEMPORAL_ADDRESS'),
    smtpUrl: required(config.smtpUrl, 'SMTP_URL'),
    authSecret: required(config.authSecret, 'AUTH_SECRET'),
  };
  const log = processLog(config, 'api');
  const asked = untilAsked();
  const api = await openApi(config, servers, log);
  log.info({ url: api.url }, 'api is up');
  await printSetupLink({ databaseUrl: servers.databaseUrl, publicUrl: config.publicUrl }, language());
  await asked;
  await api.stop();
  return 0;
}
