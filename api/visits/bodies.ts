import { z } from 'zod';
import { isLocalDate } from '../../domain/local-date.ts';
import { VISIT_KINDS } from '../../domain/visit/compiled.ts';
import { whoFields as who } from '../life/bodies.ts';
import { knownId } from '../schemas.ts';

const date = z.string().refine(isLocalDate, { error: 'invalid-date' });
const note = z.string().trim().min(1).max(2_000);
const departments = z
  .array(knownId)
  .max(50)
  .default([])
  .meta({ description: 'Seats that take part beside the leader' });

export const planBody = z.strictObject({
  ...who,
  year: z.int().min(2000).max(2100),
  rows: z
    .array(z.strictObject({ customer: z.uuid(), plannedOn: date, departments }))
    .min(1)
    .max(1_000)
    .meta({ description: 'Of a plan that is published already: the rows to add' }),
  reason: note.optional().meta({ description: 'Why a published plan changes' }),
});

export const newVisit = z.strictObject({
  ...who,
  kind: z.enum(VISIT_KINDS).default('visit'),
  customer: z.uuid(),
  plannedOn: date,
  departments,
  note: note.optional(),
});

export const rescheduleBody = z.strictObject({ ...who, plannedOn: date, reason: note });

export const holdBody = z.strictObject({
  ...who,
  heldOn: date.meta({ description: 'Not after today' }),
  comprehensive: z
    .boolean()
    .optional()
    .meta({ description: 'All of satisfaction was asked about; without it, a visit is and a call-back is not' }),
});

export const reportBody = z.strictObject({
  ...who,
  outcome: z.string().trim().min(1).max(20_000).optional().meta({ description: 'Of a call-back: what came of it' }),
});

export const cancelVisitBody = z.strictObject({ ...who, reason: note });

export const followUpBody = z.strictObject({
  ...who,
  title: z.string().trim().min(1).max(200),
  details: z.string().trim().min(1).max(20_000).optional(),
  dimension: knownId.optional(),
  severity: z.int().min(1).max(5).meta({ description: '1 (slight) to 5 (grave)' }),
});
