import { answersFor } from '../agreement/parties.ts';
import type { Rejection } from '../agreement/rejection.ts';
import { processDecision } from '../process/fold.ts';
import type { ProcessDecision } from '../process/process.ts';
import type { SurveyCommand } from './command.ts';
import { clausesOf, eventOf, notBy, notPlanned } from './cycle.ts';
import { audienceHandedIn } from './errands.ts';
import type { SurveyEventBody } from './event.ts';
import type { SurveyState } from './state.ts';

/**
 * Who will be asked, in place of any draw before; nobody at all is no sample (S001c-08: an empty group is no silent
 * pass), unless the survey is open to whoever has its link. Whoever owes the list of customers may draw as well (S000-15).
 */
export function draw(
  command: Extract<SurveyCommand, { type: 'draw' }>,
  state: SurveyState,
): ProcessDecision<SurveyEventBody> | Rejection {
  const { input } = state;
  const { survey, duties } = input;
  const { sample, actor } = command;
  const clauses = clausesOf(survey.audience, survey.sample);
  const lister = survey.fulfils.audience === null ? undefined : duties?.[survey.fulfils.audience]?.responsible;
  const ended = notPlanned(state);
  if (ended) return ended;
  if (lister === undefined || !answersFor(input, actor, lister)) {
    const refused = notBy(input, actor, survey.responsible, clauses);
    if (refused) return refused;
  }
  if (sample.drawn === 0 && sample.open !== true) {
    return { rejected: 'sample-missing', message: `nobody was drawn of ${sample.population}`, clauses };
  }
  const errands = state.sample === null ? audienceHandedIn(state, command) : [];
  if (state.sample?.sha256 === sample.sha256 && state.sample.seed === sample.seed) return processDecision({});
  return processDecision({ events: [{ ...eventOf(state, command, clauses), type: 'sample-drawn', sample }], errands });
}
