import { z } from 'zod';
import { isLocalDate } from '../../domain/local-date.ts';
import { compileDraft, draftShape, planDraft, resolveDraft } from '../../templates/draft.ts';
import { planMoney } from '../agreements/plan-money.ts';
import { calendarFinder } from '../calendars/shelf.ts';
import { inputProblem } from '../problem.ts';
import { route } from '../route.ts';
import * as schemas from '../schemas.ts';

const signedOn = z.string().refine(isLocalDate, { error: 'invalid-date' });

export const postPlan = route({
  id: 'plan',
  method: 'post',
  path: '/plan',
  summary: 'What falls due when; changes nothing. With `signedOn` as the day of the last signature',
  access: 'templates.read',
  changesNothing: true,
  body: z.looseObject({ signedOn: signedOn.optional() }),
  documentedBody: z.strictObject({ ...draftShape, signedOn: signedOn.optional() }),
  answers: { 200: { description: 'The plan', schema: schemas.plan } },
  handle: async ({ deps, body }) => {
    const { signedOn: dayZero, ...given } = body;
    const { draft, errors } = resolveDraft(given, await calendarFinder(deps.database));
    if (!draft) throw inputProblem(errors);
    const year = Number((dayZero ?? draft.calendar.provisionalFrom).slice(0, 4));
    const money = planMoney(compileDraft(draft, { id: 'plan', year }));
    return { status: 200, body: { ...planDraft(draft, dayZero ?? null), money } };
  },
});
