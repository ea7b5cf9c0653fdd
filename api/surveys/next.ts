import { approvalsMissing } from '../../domain/survey/designing.ts';
import type { LocalDate } from '../../domain/time.ts';
import type { SurveyProcess } from '../process/rows.ts';

/** What a cycle waits for; each is a word of the pages. */
export const SURVEY_STEPS = [
  ...['starting', 'elsewhere', 'cancelled', 'open', 'closed', 'analysed', 'reported'],
  ...['design', 'approve', 'date', 'acceptDate', 'draw', 'team', 'method', 'waitsForDay', 'publish'],
] as const;

export interface Next {
  step: string;
  /** Seats that have to do it; empty: nobody, time or a machine does. */
  seats: string[];
  /** Local day that it is about. */
  on: LocalDate | null;
}

/**
 * What happens next: the first thing that is missing, in the order in which it is done.
 *
 * @param today in the agreement's zone
 */
export function nextStep({ row, input, state }: SurveyProcess, today: LocalDate): Next {
  const { survey } = input;
  const { status } = row;
  const by = [survey.responsible];
  const due = state.due?.localDate ?? null;
  if (status === 'open') return { step: 'open', seats: [], on: state.closes?.localDate ?? null };
  if (status === 'analysed') return { step: 'analysed', seats: [survey.report.by], on: null };
  if (status !== 'planned' && status !== 'missed') return { step: status, seats: [], on: null };
  if (state.questionnaire === null) return { step: 'design', seats: by, on: due };
  const approvers = approvalsMissing(state);
  if (approvers.length > 0) return { step: 'approve', seats: approvers, on: due };
  const { date, agreedDate } = state;
  const dated = survey.dateAgreedBy.seats;
  if (dated.length > 0 && date === null) return { step: 'date', seats: dated, on: due };
  if (date !== null && !date.agreed) {
    const accepted = date.acceptedBy.map(({ seat }) => seat);
    return { step: 'acceptDate', seats: dated.filter((seat) => !accepted.includes(seat)), on: date.proposed };
  }
  if (state.sample === null) return { step: 'draw', seats: by, on: due };
  const missing = survey.gates.find(({ gate, isGiven }) => gate !== 'sample' && isGiven === false);
  if (missing) return { step: missing.gate === 'team' ? 'team' : 'method', seats: by, on: due };
  if (agreedDate !== null && today < agreedDate) return { step: 'waitsForDay', seats: by, on: agreedDate };
  return { step: 'publish', seats: by, on: due };
}
