import { z } from 'zod';
import { MATTER_KINDS } from '../../domain/agreement/matter.ts';
import { text } from '../schemas.ts';

/** What `GET /agreements/{id}/life` answers. Dates are the agreement's own, instants bear its offset. */
const iso = z.string();
const date = z.string();
const amount = z.string();
const due = z.object({ dueAt: iso, localDate: date });
const clauses = z.array(z.string());
const seat = z.object({ seat: z.string(), title: text });
const subject = z.object({ reference: z.string(), title: text });
/** What the contract provides for, as its template calls it. */
const titled = { id: z.string(), title: text };
const endless = z
  .boolean()
  .meta({ description: 'It is agreed that it has no end; false with neither days nor months: no length is agreed' });
const balance = z.object({ debtor: z.string(), creditor: z.string(), currency: z.string(), amount });
const document = z.object({ id: z.uuid(), fileName: z.string(), size: z.int(), sha256: z.string() });

/** Who did it when, with what was written and brought: for those who may read the record, else null or empty. */
const account = {
  at: iso.nullable(),
  person: z.string().nullable().meta({ description: 'A name' }),
  reason: z.string().nullable(),
  documents: z.array(document),
};

export const change = z
  .object({
    of: z.string().meta({ examples: ['obligation:monthly-report', 'expiry'] }),
    field: z.string(),
    before: z.string().nullable(),
    after: z.string().nullable(),
    text: text.meta({ description: 'In words: what changes from what to what' }),
    subject: text,
    respect: text.meta({ description: 'What of it changes: its due time, its amount' }),
    from: text.nullable().meta({ description: 'Null: it is new, goes, or the contract does not put it in words' }),
    to: text.nullable(),
    clauses,
  })
  .meta({ id: 'Change' });

const termChange = z.object({ name: z.string(), label: text, clauses, before: z.unknown(), after: z.unknown() });

const amendment = z.object({
  id: z.string(),
  by: seat,
  status: z.enum(['proposed', 'accepted', 'declined', 'lapsed', 'effective']),
  effectiveOn: date,
  lapsesAt: iso.nullable(),
  changes: z.array(change),
  terms: z
    .array(termChange)
    .meta({ description: 'Of the terms that change; empty for those who may not read the record' }),
  acceptedBy: z.array(seat),
  waitsFor: z.array(seat).meta({ description: 'Who has not answered yet; empty once it is closed' }),
  third: z
    .object({
      stage: z.enum(['proposed', 'agreed-by-parties', 'notified', 'consented', 'refused']),
      notifiedOn: date.nullable(),
      due: due.nullable(),
    })
    .nullable()
    .meta({ description: 'Of a change of a third party’s cap: how far its consent is (S001b-79)' }),
  ...account,
});

const engagementEnd = z.object({
  id: z.string(),
  by: seat,
  ground: z.enum(['unable-to-perform', 'breach', 'purpose-achieved']),
  about: z.string().nullable().meta({ description: 'What a breach is recorded as; it survives the end' }),
  purpose: z.string().nullable().meta({ description: 'What the involvement was to achieve, as stated' }),
  status: z.enum(['proposed', 'agreed', 'ended', 'replaced']),
  endedOn: date.nullable().meta({ description: 'The day on which the written notice reached the third party' }),
  waitsFor: z.array(seat),
  items: z.array(
    z.object({
      id: z.string(),
      title: text,
      agreedBy: z.array(seat),
      waitsFor: z.array(seat),
      said: z.array(z.object({ by: seat, note: z.string().nullable(), ...account })),
    }),
  ),
  ...account,
});

const matterStep = z.object({
  type: z.string().meta({ description: 'The step: answer, refuse, close, escalate, decide' }),
  by: seat,
  owner: seat.nullable(),
  dueOn: date.nullable(),
  details: z.string().nullable(),
  minutes: z.string().nullable(),
  at: iso,
  person: z.string().nullable(),
  documents: z.array(document),
});

export const lifeSchema = z
  .object({
    sequence: z.int(),
    asOf: iso,
    status: z.string(),
    phase: z.enum(['before', 'in-force', 'after', 'over']),
    acts: z
      .array(z.string())
      .meta({ description: 'What the reader may try now: command types that role, phase and contract allow' }),
    provides: z
      .object({
        seal: z.object({ clauses }).nullable(),
        review: z.object({ clauses }).nullable(),
        policy: z.boolean(),
        amendment: z.object({ consent: z.array(seat), lapseDays: z.int().nullable(), clauses }).nullable(),
        engagementEnd: z
          .object({
            grounds: z.array(z.enum(['unable-to-perform', 'breach', 'purpose-achieved'])),
            hasPurpose: z.boolean(),
            clauses,
          })
          .nullable(),
        override: z.object({ by: z.array(seat), clauses }).nullable(),
        suspension: z.array(z.object({ grounds: z.array(z.string()), clauses })),
        renewal: z
          .object({
            automatic: z.boolean(),
            noticeDays: z.int().nullable(),
            internalDays: z.int(),
            months: z.int().nullable(),
            cycles: z
              .literal('afresh')
              .optional()
              .meta({ description: 'What recurs at an interval is counted anew from the first day of a renewed term' }),
            clauses,
          })
          .nullable(),
        terminations: z.array(
          z.object({
            ...titled,
            ground: z.string(),
            gates: z.array(z.string()),
            noticeDays: z.int().nullable(),
            negotiationDays: z.int().nullable(),
            cureDays: z.int().nullable(),
            codes: z.array(z.string()),
            grounds: z
              .array(z.object({ code: z.string(), words: z.string() }))
              .meta({ description: 'What the codes stand for, as it was agreed' }),
            clauses,
          }),
        ),
        afterwards: z.array(
          z.object({
            ...titled,
            responsible: seat,
            kind: z.string(),
            days: z.int().nullable(),
            months: z.int().nullable().meta({ description: 'In place of days' }),
            endless,
            clauses,
          }),
        ),
        liabilities: z.array(z.object({ ...titled, liable: seat.nullable(), answerDays: z.int().nullable(), clauses })),
        bookings: z.array(z.object({ ...titled, kind: z.string(), clauses })),
        requests: z.array(z.object({ ...titled, from: seat, to: seat, replyDays: z.int().nullable(), clauses })),
        confidentiality: z.array(z.object({ ...titled, bound: z.array(seat), clauses })),
        disputes: z.array(z.object({ ...titled, negotiationDays: z.int().nullable(), hasForum: z.boolean(), clauses })),
        meetings: z.array(z.object({ ...titled, clauses })),
      })
      .meta({
        description: 'What the contract says of its own life; what is null, false or empty it does not provide for',
      }),
    effect: z.object({
      signatories: z.array(
        z.object({
          party: z.string(),
          title: text,
          signedOn: date.nullable(),
          sealedOn: date.nullable(),
          reviewedAt: iso.nullable(),
        }),
      ),
      approvals: z.array(z.object({ what: z.string(), title: text, by: seat, at: iso, person: z.string().nullable() })),
      missing: z.array(z.object({ what: z.enum(['review', 'signature', 'seal', 'policy', 'posting']), party: seat })),
      inForceOn: date.nullable(),
      clauses,
    }),
    baselines: z.array(
      z.object({
        goal: z.string(),
        term: z.string(),
        title: text,
        clauses,
        value: z.string().nullable(),
        by: seat.nullable(),
        confirmedBy: z.array(seat),
        waitsFor: z.array(seat),
        locked: z.boolean(),
      }),
    ),
    payments: z
      .array(
        z.object({
          ...subject.shape,
          debtor: z.string(),
          creditor: z.string(),
          amount,
          currency: z.string(),
          due: due.nullable(),
          status: z.string(),
          paid: z.array(z.object({ on: date, amount })),
          unpaid: amount,
          held: amount,
          mayHoldBack: z.boolean(),
          lateFee: z.object({ rate: z.string(), graceDays: z.int(), clauses }).nullable(),
          lateFeeOpen: z.boolean().meta({ description: 'A late fee is provided for, its rate is left open' }),
          daysLate: z.int(),
          clauses,
        }),
      )
      .meta({ description: 'For those who may read the ledger' }),
    owed: z
      .array(
        z.object({
          of: z.enum(['payment', 'penalty', 'claim', 'booking']),
          id: z.string(),
          title: text,
          ...balance.shape,
        }),
      )
      .meta({ description: 'What can be paid now, and how much: for those who may read the ledger' }),
    amendments: z.array(amendment),
    thirdAccess: z
      .object({
        undertakenOn: date.nullable(),
        access: z.enum(['none', 'granted', 'suspended']),
        clauses,
      })
      .nullable()
      .meta({ description: 'Of a third party that undertakes secrecy before it has access (S001c-76)' }),
    engagementEnds: z.array(engagementEnd).meta({ description: 'Ends of a third party’s involvement (S001b-92)' }),
    suspensions: z.array(
      z.object({
        number: z.int(),
        ground: z.string(),
        obligations: z.array(subject).meta({ description: 'Empty: all' }),
        from: date,
        until: date.nullable().meta({ description: 'The first day that counts again' }),
        by: seat,
        resumptions: z.array(
          z.object({
            on: date.meta({ description: 'The first day that counts again' }),
            obligations: z.array(subject).meta({ description: 'What runs again before the rest; empty: all' }),
            redated: z.array(
              z.object({
                ...subject.shape,
                review: z.boolean().meta({ description: 'It is the time to review that has moved' }),
                before: date,
                after: date,
                lostDays: z.int(),
              }),
            ),
            ...account,
          }),
        ),
        ...account,
      }),
    ),
    overrides: z
      .array(
        z.object({
          obligation: subject,
          by: seat,
          dueOn: date.nullable(),
          responsible: seat.nullable(),
          skipped: z.boolean(),
          ...account,
        }),
      )
      .meta({ description: 'A date, an owner or a step of one duty, changed by whom the contract trusts with it' }),
    pauses: z
      .array(
        z.object({
          number: z.int().meta({ description: 'What a consent names: `suspension:<number>`' }),
          obligations: z.array(subject).meta({ description: 'Empty: all' }),
          from: date,
          agreedBy: z.array(seat),
          waitsFor: z.array(seat),
          ...account,
        }),
      )
      .meta({ description: 'Pauses that one side has asked for and the other has not agreed to' }),
    renewal: z.object({
      expiresOn: date.nullable(),
      announced: z.object({ internal: date.nullable(), parties: date.nullable() }),
      objectedTo: date.nullable(),
      objectedBy: seat.nullable(),
      terms: z.array(
        z.object({
          before: date,
          expiresOn: date,
          afresh: z.boolean().meta({ description: 'What recurs at an interval is counted anew from its first day' }),
          cut: z.array(subject).meta({ description: 'Cycles that ended with the term before' }),
        }),
      ),
      pack: z
        .object({
          duties: z.array(subject),
          plans: z.array(subject),
          goals: z.array(z.object({ goal: z.string(), title: text, value: z.string().nullable() })),
          trend: z.array(subject.extend({ score: z.string().nullable() })).meta({
            description: 'What analysed surveys measured, the earliest cycle first, on their questionnaire’s scale',
          }),
          surveys: z
            .object({ inTime: z.int(), late: z.int(), missing: z.int() })
            .nullable()
            .meta({ description: 'How many surveys of this term were handed in; null where none is owed' }),
          matters: z.array(z.object({ id: z.string(), kind: z.enum(MATTER_KINDS) })),
          breaches: z.array(z.string()),
          claims: z.array(z.string()),
          claimed: z
            .array(z.object({ currency: z.string(), amount }))
            .nullable()
            .meta({
              description: 'What these claims come to, by currency; null for those who may not read the ledger',
            }),
        })
        .nullable()
        .meta({ description: 'What stands beside the decision on the renewal, as of now; null where none is ahead' }),
    }),
    breaches: z.array(
      z.object({
        id: z.string(),
        by: seat,
        against: seat,
        obligation: subject.nullable(),
        status: z.enum(['notified', 'negotiating', 'cured', 'failed']),
        servedOn: date.nullable(),
        due: due.nullable(),
        ...account,
      }),
    ),
    terminations: z.array(
      z.object({
        id: z.string(),
        by: seat,
        ground: z.string(),
        code: z.string().nullable(),
        breach: z.string().nullable(),
        waitsFor: z.array(seat),
        servedOn: date.nullable(),
        endsOn: date.nullable(),
        due: due.nullable(),
        mayObject: z.array(seat).meta({ description: 'Who may still object to it (S001c-63)' }),
        objections: z.array(z.object({ by: seat, ...account })),
        ...account,
      }),
    ),
    settlement: z.object({
      items: z.array(
        z.object({
          item: z.string(),
          title: text,
          outcome: z.enum(['settled', 'waived', 'disputed']).nullable(),
          ...account,
        }),
      ),
      statedAt: iso.nullable(),
      statement: z.array(balance).nullable().meta({ description: 'The final statement' }),
    }),
    afterwards: z.array(
      z.object({
        rule: z.string(),
        title: text,
        kind: z.string().nullable(),
        responsible: seat,
        until: due.nullable().meta({
          description:
            'Null and `endless`: it is agreed to have no end. Null and not `endless`: no length is agreed; data and hand-over last until they are confirmed, the rest does not keep the agreement from closing',
        }),
        endless,
        endedAt: iso.nullable(),
        clauses,
      }),
    ),
    claims: z
      .array(
        z.object({
          id: z.string(),
          by: seat,
          against: seat,
          amount,
          currency: z.string(),
          obligation: subject.nullable(),
          liability: z.string().nullable(),
          lossOn: date,
          status: z.enum(['made', 'overdue', 'agreed', 'disputed', 'dropped']),
          answerDue: due.nullable(),
          payable: amount.nullable(),
          recovered: amount,
          cause: z.string().nullable(),
          items: z.array(z.object({ what: z.string(), amount: amount.optional() })),
          answers: z.array(
            z.object({
              verdict: z.string(),
              by: seat,
              amount: amount.nullable(),
              setOff: amount.nullable(),
              ...account,
            }),
          ),
          ...account,
        }),
      )
      .meta({ description: 'For those who may read the ledger' }),
    caps: z
      .array(
        z.object({
          cap: z.string().meta({ description: 'Liability’s id, `penalty:<obligation>`, or `penalties` (our warning)' }),
          title: text,
          amount: amount.nullable().meta({ description: 'Null: none is agreed, neither zero nor infinite' }),
          currency: z.string(),
          used: amount,
          left: amount.nullable(),
          percent: z.number().nullable(),
          reached: z.array(z.int()).meta({ description: 'Shares that were warned of, in percent' }),
          ours: z.boolean().meta({ description: 'A threshold of ours that warns, no limit of contract or law' }),
          clauses,
        }),
      )
      .meta({ description: 'For those who may read the ledger' }),
    waivers: z
      .array(
        z.object({
          number: z.int(),
          obligation: subject,
          days: z.int(),
          amount,
          by: seat,
          approved: z.boolean(),
          waitsFor: z
            .array(seat)
            .meta({ description: 'The creditor’s own seat, by another person than who asked for it' }),
          ...account,
        }),
      )
      .meta({ description: 'For those who may read the ledger' }),
    balances: z.array(balance).meta({ description: 'What is posted; for those who may read the ledger' }),
    bookings: z
      .array(z.object({ booking: z.string(), kind: z.string(), ...balance.shape, ...account }))
      .meta({ description: 'For those who may read the ledger' }),
    matters: z.array(
      z.object({
        id: z.string(),
        kind: z.enum(['request', 'incident', 'dispute', 'meeting']),
        status: z.enum(['open', 'overdue', 'answered', 'refused', 'escalated', 'closed']),
        rule: z.string().nullable(),
        clauses,
        from: seat,
        to: seat.nullable(),
        about: subject.nullable(),
        on: date.nullable(),
        due: due.nullable(),
        endedAt: iso.nullable(),
        topic: z.string().nullable(),
        details: z.string().nullable(),
        agenda: z.string().nullable(),
        steps: z.array(matterStep),
        ...account,
      }),
    ),
  })
  .meta({ id: 'Life' });

export type LifeView = z.output<typeof lifeSchema>;

export const previewSchema = z
  .object({
    changes: z.array(change),
    terms: z.array(termChange),
    refused: z
      .object({ code: z.string(), title: z.string(), message: z.string() })
      .nullable()
      .meta({ description: 'Why it could not be proposed so' }),
  })
  .meta({ id: 'AmendmentPreview' });
