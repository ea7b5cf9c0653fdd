import type { DocumentRef } from '../agreement/command.ts';
import type { EngagementEndGround } from '../agreement/compiled.ts';
import type { Due, LedgerLine } from '../agreement/event.ts';
import type { ProcessEventEnvelope, Recorded } from '../process/process.ts';
import type { LocalDate } from '../time.ts';
import type { AgreementDraft, Application, LossCategory } from './command.ts';
import type { Loss } from './state.ts';

type Base = ProcessEventEnvelope;

/** A clock that has another last day after a suspension of the agreement. */
export interface MovedClock {
  clock: 'review' | 'milestone' | 'accept' | 'effect' | 'support' | 'pay' | 'cap-consent';
  /** Its milestone, request, cost, change. */
  about: string;
  due: Due;
}

/** What happens to a third party's involvement. */
export type EngagementEventBody =
  /** A written application, a notice ahead, or a first draft, as the contract provides. */
  | (Base & {
      type: 'engagement-applied' | 'engagement-invited' | 'engagement-begun';
      round: number;
      by: string;
      party: string;
      application: Application;
      /** When the answer is due; null: no clock runs. */
      replyDue: Due | null;
      noticeThrough: LocalDate | null;
    })
  | (Base & { type: 'engagement-asked' })
  | (Base & {
      type: 'engagement-provided';
      from: LocalDate;
      until: LocalDate;
      replyDue: Due | null;
      documents: DocumentRef[];
    })
  | (Base & {
      type: 'engagement-agreed' | 'engagement-refused';
      by: string;
      daysLate: number;
      documents: DocumentRef[];
    })
  | (Base & { type: 'engagement-not-answered'; due: Due })
  | (Base & { type: 'engagement-withdrawn' })
  | (Base & { type: 'engagement-negotiated'; heldOn: LocalDate; present: string[]; documents: DocumentRef[] })
  | (Base & { type: 'engagement-drafted'; draft: AgreementDraft; reviewDue: Due | null })
  | (Base & { type: 'engagement-draft-accepted' | 'engagement-draft-rejected'; by: string; pointCount: number })
  | (Base & { type: 'engagement-review-overdue'; due: Due })
  | (Base & { type: 'engagement-signed'; by: string; signedOn: LocalDate; documents: DocumentRef[] })
  | (Base & { type: 'engagement-signature-refused'; by: string })
  | (Base & { type: 'engagement-in-force'; signedOn: LocalDate; startsOn: LocalDate; cap: string | null })
  | (Base & { type: 'engagement-undertaken'; what: 'secrecy' | 'site-rules'; documents: DocumentRef[] })
  | (Base & { type: 'engagement-access-granted' | 'engagement-access-withdrawn' })
  | (Base & { type: 'engagement-work-started'; on: LocalDate })
  | (Base & { type: 'engagement-breach-recorded'; foundOn: LocalDate; by: string; documents: DocumentRef[] })
  | (Base & { type: 'engagement-task-assigned'; task: string; scope: string; on: LocalDate })
  | (Base & { type: 'engagement-milestone-overdue'; milestone: string; due: Due; attributable: boolean })
  | (Base & {
      type: 'engagement-milestone-handed-in';
      milestone: string;
      daysLate: number;
      acceptBy: Due | null;
      documents: DocumentRef[];
    })
  | (Base & { type: 'engagement-acceptance-overdue'; milestone: string; due: Due })
  | (Base & {
      type: 'engagement-milestone-accepted';
      milestone: string;
      by: string;
      /** All who have to have accepted it. */
      complete: boolean;
      effectDue: Due | null;
    })
  | (Base & { type: 'engagement-milestone-rejected'; milestone: string; by: string; pointCount: number })
  | (Base & { type: 'engagement-report-imported'; milestone: string })
  /** A shortcoming that a commission's report found became a finding (S003-N-09). */
  | (Base & { type: 'engagement-finding-raised'; finding: string; dimension: string | null; workflowId: string })
  | (Base & { type: 'engagement-effect-due'; milestone: string; due: Due })
  | (Base & { type: 'engagement-effect-reviewed'; milestone: string; by: string; verdict: 'good' | 'poor' })
  | (Base & { type: 'engagement-supervised'; report: string; by: string; complete: boolean; documents: DocumentRef[] })
  | (Base & { type: 'engagement-support-asked'; request: string; of: string[]; due: Due | null })
  | (Base & { type: 'engagement-support-overdue'; request: string; due: Due })
  | (Base & {
      type: 'engagement-support-answered';
      request: string;
      by: string;
      complete: boolean;
      documents: DocumentRef[];
    })
  | (Base & {
      type: 'engagement-cost-charged';
      number: number;
      amount: string;
      currency: string;
      shares: Record<string, string>;
      /** The last day to pay the third party; null: none; missing: of an earlier release. */
      due?: Due | null;
      lines: LedgerLine[];
      documents: DocumentRef[];
    })
  /** A party has not paid all of its share of a cost by its last day: what is left of it. */
  | (Base & {
      type: 'engagement-payment-overdue';
      number: number;
      by: string;
      amount: string;
      currency: string;
      due: Due;
    })
  | (Base & {
      type: 'engagement-cost-paid';
      by: string;
      amount: string;
      currency: string;
      /** What of it was owed by whom. */
      settled: Record<string, string>;
      lines: LedgerLine[];
      documents: DocumentRef[];
    })
  | (Base & { type: 'engagement-cap-proposed'; number: number; amount: string | null; rationale: string[]; by: string })
  | (Base & { type: 'engagement-cap-agreed'; number: number; by: string; complete: boolean })
  | (Base & { type: 'engagement-cap-rejected'; number: number; by: string })
  | (Base & { type: 'engagement-cap-notified'; number: number; notifiedOn: LocalDate; due: Due | null })
  | (Base & { type: 'engagement-cap-changed'; number: number; amount: string | null; from: LocalDate })
  | (Base & { type: 'engagement-cap-declined'; number: number })
  | (Base & { type: 'engagement-cap-lapsed'; number: number; due: Due })
  | (Base & { type: 'engagement-cap-reached'; percent: number; used: string; cap: string; currency: string })
  | (Base & {
      type: 'engagement-loss-reported';
      loss: string;
      by: string;
      of: string;
      amount: string;
      currency: string;
      cause: string;
      category: LossCategory;
      lossOn: LocalDate;
      cap: string | null;
      recoverable: string | null;
      ownLoss: string | null;
      ownShares: Record<string, string> | null;
      status: Loss['status'];
      documents: DocumentRef[];
    })
  | (Base & {
      type: 'engagement-loss-agreed';
      loss: string;
      /** What is agreed to now, and what the third party owes of it by its cap. */
      amount: string;
      /** What stays in dispute; missing: of an earlier release, nothing. */
      rest?: string;
      recoverable: string;
      /** Of all that was agreed to by now. */
      ownLoss: string;
      ownShares: Record<string, string> | null;
      lines: LedgerLine[];
    })
  | (Base & { type: 'engagement-loss-disputed'; loss: string })
  | (Base & {
      type: 'engagement-loss-dropped';
      loss: string;
      /** Of one that was agreed to in part: what stays with the parties of that part; missing: all of it is dropped. */
      agreed?: { ownLoss: string; ownShares: Record<string, string> | null };
    })
  | (Base & { type: 'engagement-recourse-recorded'; loss: string; by: string; amount: string; currency: string })
  | (Base & {
      type: 'engagement-ending-proposed';
      ground: EngagementEndGround | 'agreed';
      by: string;
      documents: DocumentRef[];
    })
  | (Base & { type: 'engagement-ending-agreed'; by: string; complete: boolean })
  | (Base & { type: 'engagement-term-over'; endsOn: LocalDate })
  | (Base & {
      type: 'engagement-over';
      ground: EngagementEndGround | 'agreed' | 'term' | 'agreement-over';
      endedOn: LocalDate;
      /** What remains to be settled. */
      items: string[];
    })
  | (Base & { type: 'engagement-item-settled'; item: string; by: string; complete: boolean })
  /** The agreement is suspended as a whole since that day: clocks for acts stand still. */
  | (Base & { type: 'engagement-clocks-stopped'; from: LocalDate })
  | (Base & {
      type: 'engagement-clocks-run';
      from: LocalDate;
      /** The first day that counts again. */
      until: LocalDate;
      /** The answer's last day from now on; null: none is waited for. */
      replyDue: Due | null;
      moved: MovedClock[];
    })
  /** Its agreement is over before its own was made. */
  | (Base & { type: 'engagement-lapsed' })
  | (Base & { type: 'engagement-closed' });

export type EngagementEventType = EngagementEventBody['type'];
export type EngagementEvent = Recorded<EngagementEventBody>;
