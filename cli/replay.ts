import { existsSync } from 'node:fs';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { NoHistory, readKeptRuns } from '../activities/kept-runs.ts';
import { type ReplayVerdict, UnknownAgreement, replayAgreement, replayRuns } from '../activities/replay.ts';
import type { Text } from '../domain/time.ts';
import { reachStack } from '../embedded/running.ts';
import { openDatabase } from '../prisma/database.ts';
import { CommandFailed, language, print, printJson, table } from './output.ts';
import { configuration, engineFailure } from './process.ts';
import { openTemporal } from './temporal.ts';

/** An agreement's id, with or without the workflow's prefix. */
export const AGREEMENT = /^(?:agreement\/)?(?<id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

/** `abide replay AGREEMENT|FILE|DIR [--code current]`: the auditor's verdict. @returns 0 when it is `identical`, else 1 */
export async function runReplay(
  target: string,
  { code, json }: { code?: string | undefined; json: boolean },
): Promise<number> {
  const current = code === 'current' ? 'current' : undefined;
  // What the replayer finds comes back as the verdict; its own log would repeat it on stderr.
  Runtime.install({
    logger: new DefaultLogger('ERROR', () => undefined),
    telemetryOptions: { logging: { filter: 'OFF', forward: {} } },
  });
  const id = AGREEMENT.exec(target)?.groups?.id;
  const verdict = existsSync(target)
    ? await replayFiles(target, current)
    : await replayFromServers(id?.toLowerCase() ?? unknownAgreement(target), current);
  if (json) printJson(verdict);
  else print(...verdictText(verdict)[language()]);
  return verdict.verdict === 'identical' ? 0 : 1;
}

async function replayFiles(path: string, code: 'current' | undefined): Promise<ReplayVerdict> {
  const { runs, bundle } = await readKeptRuns(path).catch((error: unknown) => {
    if (!(error instanceof NoHistory)) throw error;
    throw new CommandFailed([
      {
        path: '',
        code: error.code,
        message: { zh: `${path} 中没有历史`, en: error.message },
        cure: {
          zh: '请给出 simulate --keep 留下的文件夹，或其中的一个历史文件',
          en: 'give a folder that simulate --keep left, or a history file in it',
        },
      },
    ]);
  });
  return replayRuns(runs, { bundle, code });
}

async function replayFromServers(id: string, code: 'current' | undefined): Promise<ReplayVerdict> {
  const config = configuration();
  const log = (line: string) => process.stderr.write(`${line}\n`);
  const servers = await reachStack(config, log).catch((error: unknown) => {
    throw engineFailure(error);
  });
  if (!servers) return unknownAgreement(id);
  const database = openDatabase(servers.databaseUrl);
  const temporal = openTemporal(servers.temporalAddress, config.temporalNamespace);
  try {
    return await replayAgreement({ database, temporal, id, code });
  } catch (error) {
    if (error instanceof UnknownAgreement) return unknownAgreement(id);
    throw error;
  } finally {
    await temporal.connection.close();
    await database.$disconnect();
    await servers.release();
  }
}

export function unknownAgreement(target: string): never {
  throw new CommandFailed([
    {
      path: '',
      code: 'agreement-not-found',
      message: {
        zh: `“${target}”既不是已启动的协议，也不是文件或文件夹`,
        en: `"${target}" is no started agreement, no file and no folder`,
      },
      cure: {
        zh: '请给出协议编号，或 simulate --keep 留下的文件夹',
        en: "give an agreement's id, or a folder that simulate --keep left",
      },
    },
  ]);
}

const VERDICTS: Record<ReplayVerdict['verdict'], Text> = {
  identical: { zh: '一致：全部历史重放结果相同', en: 'identical: every history replays as it was recorded' },
  different: { zh: '不一致', en: 'different' },
  incomplete: { zh: '不完整：无法对全部历史作出结论', en: 'incomplete: nothing can be said of the whole' },
};

/** The verdict for people, in lines. */
function verdictText(verdict: ReplayVerdict): { zh: string[]; en: string[] } {
  const { first, reason, compared } = verdict;
  const rows = verdict.runs.map(({ workflowId, runId, events, bundle }) => [
    workflowId,
    runId,
    String(events),
    bundle?.slice(0, 12) ?? '-',
  ]);
  const value = (one: unknown) => JSON.stringify(one);
  return {
    zh: [
      VERDICTS[verdict.verdict].zh,
      ...(reason === undefined ? [] : [`原因：${reason}`]),
      ...(first ? [`首处差异：运行 ${first.run}，事件 ${first.event ?? '?'}，${first.what}`] : []),
      ...(first ? [`  记录：${value(first.recorded)}`, `  现在：${value(first.now)}`] : []),
      `已比对 ${compared} 条命令`,
      '',
      ...table(['工作流', '运行', '事件数', '代码包'], rows),
    ],
    en: [
      VERDICTS[verdict.verdict].en,
      ...(reason === undefined ? [] : [`reason: ${reason}`]),
      ...(first ? [`first difference: run ${first.run}, event ${first.event ?? '?'}, ${first.what}`] : []),
      ...(first ? [`  recorded: ${value(first.recorded)}`, `  now:      ${value(first.now)}`] : []),
      `${compared} commands compared`,
      '',
      ...table(['workflow', 'run', 'events', 'bundle'], rows),
    ],
  };
}
