import { mailSeat } from '../agreement/parties.ts';
import type { Rejection } from '../agreement/rejection.ts';
import { processDecision } from '../process/fold.ts';
import type { ProcessDecision } from '../process/process.ts';
import type { SurveyCommand } from './command.ts';
import { clausesOf, eventOf, noticesTo, notAlive, notBy } from './cycle.ts';
import { reportHandedIn } from './errands.ts';
import type { SurveyEventBody } from './event.ts';
import type { SurveyState } from './state.ts';

/** The report goes to those whom the contract names, once, by whom it names. */
export function release(
  command: Extract<SurveyCommand, { type: 'release' }>,
  state: SurveyState,
): ProcessDecision<SurveyEventBody> | Rejection {
  const { input, status } = state;
  const { report } = input.survey;
  const { actor, documents, receivedAtMs } = command;
  const clauses = clausesOf(report, input.survey);
  const refused = notAlive(state) ?? notBy(input, actor, report.by, clauses);
  if (refused) return refused;
  if (status === 'reported') {
    return { rejected: 'already-released', message: `the report of ${input.reference} has been released` };
  }
  if (status !== 'analysed') {
    return { rejected: 'not-analysed', message: `${input.reference} is ${status}: there is nothing to report yet` };
  }
  if (documents.length === 0) {
    return { rejected: 'report-missing', message: 'a report is released with its file', clauses };
  }
  const readers = [...new Set(report.to.map((seat) => mailSeat(input, seat)))].filter((seat) =>
    input.seats.includes(seat),
  );
  return processDecision({
    events: [{ ...eventOf(state, command, clauses), type: 'survey-report-released', documents }],
    schedule: noticesTo(input, report.to, {
      kind: 'survey-report-released',
      atMs: receivedAtMs,
      clauses,
      facts: { by: actor.onBehalfOf ?? actor.seat },
    }),
    errands: reportHandedIn(state, command, report.acknowledged ? readers : []),
  });
}
