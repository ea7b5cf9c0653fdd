import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command, CommanderError } from 'commander';
import type { Text } from '../domain/time.ts';
import { ownTemplates } from '../config.ts';
import { CommandFailed, fail, language } from './output.ts';

const SUMMARIES: Record<string, Text> = {
  abide: {
    zh: '把客户服务协议作为持久工作流来履行',
    en: 'Runs customer-service agreements as durable workflows',
  },
  templates: { zh: '列出协议模板', en: 'list the templates' },
  clauses: {
    zh: '条款台账：对原文每一条做了什么',
    en: 'the ledger of clauses: what is done about each of the sources',
  },
  plan: { zh: '推算各项义务的到期日；不启动任何东西', en: 'show what falls due when; starts nothing' },
  simulate: { zh: '在真实引擎上把剧本走一遍', en: 'live a scenario on the real engine' },
  replay: { zh: '审计：重放协议的全部历史', en: 'replay all of an agreement’s histories: the auditor’s verdict' },
  evidence: {
    zh: '把一份协议的全部证据写成一个签名文件包',
    en: 'write all evidence of an agreement into one signed bundle',
  },
  verify: {
    zh: '核验证据包；无需网络与数据库',
    en: 'check an evidence bundle, without network or database',
  },
  start: { zh: '在本机启动全部组件', en: 'bring everything up on this machine' },
  worker: { zh: '启动工作进程', en: 'run the worker' },
  api: { zh: '启动 API', en: 'run the API' },
  migrate: { zh: '迁移数据库', en: 'apply the database migrations' },
  doctor: {
    zh: '检查所需是否齐备；不下载任何东西',
    en: 'what is found, what is missing, how to get it; fetches nothing',
  },
};

function usage(message: string): CommandFailed {
  return new CommandFailed([
    {
      path: '',
      code: 'invalid-usage',
      message: { zh: message, en: message },
      cure: { zh: '运行 abide --help 查看用法', en: 'run abide --help to see what there is' },
    },
  ]);
}

function both(text: string): Text {
  return { zh: text, en: text };
}

/** What other rooms throw with a code (an engine that is not to be had, a configuration), or a bug. */
function failureOf(error: unknown): CommandFailed {
  const { message } = error instanceof Error ? error : new Error(String(error));
  const { code, errors } = error as { code?: unknown; errors?: unknown };
  // Node's own codes are in capitals.
  if (typeof code !== 'string' || !/^[a-z][a-z-]*$/.test(code)) {
    const cure: Text = { zh: '请把此消息报告给维护者', en: 'report this message to those who maintain abide' };
    return new CommandFailed([{ path: '', code: 'internal-error', message: both(message), cure }]);
  }
  const details = Array.isArray(errors)
    ? (errors as { path: string; message: string | Text; cure: string | Text }[])
    : [{ path: '', message, cure: '' }];
  const text = (said: string | Text): Text => (typeof said === 'string' ? both(said) : said);
  return new CommandFailed(
    details.map((one) => ({ path: one.path, code, message: text(one.message), cure: text(one.cure) })),
  );
}

/** A reader such as `head` may close the pipe early. */
function closedPipe(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
}

/** A process that lives long ends at once on a template that cannot be read, not at the first request for one. */
async function readTemplates(): Promise<void> {
  (await import('../templates/library.ts')).listTemplates();
}

/**
 * Runs one command and returns its exit code. `callerFolder` is where npm was called, for paths that are not found in
 * the current folder. A bug is printed as `internal-error` with its message alone.
 */
export async function main(argv: string[], callerFolder: string | undefined): Promise<number> {
  process.stdout.off('error', closedPipe).on('error', closedPipe);
  const lang = language();
  const json = argv.includes('--json');
  const input = (path: string): string => {
    const fromCaller = resolve(callerFolder ?? '.', path);
    return !existsSync(path) && existsSync(fromCaller) ? fromCaller : path;
  };
  let code = 0;

  const program = new Command('abide').description(SUMMARIES['abide']?.[lang] ?? '').exitOverride();
  program.configureOutput({
    writeErr: (text) => (json ? undefined : process.stderr.write(text)),
    outputError: () => undefined,
  });
  const command = (usageText: string, parent = program): Command => {
    const name = usageText.split(' ')[0] ?? usageText;
    return parent
      .command(usageText)
      .description(SUMMARIES[parent === program ? name : `${parent.name()} ${name}`]?.[lang] ?? '')
      .exitOverride();
  };
  const asJson = { zh: '只输出 JSON', en: 'print JSON and nothing else' }[lang];

  const templates = command('templates')
    .option('--json', asJson)
    .action(async () => {
      code = await (await import('./templates.ts')).runTemplates({ json });
    });
  command('check [names...]', templates)
    .option('--json', asJson)
    .action(async (names: string[]) => {
      code = await (await import('./templates-check.ts')).runTemplatesCheck(names.map(input), { json });
    });
  command('presets', templates)
    .option('--json', asJson)
    .action(async () => {
      code = await (await import('./templates-presets.ts')).runTemplatesPresets({ json });
    });
  command('clauses [clause]')
    .option('--json', asJson)
    .option('--source <source>', { zh: '只列此来源，例如 S001b', en: 'one source alone, such as S001b' }[lang])
    .action(async (clause: string | undefined, { source }: { source?: string }) => {
      code = await (await import('./clauses.ts')).runClauses(clause, { source, json });
    });
  command('plan <scenario>')
    .option('--json', asJson)
    .option('--ics', { zh: '输出日历文件（iCalendar）', en: 'print a calendar file (iCalendar)' }[lang])
    .action(async (file: string, { ics = false }: { ics?: boolean }) => {
      if (ics && json) throw usage('--ics, --json: one of the two');
      code = await (await import('./plan.ts')).runPlan(input(file), { json, ics });
    });
  command('simulate <scenario> [other]')
    .option('--json', asJson)
    .option('--keep <folder>', { zh: '把历史留在此文件夹', en: 'leave the histories in this folder' }[lang])
    .option('--compare', { zh: '履行两个剧本，列出差异', en: 'live two scenarios and show what differs' }[lang])
    .action(async (file: string, other: string | undefined, options: { keep?: string; compare?: true }) => {
      const { keep, compare } = options;
      if (compare === undefined) {
        if (other !== undefined) throw usage(`simulate ${file} ${other}: --compare`);
        code = await (await import('./simulate.ts')).runSimulate(input(file), { keep, json });
      } else {
        if (other === undefined) throw usage(`--compare ${file}: SCENARIO SCENARIO`);
        code = await (await import('./compare.ts')).runCompare(input(file), input(other), { keep, json });
      }
    });
  command('replay <target>')
    .option('--json', asJson)
    .option('--code <code>', { zh: 'current：用现有代码重放', en: 'current: replay with today’s code' }[lang])
    .action(async (target: string, options: { code?: string }) => {
      if (options.code !== undefined && options.code !== 'current') {
        throw usage(`--code ${options.code}: current`);
      }
      code = await (await import('./replay.ts')).runReplay(input(target), { code: options.code, json });
    });
  command('evidence <agreement>')
    .option('--json', asJson)
    .option('--out <file>', { zh: '写入此文件', en: 'write to this file' }[lang])
    .action(async (agreement: string, { out }: { out?: string }) => {
      const file = out === undefined ? undefined : resolve(callerFolder ?? '.', out);
      code = await (await import('./evidence.ts')).runEvidence(agreement, { out: file, json });
    });
  command('verify <file>')
    .option('--json', asJson)
    .option(
      '--key <key>',
      { zh: '签名密钥的指纹，或公钥文件', en: 'the signer’s fingerprint, or a file with its key' }[lang],
    )
    .option(
      '--replay',
      { zh: '并以所附代码严格重放全部历史', en: 'replay the histories too, with the code enclosed' }[lang],
    )
    .action(async (file: string, { key, replay = false }: { key?: string; replay?: boolean }) => {
      // It runs the code that the bundle brings: whose it is must be known.
      if (replay && key === undefined) throw usage('--replay: --key KEY');
      code = await (await import('./verify.ts')).runVerify(input(file), { key: key && input(key), replay, json });
    });
  command('start')
    .option(
      '--demo',
      {
        zh: '以临时数据启动，填入履行至今日的示例协议',
        en: 'with throw-away data: agreements that were lived up to today',
      }[lang],
    )
    .action(async ({ demo = false }: { demo?: boolean }) => {
      await readTemplates();
      code = await (await import('./start.ts')).runStart({ demo });
    });
  command('worker').action(async () => {
    await readTemplates();
    code = await (await import('./worker.ts')).runWorker();
  });
  command('api').action(async () => {
    await readTemplates();
    code = await (await import('./api.ts')).runApi();
  });
  command('migrate').action(async () => {
    code = await (await import('./migrate.ts')).runMigrate();
  });
  command('doctor')
    .option('--json', asJson)
    .action(async () => {
      code = await (await import('./doctor.ts')).runDoctor({ json });
    });

  try {
    const own = ownTemplates();
    if (own !== undefined) (await import('../templates/library.ts')).useOwnTemplates(input(own));
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommandFailed) return fail(error, { json });
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return 0;
      if (error.code === 'commander.help') return 1;
      return fail(usage(error.message.replace(/^error: /, '')), { json });
    }
    return fail(failureOf(error), { json });
  }
}
