import { z } from 'zod';
import { CLAUSE_KINDS } from '../../templates/ledger-schema.ts';
import { AGREEMENT_STATUSES, pageQuery, template, text } from '../schemas.ts';

/** What templates and the ledger of their clauses answer. */
const clauses = z.array(z.string());
const titled = z.object({ id: z.string(), title: text });

export const CLAUSE_STATUSES = ['automated', 'recorded', 'shown', 'absent'] as const;

export const clauseQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
  template: z.string().max(200).optional().meta({ description: 'Clauses that this kind of agreement was made from' }),
  source: z.string().max(100).optional(),
  status: z.enum(CLAUSE_STATUSES).optional(),
  kind: z.enum(CLAUSE_KINDS).optional(),
  search: z.string().trim().max(100).optional().meta({ description: 'In its id, its place and what it says' }),
});

export const clauseParams = z.object({ clause: z.string().max(100) });

const line = {
  id: z.string(),
  source: z.string(),
  article: z.string().meta({ description: 'Where it stands in the source' }),
  kind: z.enum(CLAUSE_KINDS),
  text: z.string().meta({ description: 'How the source has it: text, recital, missing, heading_only …' }),
  says: text.meta({ description: 'In our words' }),
  status: z.enum(CLAUSE_STATUSES),
  behaviour: z.array(z.string()).meta({ description: 'What is to be done about it: clock, gate, sum, mail, refusal' }),
  by: z.array(z.string()).meta({ description: 'Ids of what bears it, as `abide clauses` prints them' }),
  terms: z.array(z.string()),
  tests: z.array(z.string()),
  reason: text.nullable().meta({ description: 'Why it is not automated' }),
  templates: z.array(titled).meta({ description: 'Kinds of agreement that rest on it' }),
};

export const clauseList = z.object({
  items: z.array(z.object(line).meta({ id: 'Clause' })).meta({ description: 'In the order of the sources' }),
  nextCursor: z.string().nullable(),
  found: z.int().meta({ description: 'That fit all filters' }),
  counts: z
    .object({
      total: z.int(),
      status: z.partialRecord(z.enum(CLAUSE_STATUSES), z.int()),
      kind: z.partialRecord(z.enum(CLAUSE_KINDS), z.int()),
      source: z.record(z.string(), z.int()),
    })
    .meta({ description: 'Of the template or source, whatever else is filtered' }),
});

export const clause = z
  .object({
    ...line,
    bearers: z
      .array(
        titled.extend({
          ref: z.string(),
          items: z.array(
            z.object({
              id: z.string(),
              kind: z.enum(['obligation', 'penalty', 'rule', 'statement', 'event', 'term', 'seat']),
              title: text,
            }),
          ),
        }),
      )
      .meta({ description: 'By template: duties, sums, rules, seats, terms and events that rest on it' }),
    examples: z
      .array(titled.extend({ template: z.string() }))
      .meta({ description: 'Lived examples whose events, notices, ledger lines or refusals bear it' }),
    readings: z
      .array(titled.extend({ says: z.object({ zh: z.array(z.string()), en: z.array(z.string()) }) }))
      .meta({ description: 'How we read it where it can be read in more than one way; by template' }),
    before: z.string().nullable().meta({ description: 'The clause before it in its source' }),
    after: z.string().nullable(),
  })
  .meta({ id: 'ClauseDetail' });

export const clauseAgreementsQuery = pageQuery;
export const clauseAgreements = z.object({
  items: z.array(
    z.object({
      id: z.uuid(),
      template: z.string(),
      title: text,
      status: z.enum(AGREEMENT_STATUSES),
      parties: z.array(z.string()),
      inForceOn: z.string().nullable(),
      obligations: z
        .array(
          z.object({
            id: z.string(),
            occurrence: z.string().nullable(),
            title: text,
            status: z.string(),
            localDate: z.string().nullable(),
          }),
        )
        .meta({ description: 'Duties that rest on the clause and are open there, the next due first' }),
    }),
  ),
  nextCursor: z.string().nullable(),
});

const obligation = z.object({
  id: z.string(),
  kind: z.string(),
  title: text,
  summary: text.nullable(),
  clauses,
  who: text,
  due: text,
  rhythm: text.nullable(),
  when: text.nullable().meta({ description: 'Under which agreed value it is there at all' }),
  review: text.nullable(),
  reminders: text.nullable(),
  escalation: z.array(z.object({ rung: z.string(), to: text })),
  checklist: z.array(titled.extend({ clauses, mayOmit: z.boolean() })),
  penalty: z.string().nullable(),
  open: z
    .array(z.object({ name: z.string(), label: text }))
    .meta({ description: 'What must be agreed before it runs' }),
});

export const templateContents = template
  .omit({ obligations: true })
  .extend({
    versions: z.array(z.int()).meta({ description: 'Newest first' }),
    obligations: z.array(obligation),
    penalties: z.array(titled.extend({ clauses, says: text })),
    rules: z.array(
      titled.extend({
        kind: z.string(),
        clauses,
        terms: z.array(z.string()).meta({ description: 'Names of the terms that it takes' }),
        obligation: z.string().nullable(),
      }),
    ),
    notices: z.object({ days: z.string(), from: z.string(), to: z.string() }),
    wording: z.array(z.object({ notice: z.string(), obligation: z.string().nullable(), text })),
    events: z.array(z.object({ id: z.string(), clauses })),
  })
  .meta({ id: 'TemplateContents' });
