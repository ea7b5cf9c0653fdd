import { z } from 'zod';
import { isLocalDate } from '../../domain/local-date.ts';
import { emailSchema, languageSchema, personSchema } from '../../templates/parties.ts';
import { pageQuery, text } from '../schemas.ts';
import { PATH_SIGN } from './columns.ts';
import { isZone } from './zone.ts';

/** Wire shapes of the directory. */
export const localDate = z.string().refine(isLocalDate, { error: 'invalid-date' });
const organisationName = personSchema.shape.name
  .trim()
  .refine((name) => !name.includes(PATH_SIGN), { error: `a name without "${PATH_SIGN}"` });
const zone = z.string().refine(isZone, { error: 'invalid-zone' });
const email = emailSchema.transform((address) => address.toLowerCase());

export const organisationParams = z.object({ organisationId: z.uuid() });
export const personParams = z.object({ personId: z.uuid() });

export const organisationQuery = pageQuery.extend({
  search: z.string().max(200).optional(),
  parent: z.uuid().optional().meta({ description: 'Only what is directly below' }),
  archived: z.enum(['false', 'true', 'all']).default('false'),
});
export const newOrganisation = z.strictObject({ name: organisationName, parentId: z.uuid().nullish() });
export const changedOrganisation = z.strictObject({
  name: organisationName.optional(),
  parentId: z.uuid().nullable().optional(),
  archived: z.boolean().optional(),
});

export const personQuery = pageQuery.extend({
  search: z.string().max(200).optional().meta({ description: 'Part of a name, an address or an organisation' }),
  organisation: z.uuid().optional().meta({ description: 'It and all below it' }),
  status: z.enum(['present', 'left', 'all']).default('present'),
});
export const newPerson = z.strictObject({
  organisationId: z.uuid(),
  name: personSchema.shape.name.trim(),
  email,
  language: languageSchema.default('zh'),
  zone: zone.default('Asia/Shanghai'),
});
export const changedPerson = z.strictObject({
  organisationId: z.uuid().optional(),
  name: personSchema.shape.name.trim().optional(),
  email: email.optional(),
  language: languageSchema.optional(),
  zone: zone.optional(),
  leftOn: z.null().optional().meta({ description: 'null: they are back' }),
});

export const organisation = z
  .object({
    id: z.uuid(),
    name: z.string(),
    path: z.string().meta({ description: 'Names from the root', examples: ['甲公司 > 客服部'] }),
    parentId: z.uuid().nullable(),
    archivedAt: z.string().nullable(),
    persons: z.int().meta({ description: 'Who is there now' }),
    departments: z.int().meta({ description: 'Directly below it, archived ones left out' }),
  })
  .meta({ id: 'Organisation' });
export const organisationPage = z.object({ items: z.array(organisation), nextCursor: z.string().nullable() });

export const personSummary = z
  .object({
    id: z.uuid(),
    name: z.string(),
    email: z.string(),
    language: languageSchema,
    zone: z.string(),
    organisation: z.object({ id: z.uuid(), name: z.string(), path: z.string() }),
    leftOn: z.string().nullable(),
    erasedAt: z.string().nullable(),
    seats: z.int().meta({ description: 'Seats of living agreements' }),
  })
  .meta({ id: 'Person' });
export const personPage = z.object({ items: z.array(personSummary), nextCursor: z.string().nullable() });

const duty = z.object({ reference: z.string(), title: text, dueAt: z.string().nullable() });
const seatHeld = z
  .object({
    agreementId: z.uuid(),
    title: text,
    parties: z.array(z.string()),
    status: z.string(),
    seat: z.string(),
    seatTitle: text,
    duties: z.array(duty).meta({ description: 'What waits for whoever fills the seat, or will' }),
  })
  .meta({ id: 'SeatHeld' });
const standIn = z
  .object({
    agreementId: z.uuid(),
    title: text,
    seat: z.string(),
    seatTitle: text,
    absent: z.object({ id: z.uuid(), name: z.string() }),
    deputy: z.object({ id: z.uuid(), name: z.string() }),
    from: localDate,
    until: localDate,
    obligations: z.array(z.object({ id: z.string(), title: text })),
  })
  .meta({ id: 'StandIn' });
export const person = personSummary
  .omit({ seats: true })
  .extend({
    account: z.object({ disabled: z.boolean() }).nullable(),
    seats: z.array(seatHeld),
    absences: z.array(standIn).meta({ description: 'Who stands in for them; not what is over' }),
    deputyships: z.array(standIn).meta({ description: 'For whom they stand in; not what is over' }),
  })
  .meta({ id: 'PersonDetail' });

export const colleagues = z.object({
  items: z.array(z.object({ id: z.uuid(), name: z.string(), organisation: z.string() })),
});

const remark = z.object({
  line: z.int(),
  column: z.string().nullable(),
  code: z.string(),
  value: z.string(),
  message: z.string(),
  cure: z.string(),
});
const counts = z.object({ added: z.int(), changed: z.int(), unchanged: z.int() });
export const importResult = z
  .object({
    dryRun: z.boolean(),
    format: z.enum(['xlsx', 'utf-8', 'gb18030']),
    rows: z.int(),
    organisations: counts,
    persons: counts,
    changes: z
      .array(
        z.object({
          line: z.int(),
          change: z.enum(['organisation-added', 'organisation-moved', 'person-added', 'person-changed']),
          organisation: z.string(),
          from: z.string().optional(),
          name: z.string().optional(),
          email: z.string().optional(),
          fields: z.array(z.object({ field: z.string(), from: z.string(), to: z.string() })).optional(),
        }),
      )
      .meta({ description: 'The first 500' }),
    errorCount: z.int(),
    errors: z.array(remark).meta({ description: 'The first 500' }),
    warningCount: z.int(),
    warnings: z.array(remark).meta({ description: 'The first 500' }),
  })
  .meta({ id: 'DirectoryImport' });

const who = z.object({ id: z.uuid(), name: z.string() });
const handover = z
  .object({
    agreementId: z.uuid(),
    title: text,
    seat: z.string(),
    seatTitle: text,
    act: z.enum(['replace', 'vacate', 'recall']),
    status: z.enum(['planned', 'applied', 'pending', 'refused']),
    owner: who
      .nullable()
      .meta({ description: 'Whose the duties are then; null: the seat is vacant, and the coordinator looks after it' }),
    duties: z.array(duty),
    code: z.string().optional().meta({ description: 'Why it was refused' }),
    message: z.string().optional(),
  })
  .meta({ id: 'Handover' });
export const departure = z
  .object({
    status: z.enum(['planned', 'applied', 'pending']),
    person: who,
    leftOn: localDate.nullable(),
    location: z.string().optional(),
    handovers: z.array(handover),
    standIns: z
      .array(standIn)
      .meta({ description: 'Where they stand in and are not the only deputy of the seat: to be arranged by hand' }),
    deputies: z.array(standIn).meta({ description: 'Who stands in for them: that ends as the seat is handed over' }),
    needsSuccessor: z.array(z.object({ agreementId: z.uuid(), title: text, seat: z.string() })),
    account: z.object({ disabled: z.boolean() }).nullable(),
  })
  .meta({ id: 'Departure' });
export const departureBody = z.strictObject({
  on: localDate.meta({ description: 'The last day; not after today' }),
  successor: z.uuid().optional().meta({ description: 'For every seat that `successors` does not name' }),
  successors: z
    .record(z.string().max(200), z.uuid())
    .optional()
    .meta({ description: 'By `agreementId/seat`: a person of the directory' }),
});

export const absenceBody = z.strictObject({
  deputy: z.uuid(),
  from: localDate,
  until: localDate.meta({ description: 'The last day, inclusive' }),
  agreements: z.array(z.uuid()).max(500).optional().meta({ description: 'Without: all in which they fill a seat' }),
  obligations: z.array(z.string().max(100)).max(200).optional().meta({ description: 'Without: all duties' }),
});
export const absence = z
  .object({
    status: z.enum(['applied', 'pending']),
    location: z.string().optional(),
    person: who,
    items: z.array(
      z.object({
        agreementId: z.uuid(),
        title: text,
        seat: z.string(),
        seatTitle: text,
        status: z.enum(['applied', 'pending', 'refused']),
        code: z.string().optional(),
        message: z.string().optional(),
      }),
    ),
  })
  .meta({ id: 'Absence' });
