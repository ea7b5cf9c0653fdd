import { join } from 'node:path';
import pino from 'pino';
import { logRedaction } from '../api/log-redaction.ts';
import { type Stack, startStack } from '../embedded/stack.ts';
import { keptAuthSecret } from '../embedded/auth-secret.ts';
import { openApi } from './api-process.ts';
import { type DemoStack, DemoStopped, demoConfig, startDemo } from './demo/stack.ts';
import { printSetupLink } from './first-administrator.ts';
import { language, print } from './output.ts';
import { configuration, engineFailure, untilAsked } from './process.ts';
import { installTemporalRuntime } from './temporal-runtime.ts';
import { ensureWebBuild } from './web-build.ts';
import { openWorker } from './worker-process.ts';

/**
 * `abide start`: what the environment does not name is brought up here, then worker, API and page in this process.
 * Ends all of it, in order, when asked, or when one of its servers is lost.
 */
export async function runStart({ demo }: { demo: boolean }): Promise<number> {
  const given = configuration();
  const lang = language();
  const log = (line: string) => process.stderr.write(`${line}\n`);
  const asked = untilAsked();
  const config = demo ? await demoConfig(given) : given;
  // The terminal is for people; what the processes say goes to a file.
  const logFile = join(config.dataDir, 'abide.log');
  const processLog = pino(
    { level: config.logLevel, ...logRedaction },
    pino.destination({ dest: logFile, mkdir: true, sync: false }),
  );
  installTemporalRuntime(processLog.child({ name: 'temporal' }));
  let isAsked = false;
  void asked.then(() => (isAsked = true));
  const stack = await (demo ? startDemo(config, { log, goesOn: () => !isAsked }) : startStack(config, log)).catch(
    (error: unknown) => {
      if (error instanceof DemoStopped) return undefined;
      throw engineFailure(error);
    },
  );
  if (stack === undefined) return 0;
  try {
    await ensureWebBuild(log);
    const worker = await openWorker(config, stack, processLog.child({ name: 'worker' }));
    try {
      const authSecret = config.authSecret ?? (await keptAuthSecret(config.dataDir));
      const api = await openApi(config, { ...stack, authSecret }, processLog.child({ name: 'api' }));
      print('', ...banner(api.url, stack, logFile)[lang], '');
      if (isDemo(stack)) print(...demoBanner(stack)[lang], '');
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
      isDemo(stack) ? '按 Ctrl-C 停止；演示数据随之删除。' : '按 Ctrl-C 停止；数据保留，下次启动继续。',
    ],
    en: [
      `Abide is up:        ${url}`,
      ...(mailboxUrl ? [`  mailbox:          ${mailboxUrl}`] : []),
      ...(temporalUiUrl ? [`  Temporal UI:      ${temporalUiUrl}`] : []),
      `  API description:  ${url}/api/openapi.json`,
      `  log:              ${logFile}`,
      isDemo(stack)
        ? "Ctrl-C stops it; the demo's data goes with it."
        : 'Ctrl-C stops it; the data stays for the next start.',
    ],
  };
}

function isDemo(stack: Stack): stack is DemoStack {
  return 'accounts' in stack;
}

/** Who can sign in to the demo. */
function demoBanner({ accounts, agreements }: DemoStack): { zh: string[]; en: string[] } {
  const signIns = accounts.map(({ email, roles }) => `  ${email.padEnd(24)}${roles.join(', ')}`);
  const password = accounts[0]?.password ?? '';
  return {
    zh: [`演示：${String(agreements.length)} 份协议已履行至今日。以下账号均可登录，密码：${password}`, ...signIns],
    en: [
      `Demo: ${String(agreements.length)} agreements, lived up to today. Sign in as any of these with the password ${password}`,
      ...signIns,
    ],
  };
}
