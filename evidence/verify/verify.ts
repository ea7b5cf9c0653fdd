import {
  type AgreementRow,
  type CommandRow,
  type DocumentRow,
  type EventRow,
  type Head,
  type LedgerRow,
  type Manifest,
  type NoticeRow,
  type ObligationRow,
  PATHS,
  type ProcessRow,
  type RunRow,
  type Signature,
} from '../format.ts';
import { checkEvents, checkHeads, eventOf, isHead } from './events.ts';
import { type ReadBundle, checkContainer, checkFiles, checkSignature } from './files.ts';
import { type Finding, compare } from './finding.ts';
import { checkFold, checkLedger } from './folds.ts';
import { checkProcesses } from './processes.ts';
import { type BundledRun, checkRecorded, checkRuns } from './histories.ts';
import { checkCommands, checkCopies, checkDelivery, checkDocuments } from './papers.ts';
import { type Provenance, provenanceOf } from './provenance.ts';

/** What `abide verify --json` prints. */
export interface EvidenceVerdict {
  /** `incomplete`: all that is there agrees, and something is not there. */
  verdict: 'identical' | 'different' | 'incomplete';
  agreement: string | null;
  createdAt: string | null;
  /** Who signed. Not `pinned`: it is the key that the bundle itself names, so compare the fingerprint with one from elsewhere. */
  key: Provenance;
  /** Those that are heads; whatever else stands in their place is a finding. */
  heads: Head[];
  /** How many of each were looked at. */
  checked: Record<'files' | 'events' | 'runs' | 'notices' | 'ledger' | 'documents' | 'commands', number>;
  findings: Finding[];
}

/** The rows of a bundle: as they were read, nothing in them is believed. */
interface Rows {
  agreement: AgreementRow | undefined;
  calendar: unknown;
  patches: unknown;
  /** Undefined in bundles of releases that did not hold them. */
  processes: ProcessRow[] | undefined;
  events: EventRow[];
  ledger: LedgerRow[];
  obligations: ObligationRow[];
  notices: NoticeRow[];
  commands: CommandRow[];
  documents: DocumentRow[];
  runs: BundledRun[];
}

const AGREEMENT = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const FOLDED: Finding['what'][] = ['event', 'history', 'agreement', 'calendar'];
const FOLDED_FILES: string[] = [PATHS.agreement, PATHS.events];

/**
 * Checks a bundle against itself: container, files, signature, hash chain, documents; and its witnesses against one
 * another: what the workflows' histories told, what the events say, what they fold to. It goes on after a finding, so
 * that each is named. Without network and database, in a time that grows with the bundle's size alone.
 *
 * @param pin fingerprint of the key that must have signed
 */
export function verifyBundle(bundle: ReadBundle, pin?: string): EvidenceVerdict {
  const findings: Finding[] = [...checkContainer(bundle)];
  const { files } = bundle;

  /** What cannot be read as what it must be is a finding of its own. */
  const check: Check = (what, where, look) => {
    try {
      for (const finding of look()) findings.push(finding);
    } catch (error) {
      findings.push({ what, where, expected: 'what can be read', found: messageOf(error) });
    }
  };
  /** What events and terms that were changed fold to says nothing but that they were, and may take for ever. */
  const isFoldable = (): boolean =>
    findings.every(({ what, where }) => !FOLDED.includes(what) && !(what === 'file' && FOLDED_FILES.includes(where)));
  const json = <T>(path: string): T | undefined => {
    const bytes = files.get(path)?.bytes;
    if (bytes === undefined) return undefined;
    try {
      return JSON.parse(bytes.toString('utf8')) as T;
    } catch (error) {
      findings.push({ what: 'file', where: path, expected: 'JSON', found: messageOf(error) });
      return undefined;
    }
  };
  const rows = <T>(path: string): T[] => {
    const lines = files.get(path)?.bytes?.toString('utf8').split('\n') ?? [];
    return lines.slice(0, -1).flatMap((line, index) => {
      try {
        return [JSON.parse(line) as T];
      } catch (error) {
        findings.push({ what: 'file', where: `${path} line ${index + 1}`, expected: 'JSON', found: messageOf(error) });
        return [];
      }
    });
  };

  const manifest = json<Manifest>(PATHS.manifest);
  if (manifest) check('manifest', PATHS.manifest, () => checkFiles(manifest, bundle));
  else findings.push({ what: 'manifest', where: PATHS.manifest, expected: 'the list of the files', found: null });
  const signature = json<Signature>(PATHS.signature);
  if (signature) check('signature', PATHS.signature, () => checkSignature(signature, { manifest, files }, pin));
  else findings.push({ what: 'signature', where: PATHS.signature, expected: 'the signature', found: null });

  const read: Rows = {
    agreement: json(PATHS.agreement),
    calendar: json(PATHS.calendar),
    patches: json(PATHS.patches),
    processes: files.has(PATHS.processes) ? rows(PATHS.processes) : undefined,
    events: rows(PATHS.events),
    ledger: rows(PATHS.ledger),
    obligations: rows(PATHS.obligations),
    notices: rows(PATHS.notices),
    commands: rows(PATHS.commands),
    documents: rows(PATHS.documents),
    runs: [],
  };
  check('history', PATHS.runs, () => {
    read.runs = (json<RunRow[]>(PATHS.runs) ?? []).map((run) => ({
      ...run,
      history: run.file === null ? undefined : json(run.file),
    }));
    return [];
  });
  const heads: Head[] = Array.isArray(manifest?.heads) ? manifest.heads : [];
  if (manifest) check('manifest', PATHS.manifest, () => checkNames(manifest, read.agreement));
  check('manifest', PATHS.manifest, () => checkHeads(heads));
  checkRows(read, { files, heads: heads.filter(isHead), check, isFoldable });

  const key = provenanceOf({ signature, manifest, bundle }, pin);
  // Whoever asked for a key is told nothing of a bundle that it did not sign, or of which nothing says what it signed.
  const isSomebodys = pin === undefined || (key.pinned && manifest !== undefined);
  const isMissing = ({ found }: Finding): boolean => found === null;
  const lacks = isSomebodys && findings.every(isMissing);
  return {
    verdict: isSomebodys && findings.length === 0 ? 'identical' : lacks ? 'incomplete' : 'different',
    agreement: AGREEMENT.test(String(manifest?.agreement)) ? (manifest?.agreement ?? null) : null,
    createdAt: INSTANT.test(String(manifest?.createdAt)) ? (manifest?.createdAt ?? null) : null,
    key,
    heads: heads.filter(isHead),
    checked: {
      files: files.size,
      events: read.events.length,
      runs: read.runs.length,
      notices: read.notices.length,
      ledger: read.ledger.length,
      documents: read.documents.length,
      commands: read.commands.length,
    },
    findings,
  };
}

type Check = (what: Finding['what'], where: string, look: () => Iterable<Finding>) => void;

function checkRows(
  read: Rows,
  {
    files,
    heads,
    check,
    isFoldable,
  }: Pick<ReadBundle, 'files'> & { heads: readonly Head[]; check: Check; isFoldable: () => boolean },
): void {
  const { agreement, events, runs, notices } = read;
  check('event', PATHS.events, () => checkEvents(events, heads));
  check('history', PATHS.runs, () => checkRuns(runs, files));
  if (agreement) {
    check('history', PATHS.runs, () => checkRecorded(runs, { agreement, events, notices }));
    check('agreement', PATHS.agreement, () => checkCopies(agreement, read));
    if (isFoldable()) {
      const own = events.filter(({ workflowId }) => workflowId === `agreement/${agreement.id}`).map(eventOf);
      check('agreement', PATHS.agreement, () => checkFold(agreement, own, read.obligations));
      const { processes } = read;
      if (processes) check('process', PATHS.processes, () => checkProcesses(processes, events));
    }
  }
  check('ledger', PATHS.ledger, () => checkLedger(events, read.ledger));
  check('document', PATHS.documents, () => checkDocuments(read.documents, events, files));
  check('command', PATHS.commands, () => checkCommands(read.commands, events, notices));
  check('notice', PATHS.notices, () => checkDelivery(notices, events));
}

/** What the manifest says of itself is written as we write it, and it is the agreement's. */
function* checkNames({ agreement, createdAt, heads }: Manifest, row: AgreementRow | undefined): Generator<Finding> {
  const named = (where: string, expected: string, found: unknown): Finding => ({
    what: 'manifest',
    where: `${PATHS.manifest} ${where}`,
    ...{ expected, found: found ?? 'nothing' },
  });
  if (!AGREEMENT.test(String(agreement))) yield named('agreement', 'the id of an agreement', agreement);
  if (!INSTANT.test(String(createdAt))) yield named('createdAt', 'an instant in UTC', createdAt);
  if (!Array.isArray(heads)) yield named('heads', 'the heads of the chains', heads);
  if (row) yield* compare('agreement', PATHS.agreement, { expected: { id: agreement }, found: { id: row.id } });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
