import { CUSTOMER } from '../../domain/agreement/parties.ts';
import type { CasePersonCommand } from '../../domain/case/command.ts';
import type { CaseType } from '../../domain/case/compiled.ts';
import type { CaseEvent } from '../../domain/case/event.ts';
import type { CaseStatus } from '../../domain/case/state.ts';
import { isRefused } from '../../domain/process/fold.ts';
import type { Instant, Text, Zone } from '../../domain/time.ts';
import type { Unstamped } from '../commands.ts';
import { type Told, processRecord } from '../process/record.ts';
import { type CaseProcess, caseProcess } from '../process/rows.ts';
import type { Language } from '../problem.ts';
import type { RouteDeps } from '../route.ts';
import { TOLD_IN_WORDS, TOLD_WORDS } from './customer-words.ts';
import { processRulesOf } from './rules.ts';
import { nextStep, standingClocks } from '../../domain/case/clock-standing.ts';

/** What whoever brought a case may say on its page. */
export const SAYINGS = [
  'confirm',
  'change',
  'correct',
  'contest',
  'satisfied',
  'dissatisfied',
  'reopen',
  'add',
] as const;
export type Saying = (typeof SAYINGS)[number];

/** A case as whoever brought it sees it: nothing of the contract, of other people, or of what the provider owes. */
export interface CustomerCase {
  reference: string;
  type: CaseType;
  topic: string;
  details: string;
  zone: Zone;
  language: Language;
  status: CaseStatus | 'starting';
  paused: boolean;
  waitsForCustomer: boolean;
  cycle: number;
  openedAtMs: Instant;
  next: string;
  dueAtMs: Instant | null;
  plan: string;
  pauseWords: string;
  result: string;
  satisfied: boolean | null;
  /** Its service is accepted with a score. */
  accepts: boolean;
  can: Saying[];
  /** The last first. */
  told: { what: Text; atMs: Instant; words: string; cycle: number }[];
}

/** @returns null: there is no such case any more, or whoever brought it was erased */
export async function customerCase(
  deps: Pick<RouteDeps, 'database' | 'clock'>,
  workflowId: string,
): Promise<CustomerCase | null> {
  const { database, clock } = deps;
  const row = await database.process.findUnique({ where: { workflowId } });
  const contact = await database.caseContact.findUnique({ where: { workflowId } });
  if (!row || !contact) return null;
  const process = caseProcess(row);
  const { input, state } = process;
  const record = await processRecord<CaseEvent>(database, workflowId, true);
  const isStarting = row.status === 'starting';
  const next = nextStep(state, isStarting);
  const clocks = standingClocks(state, clock());
  const wordsOf = ({ text }: Told<CaseEvent>): string => text.details ?? text.reason ?? text.note ?? '';
  const last = (type: CaseEvent['type']): string => {
    const found = record.of(type).at(-1);
    return found ? wordsOf(found) : '';
  };
  const { topic = '', details = '' } = (row.text ?? {}) as { topic?: string; details?: string };
  let cycle = 1;
  const told = record.all.flatMap((one) => {
    if (one.event.type === 'case-reopened') cycle = one.event.cycle;
    const what = TOLD_WORDS[one.event.type];
    // What the staff writes down for itself is its own.
    if (!what || (one.event.type === 'case-noted' && !one.event.byCustomer)) return [];
    const words = TOLD_IN_WORDS.includes(one.event.type) ? wordsOf(one) : '';
    return [{ what, atMs: one.event.occurredAtMs, words, cycle }];
  });
  const round = state.cycles.at(-1);
  const isPlanned = state.plannedAtMs !== null && state.executedAtMs === null;
  return {
    reference: row.reference,
    type: input.caseType,
    topic: topic === '' ? row.reference : topic,
    details,
    zone: input.zone,
    language: contact.language === 'en' ? 'en' : 'zh',
    status: row.status as CustomerCase['status'],
    paused: state.paused !== null,
    waitsForCustomer: next.customer,
    cycle: state.cycles.length,
    openedAtMs: input.openedAtMs,
    next: next.step,
    dueAtMs: clocks.find(({ id, dueAtMs }) => id === next.clock && dueAtMs !== null)?.dueAtMs ?? null,
    plan: isPlanned ? last('case-planned') : '',
    pauseWords: state.paused === null ? '' : last('case-paused'),
    result: round?.resolvedAtMs == null ? '' : last('case-resolved'),
    satisfied: round?.satisfied ?? null,
    accepts: input.rules.steps.includes('accept'),
    can:
      isStarting || processRulesOf().isOver(state)
        ? []
        : SAYINGS.filter((what) => isPossible(process, contact.id, what, clock())),
    told: told.toReversed(),
  };
}

/** The decider itself is asked, with what the customer can still choose. */
function isPossible(process: CaseProcess, contactId: string, what: Saying, nowMs: Instant): boolean {
  const { state } = process;
  const command = commandOf(process, { contactId, what, id: 'trial', score: null });
  const decided = processRulesOf().decide({ ...command, receivedAtMs: nowMs } as never, state);
  // Without its score an acceptance may be refused for that alone.
  if (isRefused(decided) && command.type === 'judge') {
    const scored = processRulesOf().decide({ ...command, score: '1', receivedAtMs: nowMs } as never, state);
    return !isRefused(scored);
  }
  return !isRefused(decided) && decided.events.length > 0;
}

interface Said {
  contactId: string;
  what: Saying;
  id: string;
  score: string | null;
}

function commandOf({ input }: CaseProcess, { contactId, what, id, score }: Said): Unstamped<CasePersonCommand> {
  const base = { id, actor: { personId: input.customerId ?? contactId, seat: CUSTOMER, via: 'link' as const } };
  switch (what) {
    case 'confirm':
    case 'change':
      return { ...base, type: 'confirm', verdict: what };
    case 'correct':
    case 'contest':
      return { ...base, type: 'contest', corrected: what === 'correct' };
    case 'satisfied':
    case 'dissatisfied':
      return { ...base, type: 'judge', satisfied: what === 'satisfied', score };
    case 'reopen':
      return { ...base, type: 'reopen' };
    case 'add':
      return { ...base, type: 'note' };
  }
}

/** Hands over what the customer says. @returns what became of it */
export async function sayToCase(
  deps: Pick<RouteDeps, 'database' | 'desk'>,
  {
    workflowId,
    what,
    id,
    note,
    score,
  }: { workflowId: string; what: Saying; id: string; note: string; score: string | null },
): Promise<'applied' | 'pending' | 'refused'> {
  const { database, desk } = deps;
  const row = await database.process.findUniqueOrThrow({ where: { workflowId } });
  const contact = await database.caseContact.findUniqueOrThrow({ where: { workflowId } });
  const { status } = await desk.submit({
    agreementId: row.agreementId,
    workflowId,
    ...(note === '' ? {} : { text: what === 'reopen' ? { reason: note } : { note } }),
    command: commandOf(caseProcess(row), { contactId: contact.id, what, id, score }),
  });
  return status;
}
