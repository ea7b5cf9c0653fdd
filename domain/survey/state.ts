import type { Actor } from '../agreement/command.ts';
import type { Due } from '../agreement/event.ts';
import type { ProcessState } from '../process/process.ts';
import type { Instant, LocalDate } from '../time.ts';
import type { QuestionnaireFacts, SampleFacts } from './command.ts';
import type { SurveyChannel, SurveyInput } from './compiled.ts';
import type { Figures } from './figures.ts';

/**
 * `planned` until it is published, `open` while answers count, `closed` until they are analysed, `analysed` until the
 * report is released. `missed` is planned after its due day, and can still be made good; `elsewhere`: done by hand.
 */
export type SurveyStatus =
  'planned' | 'missed' | 'open' | 'closed' | 'analysed' | 'reported' | 'elsewhere' | 'cancelled';

export interface SurveyState extends ProcessState {
  format: 1;
  input: SurveyInput;
  status: SurveyStatus;
  /** Until when it is due, as things stand; null: its duty is suspended. */
  due: Due | null;
  /** Until when the date is to be agreed; null: there is no such day, or its duty is suspended. */
  dateDue: Due | null;
  /** Counts up with every design before publication; frozen at it. */
  version: number;
  questionnaire: QuestionnaireFacts | null;
  /** Seats that approved this version. */
  approvedBy: string[];
  /** The latest proposal, and which seats accept it: whoever proposes does. */
  date: { proposed: LocalDate; by: string; acceptedBy: { seat: string; actor: Actor }[]; agreed: boolean } | null;
  /** The date that stands until another one is agreed. */
  agreedDate: LocalDate | null;
  sample: SampleFacts | null;
  publishedAtMs: Instant | null;
  publishedBy: Actor | null;
  channels: SurveyChannel[];
  closes: Due | null;
  closedAtMs: Instant | null;
  /** Reminders that were sent: their instants, ascending. */
  wavesAtMs: Instant[];
  /** Reminders planned up to this instant have had their time. */
  remindedThroughMs: Instant | null;
  invited: number;
  unreachable: number;
  cursor: string;
  answered: number;
  late: number;
  figures: Figures | null;
  answersSha256: string | null;
  /** Set for the next cycle. */
  nextWeights: Record<string, string> | null;
  findings: { finding: string; dimension: string | null; workflowId: string }[];
  releasedAtMs: Instant | null;
  /** The agreement is over. */
  ended: boolean;
}
