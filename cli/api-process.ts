import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Logger } from 'pino';
import { systemClock } from '../activities/clock.ts';
import { openDocumentStore } from '../activities/documents.ts';
import { createKillPoint } from '../activities/kill-points.ts';
import { replayAgreement } from '../activities/replay.ts';
import { openAccounts } from '../api/accounts/accounts.ts';
import type { ApiConfig } from '../api/deps.ts';
import { startApi } from '../api/server.ts';
import type { Config } from '../config.ts';
import { openDatabase } from '../prisma/database.ts';
import { openAudit } from './audit.ts';
import { openEvidence } from './evidence.ts';
import { openLetters } from './letters.ts';
import { openMailPreviews } from './mail-previews.ts';
import { openPacedMail } from './mail.ts';
import { openTestInvitations } from './test-invitations.ts';
import { installTemporalRuntime } from './temporal-runtime.ts';
import { openTemporal } from './temporal.ts';
import { WEB_ROOT } from './web-build.ts';

/** The API and the pages, in this process. */
export async function openApi(
  config: Config,
  servers: {
    databaseUrl: string;
    temporalAddress: string;
    temporalUiUrl?: string;
    smtpUrl: string;
    authSecret: string;
    demo?: NonNullable<ApiConfig['demo']>;
  },
  log: Logger,
): Promise<{ url: string; stop(): Promise<void> }> {
  const killPoint = createKillPoint(config.killAt);
  const temporalUiUrl = config.temporalUiUrl ?? servers.temporalUiUrl;
  installTemporalRuntime(log); // replays run in this process
  const database = openDatabase(servers.databaseUrl);
  const client = openTemporal(servers.temporalAddress, config.temporalNamespace);
  const mail = openPacedMail(config, servers.smtpUrl);
  const sendLetter = openLetters(mail, config);
  const { version } = createRequire(import.meta.url)('../package.json') as { version: string };
  const api = await startApi(
    {
      database,
      accounts: openAccounts({
        database,
        secret: servers.authSecret,
        publicUrl: config.publicUrl,
        clock: systemClock,
        log,
        sendLetter,
      }),
      sendLetter,
      mails: openMailPreviews(mail, config),
      sendTestInvitation: openTestInvitations(mail, config),
      temporal: () => client,
      documents: openDocumentStore(config.documentsDir, { maxBytes: config.maxUploadBytes, killPoint }),
      clock: systemClock,
      killPoint,
      config: {
        publicUrl: config.publicUrl,
        ...(config.apiKey === undefined ? {} : { apiKey: config.apiKey }),
        ...(config.inboundKey === undefined ? {} : { inboundKey: config.inboundKey }),
        webhookAllowPrivate: config.webhookAllowPrivate,
        documentsDir: config.documentsDir,
        ...(temporalUiUrl === undefined ? {} : { temporalUiUrl }),
        ...(config.mailRate === undefined ? {} : { mailRate: config.mailRate }),
        ...(servers.demo === undefined ? {} : { demo: servers.demo }),
        mailHost: config.mailFrom.slice(config.mailFrom.lastIndexOf('@') + 1).replace('>', ''),
        trustedProxies: config.trustedProxies,
      },
      evidence: await openEvidence(config, { database, temporal: () => client }),
      audit: openAudit(config, { database, temporal: () => client }),
      replayAgreement: (id) => replayAgreement({ database, temporal: client, id }),
      log,
      version,
      ...(existsSync(WEB_ROOT) ? { webRoot: WEB_ROOT } : {}),
    },
    { host: config.apiHost, port: config.apiPort },
  );
  return {
    url: api.url,
    async stop() {
      await api.stop();
      mail.close();
      await client.connection.close();
      await database.$disconnect();
    },
  };
}
