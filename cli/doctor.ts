import { constants } from 'node:fs';
import { access, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { type Config, ConfigurationError, ownTemplates, readConfig } from '../config.ts';
import type { Text } from '../domain/time.ts';
import { runCommand } from '../embedded/command.ts';
import { lockHolder } from '../embedded/lock.ts';
import { runningDatabase } from '../embedded/running.ts';
import { isFree, reaches } from '../embedded/ports.ts';
import { findBinaries } from '../embedded/postgres.ts';
import { TEMPORAL_SOURCES, findTemporal } from '../embedded/temporal.ts';
import { findTimeSkipping } from '../embedded/time-skipping.ts';
import { loadCalendar } from '../templates/calendars.ts';
import { checkTemplates } from '../templates/check.ts';
import { TemplateError, templateFolders } from '../templates/library.ts';
import { zoneData } from '../templates/zone-data.ts';
import { type Language, language, print, printJson, table } from './output.ts';

const CHECKS = [
  'configuration',
  'node',
  'data-folder',
  'disk',
  'ports',
  'postgres',
  'administrator',
  'temporal',
  'smtp',
  'templates',
  'calendars',
  'zones',
  'go',
  'java',
  'maven',
  'time-skipping',
] as const;

type CheckId = (typeof CHECKS)[number];

/** What was found about one thing. */
interface Finding {
  ok: boolean;
  found: Text;
  /** How to get it, or to mend it. */
  cure?: Text;
}

/** What `start` does without. */
const OPTIONAL: readonly CheckId[] = ['administrator', 'go', 'java', 'maven', 'time-skipping'];
const OLDEST_NODE = [20, 19] as const;
const OLDEST_GO = [1, 25] as const;
const OLDEST_JAVA = 11;
/** Less than this soon fills up. */
const DISK_NEEDED_MB = 512;
const ANSWERS_WITHIN_MS = 3_000;

const LABELS: Record<CheckId, Text> = {
  configuration: { zh: '环境变量', en: 'environment' },
  node: { zh: 'Node.js', en: 'Node.js' },
  'data-folder': { zh: '数据文件夹', en: 'data folder' },
  disk: { zh: '磁盘空间', en: 'disk space' },
  ports: { zh: '端口', en: 'ports' },
  postgres: { zh: 'PostgreSQL', en: 'PostgreSQL' },
  administrator: { zh: '管理员', en: 'administrator' },
  temporal: { zh: 'Temporal 服务器', en: 'Temporal server' },
  smtp: { zh: '邮件', en: 'mail' },
  templates: { zh: '模板', en: 'templates' },
  calendars: { zh: '工作日历', en: 'calendars' },
  zones: { zh: '时区数据', en: 'time zones' },
  go: { zh: 'Go（仅用于构建服务器）', en: 'Go (only to build the server)' },
  java: { zh: 'Java（仅用于 simulate）', en: 'Java (only for simulate)' },
  maven: { zh: 'Maven（仅用于首次获取）', en: 'Maven (only for the first fetch)' },
  'time-skipping': { zh: '时间快进引擎（仅用于 simulate）', en: 'time-skipping engine (only for simulate)' },
};

const both = (text: string): Text => ({ zh: text, en: text });
const ok = (found: Text): Finding => ({ ok: true, found });
const missing = (found: Text, cure: Text): Finding => ({ ok: false, found, cure });
const quiet = (): void => undefined;

/** An address without password and query: what may be shown. */
function shown(address: string): string {
  const { protocol, username, host, pathname } = new URL(address);
  return `${protocol}//${username === '' ? '' : `${username}@`}${host}${pathname}`;
}

/** The configuration as far as it can be used, and what is wrong with it. */
function settings(env: NodeJS.ProcessEnv): { config: Config; finding: Finding } {
  try {
    return { config: readConfig(env), finding: ok({ zh: '有效', en: 'valid' }) };
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    const wrong = error.errors.map(({ path }) => path);
    const rest = Object.fromEntries(Object.entries(env).filter(([name]) => !wrong.includes(name)));
    // A key may be required by a host that others can reach.
    const { API_HOST: _host, ...loopback } = rest;
    const cure = error.errors.map((one) => one.cure).join(' ');
    return {
      config: readConfig(wrong.includes('API_KEY') ? loopback : rest),
      finding: missing(both(error.errors.map(({ message }) => message).join(' ')), both(cure)),
    };
  }
}

function node(): Finding {
  const version = process.versions.node;
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isNew = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
  const wanted = OLDEST_NODE.join('.');
  return isNew
    ? ok(both(version))
    : missing(both(version), { zh: `请安装 Node.js ${wanted} 或更高版本`, en: `install Node.js ${wanted} or later` });
}

/** The nearest folder at or above the path that is there. */
async function existing(path: string): Promise<string> {
  for (let folder = path; ; folder = dirname(folder)) {
    const isThere = await access(folder).then(
      () => true,
      () => false,
    );
    if (isThere || folder === dirname(folder)) return folder;
  }
}

async function dataFolder({ dataDir }: Config, runningPid: number | undefined): Promise<Finding> {
  const folder = await existing(dataDir);
  const isWritable = await access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );
  if (!isWritable) {
    return missing(
      { zh: `${folder} 不可写`, en: `${folder} cannot be written to` },
      { zh: '请授予写权限，或用 DATA_DIR 另选文件夹', en: 'give the right to write, or choose another with DATA_DIR' },
    );
  }
  if (runningPid !== undefined) {
    return ok({
      zh: `${dataDir}，abide 正在其中运行（进程 ${runningPid}）`,
      en: `${dataDir}, where abide runs already (process ${runningPid})`,
    });
  }
  return ok(
    folder === dataDir
      ? both(dataDir)
      : { zh: `${dataDir}（首次启动时建立）`, en: `${dataDir}, made at the first start` },
  );
}

async function disk({ dataDir }: Config): Promise<Finding> {
  const { bavail, bsize } = await statfs(await existing(dataDir));
  const freeMb = Math.floor((Number(bavail) * Number(bsize)) / 1024 / 1024);
  const found = { zh: `可用 ${freeMb} MB`, en: `${freeMb} MB free` };
  if (freeMb >= DISK_NEEDED_MB) return ok(found);
  return missing(found, {
    zh: `请腾出至少 ${DISK_NEEDED_MB} MB，或用 DATA_DIR 另选文件夹`,
    en: `make room for at least ${DISK_NEEDED_MB} MB, or choose another folder with DATA_DIR`,
  });
}

/** Ports that are said; those left open are taken from what is free. */
async function ports(config: Config, runningPid: number | undefined): Promise<Finding> {
  const said = Object.entries({
    API_PORT: config.apiPort,
    ...(config.temporalAddress === undefined ? { TEMPORAL_PORT: config.temporalPort, UI_PORT: config.uiPort } : {}),
    ...(config.smtpUrl === undefined ? { MAILBOX_PORT: config.mailboxPort, SMTP_PORT: config.smtpPort } : {}),
  }).flatMap(([name, port]) => (port === undefined || port === 0 ? [] : [{ name, port }]));
  const list = (some: typeof said): string => some.map(({ name, port }) => `${name} ${port}`).join(', ');
  if (runningPid !== undefined) {
    return ok({ zh: `由正在运行的 abide 使用：${list(said)}`, en: `used by the abide that runs: ${list(said)}` });
  }
  const free = await Promise.all(said.map(({ port }) => isFree(port)));
  const taken = said.filter((_one, index) => !free[index]);
  if (taken.length === 0) return ok({ zh: `空闲：${list(said) || '任选'}`, en: `free: ${list(said) || 'any'}` });
  return missing(
    { zh: `已被占用：${list(taken)}`, en: `taken: ${list(taken)}` },
    {
      zh: '请结束占用端口的程序，或用该变量另选端口',
      en: 'end the program that listens there, or choose another port with that variable',
    },
  );
}

async function postgres({ databaseUrl }: Config): Promise<Finding> {
  if (databaseUrl === undefined) {
    try {
      await findBinaries();
      return ok({ zh: '自带的 PostgreSQL 可用', en: 'the embedded PostgreSQL is here' });
    } catch (error) {
      return missing(both(error instanceof Error ? error.message : String(error)), {
        zh: '请运行 npm ci，或设置 DATABASE_URL',
        en: 'run npm ci, or set DATABASE_URL',
      });
    }
  }
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: ANSWERS_WITHIN_MS });
  try {
    await client.connect();
    const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
    return ok(both(`${shown(databaseUrl)} (PostgreSQL ${rows[0]?.server_version ?? '?'})`));
  } catch (error) {
    const { code } = error as { code?: string };
    return missing(
      {
        zh: `${shown(databaseUrl)} 无法连接${code === undefined ? '' : `（${code}）`}`,
        en: `${shown(databaseUrl)} does not answer${code === undefined ? '' : ` (${code})`}`,
      },
      {
        zh: '请启动该数据库并核对 DATABASE_URL，或删去它以使用自带的 PostgreSQL',
        en: 'start that database and check DATABASE_URL, or leave it out for the embedded PostgreSQL',
      },
    );
  } finally {
    await client.end().catch(quiet);
  }
}

const UNDEFINED_TABLE = '42P01';

/** Whether anybody can let others in, as far as there is a database to ask. */
async function administrator({ databaseUrl, dataDir }: Config, runningPid: number | undefined): Promise<Finding> {
  const first: Text = { zh: '首次启动时用一次性链接建立', en: 'made by a one-time link at the first start' };
  if (databaseUrl === undefined && runningPid === undefined) return ok(first);
  const url = databaseUrl ?? (await runningDatabase(join(dataDir, 'postgres')));
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: ANSWERS_WITHIN_MS });
  try {
    await client.connect();
    const { rows } = await client.query<{ count: string }>(
      `SELECT count(*) AS count FROM auth_user WHERE 'administrator' = ANY (roles) AND disabled_at IS NULL`,
    );
    const count = Number(rows[0]?.count ?? 0);
    if (count > 0) return ok({ zh: `${count} 名`, en: String(count) });
    return missing(
      { zh: '没有：无人可以邀请或停用账号', en: 'none: nobody can invite or disable accounts' },
      {
        zh: '请重新启动 abide start（或 abide api），用它打印的一次性链接建立管理员',
        en: 'restart abide start (or abide api), and make one by the one-time link that it prints',
      },
    );
  } catch (error) {
    if ((error as { code?: string }).code === UNDEFINED_TABLE) return ok(first);
    return missing(
      { zh: '数据库无法连接，未能查看', en: 'the database does not answer, so nobody knows' },
      { zh: '先修复上面的 PostgreSQL', en: 'mend PostgreSQL first, see above' },
    );
  } finally {
    await client.end().catch(quiet);
  }
}

async function temporal({ temporalAddress }: Config, hasGo: boolean): Promise<Finding> {
  if (temporalAddress !== undefined) {
    const [, host = '', port = ''] = /^(.*):(\d+)$/.exec(temporalAddress) ?? [];
    if (await reaches(host, Number(port))) return ok(both(temporalAddress));
    return missing(
      { zh: `${temporalAddress} 无法连接`, en: `${temporalAddress} does not answer` },
      {
        zh: '请启动该服务器并核对 TEMPORAL_ADDRESS，或删去它以使用自带的服务器',
        en: 'start that server and check TEMPORAL_ADDRESS, or leave it out for one of its own',
      },
    );
  }
  const program = await findTemporal();
  if (program !== undefined) return ok(both(program));
  const { download, module } = TEMPORAL_SOURCES;
  return missing(
    { zh: '本机没有', en: 'not here' },
    {
      zh: `abide start 首次运行时获取：先从 ${download} 下载，否则用 Go 构建 ${module}（约六分钟${hasGo ? '' : '；须先安装 Go 1.25 或更高版本'}）；也可预先运行 npm run engine:prefetch，或安装 Temporal CLI，或设置 TEMPORAL_ADDRESS`,
      en: `abide start fetches it on first use: a download from ${download}, else a build of ${module} with Go (some six minutes${hasGo ? '' : '; install Go 1.25 or later first'}); or run npm run engine:prefetch before, or install the Temporal CLI, or set TEMPORAL_ADDRESS`,
    },
  );
}

async function smtp({ smtpUrl }: Config): Promise<Finding> {
  if (smtpUrl === undefined) {
    return ok({ zh: '本机邮箱，邮件不外发', en: 'the local mailbox: no mail leaves this machine' });
  }
  const { hostname, port, protocol } = new URL(smtpUrl);
  const number = port === '' ? (protocol === 'smtps:' ? 465 : 587) : Number(port);
  if (await reaches(hostname, number)) return ok(both(shown(smtpUrl)));
  return missing(
    { zh: `${shown(smtpUrl)} 无法连接`, en: `${shown(smtpUrl)} does not answer` },
    {
      zh: '请核对 SMTP_URL 与网络，或删去它以使用本机邮箱',
      en: 'check SMTP_URL and the network, or leave it out for the local mailbox',
    },
  );
}

function templates(): Finding {
  const cure: Text = {
    zh: '运行 abide templates check 查看并修正',
    en: 'abide templates check says what is wrong where',
  };
  try {
    const folders = templateFolders();
    const { templates: checked, strays } = checkTemplates(folders);
    const wrong = [...checked.flatMap(({ problems }) => problems), ...strays];
    const own = folders.filter((folder) => folder.own).length;
    const found = {
      zh: `${checked.length} 个${own > 0 ? `，其中自有 ${own} 个` : ''}`,
      en: `${checked.length}${own > 0 ? `, ${own} of them your own` : ''}`,
    };
    if (wrong.length === 0) return ok(found);
    return missing({ zh: `${found.zh}，${wrong.length} 处有误`, en: `${found.en}; ${wrong.length} problems` }, cure);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    const [first] = error.problems;
    return missing(first ? first.message : both(error.message), {
      zh: `请修正${ownTemplates() === undefined ? '' : ' ABIDE_TEMPLATES 所指文件夹'}`,
      en: `mend ${ownTemplates() === undefined ? 'it' : 'the folder that ABIDE_TEMPLATES names'}`,
    });
  }
}

function calendars(): Finding {
  try {
    const { id, version, provisionalFrom } = loadCalendar(undefined);
    return ok({
      zh: `${id}@${version}，${provisionalFrom} 起为暂定`,
      en: `${id}@${version}, provisional from ${provisionalFrom}`,
    });
  } catch (error) {
    return missing(both(error instanceof Error ? error.message : String(error)), {
      zh: '请重新安装 abide',
      en: 'install abide again',
    });
  }
}

function zones(): Finding {
  const version = process.versions.tz ?? '?';
  try {
    const { offsets } = zoneData('Asia/Shanghai');
    if (offsets.at(-1)?.offsetMinutes === 480) return ok(both(`tzdata ${version}`));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return missing(both(`tzdata ${version}: Asia/Shanghai?`), {
    zh: '请使用带完整 ICU 的 Node.js',
    en: 'use a Node.js with full ICU',
  });
}

/** What a program says of its version; undefined where it is not there. */
async function versionOf(program: string, args: string[], pattern: RegExp): Promise<string | undefined> {
  const said = await runCommand('sh', ['-c', '"$@" 2>&1', 'sh', program, ...args], {
    doing: program,
    log: quiet,
    timeoutMs: 20_000,
  }).catch(() => '');
  return pattern.exec(said)?.[1];
}

function tool(version: string | undefined, isNew: boolean, wanted: string): Finding {
  if (version !== undefined && isNew) return ok(both(version));
  const found = version === undefined ? { zh: '本机没有', en: 'not here' } : both(version);
  return missing(found, { zh: `如有需要，请安装 ${wanted}`, en: `install ${wanted} if you need it` });
}

async function tools(): Promise<Record<'go' | 'java' | 'maven', Finding>> {
  const [go, java, maven] = await Promise.all([
    versionOf('go', ['version'], /go(\d+\.\d+(?:\.\d+)?)/),
    versionOf('java', ['-version'], /version "([^"]+)"/),
    versionOf('mvn', ['-version'], /Apache Maven (\d[\d.]*)/),
  ]);
  const [goMajor = 0, goMinor = 0] = (go ?? '').split('.').map(Number);
  // Java 8 called itself 1.8.
  const javaMajor = Number((java ?? '').split(/[.+-]/)[0]);
  const isNewGo = goMajor > OLDEST_GO[0] || (goMajor === OLDEST_GO[0] && goMinor >= OLDEST_GO[1]);
  return {
    go: tool(go, isNewGo, `Go ${OLDEST_GO.join('.')}+`),
    java: tool(java, javaMajor >= OLDEST_JAVA, `JDK ${OLDEST_JAVA}+`),
    maven: tool(maven, true, 'Maven'),
  };
}

async function timeSkipping(): Promise<Finding> {
  const program = await findTimeSkipping();
  if (program !== undefined) return ok(both(program));
  return missing(
    { zh: '尚未获取', en: 'not fetched yet' },
    {
      zh: 'abide simulate 首次运行时用 Java 与 Maven 从 Maven Central 获取（约 40 MB）',
      en: 'abide simulate fetches it on first use from Maven Central (about 40 MB), with Java and Maven',
    },
  );
}

/** Everything that was looked at, in the order in which it is printed. Changes nothing and fetches nothing. */
async function examine(env: NodeJS.ProcessEnv): Promise<Record<CheckId, Finding>> {
  const { config, finding: configuration } = settings(env);
  const runningPid = await lockHolder(join(config.dataDir, 'lock'));
  const { go, java, maven } = await tools();
  return {
    configuration,
    node: node(),
    'data-folder': await dataFolder(config, runningPid),
    disk: await disk(config),
    ports: await ports(config, runningPid),
    postgres: await postgres(config),
    administrator: await administrator(config, runningPid),
    temporal: await temporal(config, go.ok),
    smtp: await smtp(config),
    templates: templates(),
    calendars: calendars(),
    zones: zones(),
    go,
    java,
    maven,
    'time-skipping': await timeSkipping(),
  };
}

const WORDS = {
  zh: {
    head: ['', '项目', '结果'],
    ready: 'abide start 所需均已具备。',
    notReady: 'abide start 尚缺上列标 ✗ 的各项。',
  },
  en: {
    head: ['', 'what', 'found'],
    ready: 'Everything that abide start needs is here.',
    notReady: 'abide start lacks what is marked ✗.',
  },
};

/**
 * `abide doctor [--json]`: what is found, what is missing, and how to get it. Fetches nothing and shows no password.
 * Exit code 0 when everything that `start` needs is there, else 1.
 */
export async function runDoctor({ json }: { json: boolean }, env: NodeJS.ProcessEnv = process.env): Promise<number> {
  const lang: Language = language();
  const findings = await examine(env);
  const checks = CHECKS.map((id) => {
    const { ok: isFine, found, cure } = findings[id];
    return {
      id,
      ok: isFine,
      needed: !OPTIONAL.includes(id),
      found: found[lang],
      ...(cure === undefined ? {} : { cure: cure[lang] }),
    };
  });
  const ready = checks.every((check) => check.ok || !check.needed);
  if (json) printJson({ ready, checks });
  else {
    const words = WORDS[lang];
    const mark = (check: { ok: boolean; needed: boolean }): string => (check.ok ? '✓' : check.needed ? '✗' : '–');
    print(
      ...table(
        words.head,
        checks.map((check) => [mark(check), LABELS[check.id][lang], check.found]),
      ),
      ...checks.flatMap(({ id, cure }) => (cure === undefined ? [] : ['', `${LABELS[id][lang]}:`, `  ${cure}`])),
      '',
      ready ? words.ready : words.notReady,
    );
  }
  return ready ? 0 : 1;
}
