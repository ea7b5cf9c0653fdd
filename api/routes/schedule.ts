import { z } from 'zod';
import { route } from '../route.ts';
import { scheduleOf } from '../schedule.ts';
import * as schemas from '../schemas.ts';

const date = z.string();

const mark = z.object({
  what: z.enum(['handed-in', 'rejected', 'accepted', 'penalty', 'paid']),
  at: z.string(),
  amount: z.string().optional(),
  currency: z.string().optional(),
});

export const scheduleSchema = z
  .object({
    asOf: date,
    spans: z.array(
      z.object({
        id: z.string(),
        occurrence: z.string().optional(),
        from: date.nullable().meta({ description: 'From when on it is there to be done' }),
        dueOn: date.nullable(),
        firstDueOn: date.nullable().meta({ description: 'Before suspensions, amendments and rework moved it' }),
        doneOn: date.nullable(),
        status: z.string().meta({ description: 'As of an obligation; `planned`: an occurrence that opens later' }),
        daysLate: z.int(),
        review: z.object({ from: date, until: date }).nullable(),
        marks: z.array(mark).meta({ description: 'For those who may read the record; of money, the ledger' }),
      }),
    ),
    suspensions: z.array(
      z.object({
        number: z.int(),
        ground: z.string(),
        from: date,
        until: date.nullable().meta({ description: 'The first day that counts again' }),
        obligations: z.array(z.string()).meta({ description: 'Empty: all' }),
      }),
    ),
  })
  .meta({ id: 'Schedule' });

export const getSchedule = route({
  id: 'getSchedule',
  method: 'get',
  path: '/agreements/{id}/schedule',
  summary: 'All obligations in time, those still to come with them, and the suspensions across',
  access: 'agreements.read',
  params: schemas.idParams,
  answers: { 200: { description: 'One span for each obligation or occurrence', schema: scheduleSchema } },
  handle: async ({ deps, params, principal }) => ({
    status: 200,
    body: await scheduleOf(deps, params.id, principal),
  }),
});
