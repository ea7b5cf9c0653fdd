import type { CompiledAgreement, CompiledObligation, ObligationKind } from '../../domain/agreement/compiled.ts';
import { recurs } from '../../domain/agreement/opening.ts';
import { mailSeat } from '../../domain/agreement/parties.ts';
import { type ObligationReference, readReference } from '../../domain/agreement/reference.ts';
import type { Moment, NoticeContext } from './context.ts';

/** What is done with an obligation: a paper is handed in, a payment settled, a notice acknowledged, the rest is done. */
export type Doing = 'hand-in' | 'complete' | 'settle' | 'acknowledge';

export function doingOf(kind: ObligationKind | undefined): Doing {
  switch (kind) {
    case undefined:
    case 'deliverable':
    case 'analysis':
    case 'report':
      return 'hand-in';
    case 'payment':
      return 'settle';
    case 'acknowledgement':
      return 'acknowledge';
    case 'survey':
    case 'improvement':
    case 'training':
    case 'meeting':
    case 'visit':
    case 'evaluation':
    case 'monitoring':
    case 'duty':
      return 'complete';
  }
}

/** Obligations that come again and again, and those that wait for something, of an agreement that has just begun. */
export function laterDuties(
  agreement: CompiledAgreement,
  dated: readonly string[],
): { recurring: CompiledObligation[]; waiting: CompiledObligation[] } {
  const later = agreement.obligations.filter(({ id }) => !dated.includes(id));
  return {
    recurring: later.filter((rule) => recurs(agreement, rule)),
    waiting: later.filter((rule) => !recurs(agreement, rule)),
  };
}

/** A duty that waits for a seat. */
type SeatDuty = ObligationReference & {
  /** Undefined where the notice bears no dates: one of an old history. */
  rule: CompiledObligation | undefined;
  due: Moment | undefined;
  /** Another seat owes it; this one answers to it. */
  judged: boolean;
};

/** What a notice about a seat lists, in its order. */
export function dutiesIn({ notice: { facts }, agreement, dueOn }: NoticeContext): SeatDuty[] {
  const { duties = [], dutyDates, seat } = facts;
  return duties.map((reference) => {
    const { obligation, occurrence } = readReference(reference);
    const rule = agreement.obligations.find(({ id }) => id === obligation);
    const date = dutyDates?.[reference];
    return {
      obligation,
      ...(occurrence === undefined ? {} : { occurrence }),
      rule: dutyDates && rule,
      due: date === undefined ? undefined : dueOn(date, obligation),
      judged: rule !== undefined && mailSeat(agreement, rule.responsible) !== seat,
    };
  });
}
