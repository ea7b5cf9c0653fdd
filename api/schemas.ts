import { z } from 'zod';

/** Wire shapes of the API: what OpenAPI publishes and the tests check answers against. */
export const text = z.object({ zh: z.string(), en: z.string() }).meta({ id: 'Text' });
const iso = z
  .string()
  .meta({ description: "ISO 8601 with the agreement zone's offset", examples: ['2026-10-09T00:00:00+08:00'] });
const localDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const amount = z.string().regex(/^-?\d+(\.\d+)?$/);
const loose = z.record(z.string(), z.unknown());

/** What names something of an agreement, never words: it enters the record, which nobody can erase. */
export const knownId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:#@-]{0,99}$/);

export const idParams = z.object({ id: z.uuid() });
export const obligationParams = idParams.extend({
  obligation: knownId.meta({
    description: '`id`, or `id#occurrence` (URL-encoded) of a recurring one; else the earliest that is open',
    examples: ['needs-analysis-report', 'quarterly-survey#2027-Q1'],
  }),
});
export const documentParams = idParams.extend({ documentId: z.uuid() });
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
});

export const problemSchema = z
  .object({
    type: z.string().meta({ examples: ['urn:abide:already-signed'] }),
    title: z.string(),
    detail: z.string(),
    status: z.int(),
    errors: z.array(z.object({ path: z.string(), message: z.string(), cure: z.string() })).optional(),
    clauses: z.array(z.string()).optional().meta({ description: 'The clauses that say no' }),
  })
  .meta({ id: 'Problem', description: 'RFC 9457; in the language of Accept-Language, zh by default' });

export const health = z
  .object({
    status: z.enum(['ok', 'degraded']),
    temporal: z.enum(['ok', 'away']),
    database: z.enum(['ok', 'away']),
    version: z.string(),
  })
  .meta({ id: 'Health' });

const clauseIds = z.array(z.string());
const option = z.object({ value: z.string(), label: text });
const scalar = z.looseObject({ type: z.string() });
const checklist = z.array(z.object({ id: z.string(), title: text, clauses: clauseIds, mayOmit: z.boolean() }));

export const template = z
  .looseObject({
    id: z.string(),
    version: z.int(),
    ref: z.string(),
    title: text,
    source: z.string(),
    summary: text,
    nature: z.enum(['contract', 'policy']),
    parties: z.record(z.string(), text),
    seats: z.array(
      z.object({
        id: z.string(),
        party: z.string().meta({ description: 'A role key, or the term of type party that says which side it is on' }),
        title: text,
        clauses: clauseIds,
      }),
    ),
    signatories: z.array(z.string()),
    terms: z.array(
      z.looseObject({
        name: z.string(),
        type: z.string(),
        unit: z.string().optional(),
        clauses: clauseIds,
        origin: z.enum(['fixed', 'blank', 'vague', 'proposal']),
        label: text,
        hint: text.optional(),
        required: z.boolean(),
        nullable: z.boolean(),
        neededToSign: z
          .literal(true)
          .optional()
          .meta({ description: 'Nobody may sign without it: a draft starts only with a value, not with "not-agreed"' }),
        value: z.unknown().optional(),
        proposal: z.unknown().optional().meta({ description: 'What we would suggest: ours, not in force' }),
        min: z.number().optional(),
        max: z.number().optional(),
        options: z.array(option).optional(),
        keys: z.array(option).optional(),
        values: scalar.optional(),
        total: z.number().optional(),
        columns: z.array(z.object({ name: z.string(), label: text, required: z.boolean(), of: scalar })).optional(),
      }),
    ),
    obligations: z.array(
      z.object({
        id: z.string(),
        kind: z.string(),
        title: text,
        summary: text.optional(),
        clauses: clauseIds,
        review: z.enum(['none', 'one-side', 'joint']),
        checklist,
      }),
    ),
    attachments: z.array(
      z.object({ number: z.int(), title: text, clauses: clauseIds, obligation: z.string().nullable() }),
    ),
  })
  .meta({ id: 'Template' });
export const templates = z.object({ items: z.array(template) });

const term = z.object({
  name: z.string(),
  value: z.unknown(),
  origin: z.string(),
  proposal: z.unknown().optional(),
  given: z.boolean(),
  clauses: z.array(z.string()),
});
const openTerm = z.object({ term: z.string(), clauses: z.array(z.string()), affects: z.array(z.string()) });
const calendar = z.object({ id: z.string(), version: z.string(), provisionalFrom: z.string() });

export const plan = z
  .object({
    template: z.string(),
    zone: z.string(),
    calendar,
    terms: z.array(term),
    open: z.array(openTerm),
    obligations: z.array(
      z.looseObject({
        id: z.string(),
        occurrence: z.string().optional(),
        kind: z.string(),
        title: text,
        clauses: z.array(z.string()),
        responsible: z.string(),
        dueAt: iso.nullable(),
        localDate: localDate.nullable(),
        after: z.string().optional().meta({ description: 'What it waits for while it has no date' }),
        explanation: z.array(text),
        reminders: z.array(z.object({ at: iso, to: z.string(), rung: z.string() })),
      }),
    ),
    money: z
      .array(
        z.object({
          obligation: z.string(),
          due: z.object({ amount, currency: z.string(), payee: z.string() }).nullable(),
          late: z
            .object({
              per: amount.meta({ description: 'For each late day' }),
              base: amount,
              percent: z.string(),
              currency: z.string(),
              graceDays: z.int(),
              cap: amount.nullable(),
              creditor: z.string(),
              clauses: z.array(z.string()),
            })
            .nullable(),
        }),
      )
      .meta({ description: 'What is to be paid, and what being late costs; nothing where nothing is agreed' }),
  })
  .meta({ id: 'Plan' });

/** What the record says, and before it `draft` and `starting`. */
export const AGREEMENT_STATUSES = [
  'draft',
  'starting',
  'awaiting-signatures',
  'active',
  'suspended',
  'terminated',
  'expired',
  'closed',
] as const;

export const agreementSummary = z
  .object({
    id: z.uuid(),
    template: z.string(),
    title: text,
    status: z.enum(AGREEMENT_STATUSES),
    parties: z.record(z.string(), z.object({ name: z.string(), title: text })),
    inForceOn: localDate.nullable(),
    expiresOn: localDate.nullable(),
    createdAt: iso,
    nextDue: z
      .object({
        obligation: z.string(),
        occurrence: z.string().optional(),
        dueAt: iso,
        localDate,
        responsible: z.string(),
        title: text,
        responsibleTitle: text,
      })
      .nullable(),
    overdue: z.int(),
  })
  .meta({ id: 'AgreementSummary' });
export const listedAgreement = agreementSummary
  .extend({
    coordinator: z.string().nullable().meta({ description: 'Name of whoever fills the seat; of a draft, as it says' }),
    startedAt: iso.nullable(),
  })
  .meta({ id: 'ListedAgreement' });
export const agreementPage = z.object({ items: z.array(listedAgreement), nextCursor: z.string().nullable() });

const obligation = z
  .object({
    id: z.string(),
    occurrence: z.string().optional(),
    kind: z.string(),
    title: text,
    summary: text.optional(),
    status: z.enum(['pending', 'in-review', 'rework', 'overdue', 'fulfilled', 'fulfilled-late', 'waived', 'cancelled']),
    responsible: z.string(),
    dueAt: iso.nullable(),
    localDate: localDate.nullable(),
    fulfilledAt: iso.nullable(),
    daysLate: z.int(),
    clauses: z.array(z.string()),
    explanation: z.array(text),
    review: z.object({ dueAt: iso, localDate, waitingFor: z.array(z.string()), round: z.int() }).nullable(),
    penalty: z.object({ balance: amount, currency: z.string() }).nullable(),
    checklist,
  })
  .meta({ id: 'Obligation' });

const offset = z.object({ unit: z.string(), count: z.int() });

/** An obligation of the agreement as such, whether it has been opened or not. */
const duty = z
  .object({
    id: z.string(),
    kind: z.string(),
    title: text,
    summary: text.optional(),
    clauses: z.array(z.string()),
    penaltyClauses: z.array(z.string()).meta({ description: 'Of what its lateness costs' }),
    responsible: z.string(),
    recurs: z.boolean().meta({ description: 'By itself, or with each occurrence of what it follows' }),
    recurrence: z.looseObject({ by: z.enum(['interval', 'period', 'month-day']) }).nullable(),
    anchor: z
      .union([z.string(), loose])
      .meta({ description: 'What day 0 is: signing, effect, expiry, a date, another obligation, an event' }),
    offset,
    opensDays: z.int().nullable(),
    reviewers: z.array(z.string()),
    checklist,
  })
  .meta({ id: 'Duty' });

export const agreement = agreementSummary
  .extend({
    zone: z.string(),
    calendar: calendar.nullable(),
    terms: z.array(term),
    open: z.array(openTerm),
    seats: z.array(
      z.object({
        seat: z.string(),
        party: z.string().nullable(),
        name: z.string(),
        email: z.string(),
        language: z.string(),
      }),
    ),
    mine: z
      .array(z.object({ seat: z.string(), deputyFor: z.string().nullable(), obligations: z.array(z.string()) }))
      .meta({ description: 'Seats that the reader fills or, with the name of the absent person, stands in for today' }),
    signatures: z.record(z.string(), localDate),
    endedOn: localDate.nullable(),
    obligations: z.array(obligation).meta({ description: 'What has been opened: of a recurring one, each occurrence' }),
    duties: z.array(duty).meta({ description: "The agreement's obligations as such; empty while it is a draft" }),
    seatTitles: z.record(z.string(), text).meta({ description: 'By seat and role key, in the words of the template' }),
    seatParties: z.record(z.string(), z.string()).meta({ description: 'The role key that a seat acts for' }),
    sequence: z.int(),
    runs: z.array(z.object({ workflowId: z.string(), runId: z.string() })),
    work: z.array(z.object({ type: z.string(), open: z.int(), total: z.int() })).meta({
      description: 'Kinds of processes that it knows or has had, as far as the reader may know: how many there are',
    }),
    draft: loose.optional(),
  })
  .meta({ id: 'Agreement' });

export const pendingStart = z
  .object({ status: z.literal('pending'), location: z.string() })
  .meta({ id: 'PendingStart' });
export const appliedCommand = z
  .object({ command: z.string(), status: z.literal('applied'), sequence: z.int(), events: z.array(z.string()) })
  .meta({ id: 'AppliedCommand' });
export const pendingCommand = z
  .object({ command: z.string(), status: z.literal('pending'), location: z.string() })
  .meta({ id: 'PendingCommand' });
export const command = z
  .object({
    command: z.string(),
    agreementId: z.uuid(),
    type: z.string(),
    receivedAt: iso,
    status: z.enum(['pending', 'applied', 'refused']),
    sequence: z.int().optional(),
    events: z.array(z.string()).optional(),
    code: z.string().optional(),
    message: z.string().optional(),
    clauses: z.array(z.string()).optional(),
  })
  .meta({ id: 'Command' });

const actor = z.looseObject({
  seat: z.string(),
  party: z.string().optional(),
  onBehalfOf: z.string().optional(),
  via: z.string(),
  name: z.string().nullable(),
});
export const eventPage = z.object({
  items: z.array(
    z
      .object({
        sequence: z.int(),
        type: z.string(),
        at: iso,
        recordedAt: iso,
        obligation: z.string().optional(),
        occurrence: z.string().optional(),
        actor,
        clauses: z.array(z.string()),
        text: z
          .object({
            points: z.array(z.string()).optional(),
            reason: z.string().optional(),
            omitted: z.record(z.string(), z.string()).optional(),
            note: z.string().optional(),
            reference: z.string().optional(),
            cause: z.string().optional(),
            items: z.array(z.object({ what: z.string(), amount: z.string().optional() })).optional(),
            topic: z.string().optional(),
            details: z.string().optional(),
            agenda: z.string().optional(),
            minutes: z.string().optional(),
            judgement: z.string().optional(),
            recommendations: z.string().optional(),
            content: z.string().optional(),
            process: z.string().optional(),
            result: z.string().optional(),
            measures: z.record(z.string(), z.object({ what: z.string(), expected: z.string().optional() })).optional(),
            changes: loose.optional(),
          })
          .optional()
          .meta({ description: 'What was written along with the act' }),
        documents: z
          .array(z.object({ id: z.string(), fileName: z.string(), size: z.int(), sha256: z.string() }))
          .optional(),
        data: loose,
        people: z
          .record(z.string(), z.string())
          .optional()
          .meta({ description: 'Names of those whom `data` and `actor.deputyFor` name by their ids' }),
        hash: z.string(),
      })
      .meta({ id: 'Event' }),
  ),
  nextCursor: z.string().nullable(),
});

export const ledger = z
  .object({
    asOf: localDate,
    items: z.array(
      z.object({
        at: iso,
        kind: z.string(),
        obligation: z.string().optional(),
        occurrence: z.string().optional(),
        debtor: z.string(),
        creditor: z.string(),
        amount,
        currency: z.string(),
        days: z.int().optional(),
        base: z.string().optional(),
        rate: z.string().optional(),
        excludedDays: z.int().optional().meta({ description: 'Days that did not count because of suspensions' }),
        about: z.string().optional().meta({ description: 'What else it rests on: a waiver, a claim, a booking' }),
        clauses: z.array(z.string()),
        posted: z.boolean(),
        why: z.array(text).meta({ description: 'Clause, base, rate, days, calendar and the formula with its numbers' }),
        sequence: z.int().nullable().meta({ description: 'Of the event that posted it; null: not posted' }),
        counted: z
          .object({
            from: localDate,
            until: localDate,
            excluded: z.array(z.object({ from: localDate, until: localDate })),
          })
          .nullable()
          .meta({ description: 'The very days that it charges, both ends included, where the record tells them' }),
      }),
    ),
    balances: z.array(z.object({ debtor: z.string(), creditor: z.string(), currency: z.string(), amount })),
  })
  .meta({ id: 'Ledger' });

export const noticePage = z.object({
  items: z.array(
    z
      .object({
        id: z.string(),
        at: iso,
        sentAt: iso.nullable(),
        kind: z.string(),
        seat: z.string(),
        role: z.string(),
        to: z.string().nullable(),
        obligation: z.string().optional(),
        occurrence: z.string().optional(),
        rungs: z.array(z.string()).optional(),
        subject: z.string().nullable(),
        clauses: z.array(z.string()),
        status: z.string(),
        possibleDuplicate: z.boolean(),
        failure: z.string().optional(),
        bouncedAt: iso.nullable().meta({ description: 'When the mail came back: it is not served' }),
        deputyFor: z.string().nullish().meta({ description: 'Name of the absent person whose deputy it went to' }),
        mergedInto: z
          .object({ id: z.string(), subject: z.string().nullable() })
          .nullish()
          .meta({ description: 'The notice whose mail carried this one too' }),
        acknowledgedAt: iso.nullish().meta({ description: 'Of what asks to be read: when it was confirmed' }),
      })
      .meta({ id: 'Notice' }),
  ),
  nextCursor: z.string().nullable(),
});

export const documentPage = z.object({
  items: z.array(
    z
      .object({
        id: z.uuid(),
        fileName: z.string(),
        size: z.int(),
        type: z.string(),
        sha256: z.string(),
        obligation: z.string().optional(),
        occurrence: z.string().optional(),
        commandId: z.string(),
        createdAt: iso,
        state: z.enum(['ok', 'missing', 'altered']),
        act: z.string().nullable().meta({ description: 'Type of the event by which it came; null: not recorded yet' }),
        sequence: z.int().nullable(),
        by: z.object({ name: z.string().nullable(), seat: z.string(), onBehalfOf: z.string().nullable() }).nullable(),
        handedIn: z
          .object({
            version: z.int(),
            round: z.int(),
            state: z.enum(['current', 'replaced', 'rejected', 'accepted']),
            replacedBy: z.int().nullable(),
          })
          .nullable()
          .meta({ description: 'Of a hand-in: which version of it, counted over all rounds, and what became of it' }),
      })
      .meta({ id: 'Document' }),
  ),
  nextCursor: z.string().nullable(),
});

export const refusalList = z.object({
  items: z.array(
    z.object({
      at: iso,
      do: z.string(),
      code: z.string(),
      message: z.string(),
      clauses: z.array(z.string()).optional(),
      actor: loose,
    }),
  ),
});

export const replayVerdict = z
  .looseObject({ verdict: z.enum(['identical', 'different', 'incomplete']) })
  .meta({ id: 'Replay', description: 'As `abide replay --json` prints it' });
