import { setTimeout as pause } from 'node:timers/promises';
import { readBundle } from '../activities/bundles.ts';
import { historyText, runFacts } from '../activities/histories.ts';
import { headsOf } from './bundle.ts';
import { type EvidenceDeps, readTogether } from './collect.ts';
import { type AgreementRows, codePath, documentPath, sha256Of } from './format.ts';
import { checkEvents, eventOf } from './verify/events.ts';
import type { ReadFile } from './verify/files.ts';
import type { Finding } from './verify/finding.ts';
import { checkFold, checkLedger } from './verify/folds.ts';
import { type BundledRun, checkRecorded, checkRuns } from './verify/histories.ts';
import { checkCommands, checkDelivery, checkDocuments } from './verify/papers.ts';
import { checkProcesses } from './verify/processes.ts';

/** What is held against what, in the order in which it is looked at. */
export const RECORD_CHECKS = [
  'chain',
  'histories',
  'recorded',
  'state',
  'obligations',
  'processes',
  'ledger',
  'notices',
  'documents',
  'commands',
] as const;
export type RecordCheckId = (typeof RECORD_CHECKS)[number];

/** One comparison and what it came to. */
export interface RecordCheck {
  check: RecordCheckId;
  /** `skipped`: what it rests on is broken already, so that it would say nothing. */
  result: 'agrees' | 'differs' | 'skipped';
  /** Rows that were looked at. */
  compared: number;
  findings: Finding[];
  /** How many findings there are beside those that are named. */
  more: number;
}

/** So many findings of a check are named: a table that was emptied is told by its first rows. */
const NAMED = 50;

/**
 * Holds what the database says of an agreement and its processes against what the workflows' histories tell, live or
 * archived, and against itself: the same checks as those of a bundle (`abide verify`), on what is there now.
 *
 * @throws UnknownAgreement
 */
export async function compareRecord(
  deps: Pick<EvidenceDeps, 'database' | 'temporal' | 'documents'>,
  id: string,
): Promise<RecordCheck[]> {
  const { rows, runs: kept } = await readTogether(deps, id);
  const runs: BundledRun[] = [];
  for (const { workflowId, runId, history, bundle, sdk } of kept) {
    const facts = history && runFacts(history);
    runs.push({
      ...{ workflowId, runId, file: null, events: history?.events?.length ?? 0 },
      bundle: facts?.bundle ?? bundle ?? null,
      sdk: facts?.sdk ?? sdk ?? null,
      history: history && (JSON.parse(historyText(history)) as NonNullable<BundledRun['history']>),
    });
    await pause(0); // others are served meanwhile
  }
  const files = await filesOf(deps, rows, runs);
  return checksOf(rows, runs, files);
}

/** Kept code and documents by the names that a bundle gives them; what is altered bears the hash of nothing. */
async function filesOf(
  { database, documents }: Pick<EvidenceDeps, 'database' | 'documents'>,
  rows: AgreementRows,
  runs: readonly BundledRun[],
): Promise<Map<string, ReadFile>> {
  const files = new Map<string, ReadFile>();
  for (const sha256 of new Set(runs.flatMap(({ bundle }) => bundle ?? []))) {
    const code = await readBundle(database, sha256);
    if (code === undefined) continue;
    const path = codePath(sha256);
    files.set(path, { path, size: code.length, sha256: sha256Of(code), bytes: undefined });
  }
  for (const [sha256, size] of new Map(rows.documents.map((one) => [one.sha256, one.size]))) {
    const path = documentPath(sha256);
    const state = await documents.check(sha256);
    if (state === 'missing') continue;
    files.set(path, { path, size, sha256: state === 'ok' ? sha256 : 'altered', bytes: undefined });
  }
  return files;
}

function checksOf(rows: AgreementRows, runs: readonly BundledRun[], files: Map<string, ReadFile>): RecordCheck[] {
  const { agreement, events, obligations, processes, ledger, notices, commands, documents } = rows;
  const checks = new Map<RecordCheckId, RecordCheck>();
  const told = (check: RecordCheckId, compared: number, all: Iterable<Finding>): void => {
    const findings = [...all];
    const named = findings.slice(0, NAMED);
    const result = findings.length === 0 ? ('agrees' as const) : ('differs' as const);
    checks.set(check, { check, result, compared, findings: named, more: findings.length - named.length });
  };
  const skipped = (check: RecordCheckId): void =>
    void checks.set(check, { check, result: 'skipped', compared: 0, findings: [], more: 0 });

  told(
    'chain',
    events.length,
    looked(() => checkEvents(events, headsOf(events))),
  );
  told(
    'histories',
    runs.length,
    looked(() => checkRuns(runs, files)),
  );
  const recorded = looked(() => checkRecorded(runs, { agreement, events, notices }));
  const ofNotices = ({ what }: Finding): boolean => what === 'notice';
  told(
    'recorded',
    events.length,
    recorded.filter((one) => !ofNotices(one)),
  );
  // What events that were changed fold to says nothing but that they were, and may take for ever.
  const isFoldable = ['chain', 'recorded'].every((one) => checks.get(one as RecordCheckId)?.result === 'agrees');
  if (isFoldable) {
    const own = events.filter(({ workflowId }) => workflowId === `agreement/${agreement.id}`).map(eventOf);
    const folded = looked(() => checkFold(agreement, own, obligations));
    told(
      'state',
      1,
      folded.filter(({ what }) => what !== 'obligation'),
    );
    told(
      'obligations',
      obligations.length,
      folded.filter(({ what }) => what === 'obligation'),
    );
    told(
      'processes',
      processes.length,
      looked(() => checkProcesses(processes, events)),
    );
  } else for (const one of ['state', 'obligations', 'processes'] as const) skipped(one);
  told(
    'ledger',
    ledger.length,
    looked(() => checkLedger(events, ledger)),
  );
  told('notices', notices.length, [...recorded.filter(ofNotices), ...looked(() => checkDelivery(notices, events))]);
  told(
    'documents',
    documents.length,
    looked(() => checkDocuments(documents, events, files)),
  );
  told(
    'commands',
    commands.length,
    looked(() => checkCommands(commands, events, notices)),
  );
  return RECORD_CHECKS.flatMap((one) => checks.get(one) ?? []);
}

/** What cannot be read as what it must be is a finding of its own. */
function looked(look: () => Iterable<Finding>): Finding[] {
  try {
    return [...look()];
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    return [{ what: 'event', where: '', expected: 'what can be read', found }];
  }
}
