import { join } from 'node:path';
import pino from 'pino';
import { logRedaction } from '../api/log-redaction.ts';
import { type Stack, startStack } from '../embedded/stack.ts';
import { keptAuthSecret } from '../embedded/auth-secret.ts';
import { openApi } from './api-process.ts';
import { printSetupLink } from './first-administrator.ts';
import { language, print } from './output.ts';
import { configuration, engineFailure, untilAsked } from './process.ts';
import { ensureWebBuild } from './web-build.ts';
import { openWorker } from './worker-process.ts';

/**
 * `abide start`: what the environment does not name is brought up here, then worker, API and page in this process.
 * Ends all of it, in order, when asked, or when one of its servers is lost.
 */
export async function runStart(): Promise<number> {
  const config = configuration();
  const lang = language();
  const log = (line: string) => process.stderr.write(`${line}\n`);
  const asked = untilAsked();
  const stack = await startStack(config, log).catch((error: unknown) => {
    throw engineFailure(error);
  });
  // The terminal is for people; what the processes say goes to a file.
  const logFile = join(config.dataDir, 'abide.log');
  const processLog = pino(
    { level: config.logLevel, ...logRedaction },
    pino.destination({ dest: logFile, mkdir: true, sync: false }),
  );
  try {
    await ensureWebBuild(log);
    const worker = await openWorker(config, stack, processLog.child({ name: 'worker' }));
    try {
      const authSecret = config.authSecret ?? (await keptAuthSecret(config.dataDir));
      const api = await openApi(config, { ...stack, authSecret }, processLog.child({ name: 'api' }));
      print('', ...banner(api.url, stack, logFile)[lang], '');
      await printSetupLink({ databaseUrl: stack.databaseUrl, publicUrl: config.publicUrl }, lang);
      const lost = stack.lost.then((name) => `${name} ended unexpectedly`);
      const ended = worker.ended.then(() => 'the worker ended unexpectedly');
      const reason = await Promise.race([asked, lost, ended]);
      await api.stop();
      if (reason === 'SIGINT' || reason === 'SIGTERM') return 0;
      log(reason);
      return 1;
    } finally {
      await worker.stop();
    }
  } finally {
    await stack.stop();
  }
}

function banner(url: string, stack: Stack, logFile: string): { zh: string[]; en: string[] } {
  const { mailboxUrl, temporalUiUrl } = stack;
  return {
    zh: [
      `Abide 已启动：      ${url}`,
      ...(mailboxUrl ? [`  邮箱：            ${mailboxUrl}`] : []),
      ...(temporalUiUrl ? [`  Temporal 界面：   ${temporalUiUrl}`] : []),
      `  API 文档：        ${url}/api/openapi.json`,
      `  日志：            ${logFile}`,
      '按 Ctrl-C 停止；数据保留，下次启动继续。',
    ],
    en: [
      `Abide is up:        ${url}`,
      ...(mailboxUrl ? [`  mailbox:          ${mailboxUrl}`] : []),
      ...(temporalUiUrl ? [`  Temporal UI:      ${temporalUiUrl}`] : []),
      `  API description:  ${url}/api/openapi.json`,
      `  log:              ${logFile}`,
      'Ctrl-C stops it; the data stays for the next start.',
    ],
  };
}
