import { z } from 'zod';
import { ENGAGEMENT_END_GROUNDS } from '../../domain/agreement/compiled.ts';
import { LOSS_CATEGORIES } from '../../domain/engagement/command.ts';
import { AGREEMENT_SECTIONS } from '../../domain/engagement/compiled.ts';
import { isLocalDate } from '../../domain/local-date.ts';
import { DECIMAL, fromForm, whoFields as who } from '../life/bodies.ts';
import { knownId } from '../schemas.ts';

/** What the acts of an engagement take. Lists and maps come as JSON text in a field where a form brings files along. */
const date = z.string().refine(isLocalDate, { error: 'invalid-date' });
const title = z.string().trim().min(1).max(200);
const words = z.string().trim().min(1).max(20_000);
const note = z.string().trim().min(1).max(2_000);
const amount = z
  .string()
  .regex(DECIMAL)
  .meta({ description: 'A decimal string', examples: ['100000.00'] });
const named = (prefix: string) => z.string().regex(new RegExp(`^${prefix}-\\d{1,4}$`));

/** One value or several: a form's field that stands once is a text. */
function several<T extends z.ZodType>(one: T, most: number) {
  const listed = (value: unknown): unknown => {
    const read = fromForm(value);
    return read === undefined || Array.isArray(read) ? read : [read];
  };
  return z.preprocess(listed, z.array(one).max(most).default([]));
}

/** The words of a map by name; a form brings it as JSON. */
const byName = <T extends z.ZodType>(value: T) =>
  z.preprocess(fromForm, z.record(z.string().max(100), value).default({}));

/** A legal person, or another organisation (S001a-41): no natural person may be brought in. */
export const ORGANISATION_KINDS = ['legal-person', 'other-organisation'] as const;

const thirdParty = z
  .strictObject({
    name: title.meta({ description: 'The organisation' }),
    kind: z.enum(ORGANISATION_KINDS),
    registration: z.string().trim().min(1).max(100).optional().meta({ description: 'Its registration number' }),
    contact: z.string().trim().min(1).max(100).optional(),
    email: z.email().max(254).optional().meta({
      description: 'Where its contact is written to; missing: what it says is entered by the coordinator',
    }),
    language: z.enum(['zh', 'en']).default('zh'),
  })
  .meta({ description: 'Who it is. Missing: whoever fills the agreement’s own seat `third`' });

const application = {
  ...who,
  purpose: words.optional(),
  effect: words.optional().meta({ description: 'What it is expected to bring about' }),
  scope: several(knownId, 20).meta({ description: 'Codes of `rules.scopes`' }),
  otherScope: several(note, 20).meta({ description: 'Scope in words of one’s own' }),
  interest: z
    .enum(['none', 'conflict'])
    .optional()
    .meta({ description: 'Whether the applicant has an interest in the third party' }),
  interestDetails: note.optional(),
};

export const newEngagement = z.strictObject({
  ...application,
  rule: knownId.optional().meta({ description: 'Of `rules` of the list; may be missing where one alone is there' }),
  thirdParty: z.preprocess(fromForm, thirdParty).optional(),
});

export const applyAgainBody = z.strictObject({
  ...application,
  thirdParty: z.preprocess(fromForm, thirdParty).optional(),
});

export const replyBody = z.strictObject({
  ...who,
  verdict: z.enum(['agree', 'refuse', 'ask']),
  reason: words.optional().meta({ description: 'Why it is refused, what is asked for' }),
});

export const provideBody = z.strictObject({ ...who, details: words });
export const withdrawBody = z.strictObject({ ...who, reason: note.optional() });

export const negotiateBody = z.strictObject({
  ...who,
  heldOn: date.meta({ description: 'Not after today' }),
  present: several(knownId, 20).meta({ description: 'Who was there: role keys, `third`' }),
  minutes: words.optional(),
});

const fee = z.discriminatedUnion('basis', [
  z.strictObject({ basis: z.literal('agreed'), amount }),
  z.strictObject({ basis: z.literal('actual') }),
]);

export const draftBody = z.strictObject({
  ...who,
  sections: byName(words).meta({ description: `Words by section: ${AGREEMENT_SECTIONS.join(', ')}` }),
  scope: several(knownId, 20),
  otherScope: several(note, 20),
  fee: z
    .preprocess(fromForm, fee.nullable())
    .default(null)
    .meta({ description: 'A sum agreed on, or what it really costs; null: no fee' }),
  cap: z
    .preprocess(nothing, amount.nullable())
    .optional()
    .meta({ description: 'A sum; null: as the law provides, which is neither zero nor unlimited' }),
  rationale: byName(note).meta({ description: 'Why so much, by the factors that the contract names' }),
  endsOn: z
    .preprocess(nothing, date.nullable())
    .default(null)
    .meta({ description: 'Its last day; null: none is agreed' }),
  milestones: z
    .preprocess(
      fromForm,
      z
        .array(
          z.strictObject({
            what: note,
            standard: note.optional().meta({ description: 'By what it is accepted' }),
            dueOn: date.nullable().default(null),
          }),
        )
        .max(50),
    )
    .default([]),
});

export const reviewDraftBody = z.strictObject({
  ...who,
  verdict: z.enum(['accept', 'reject']),
  points: several(note, 100),
});

export const signEngagementBody = z.strictObject({
  ...who,
  signedOn: date.optional().meta({ description: 'The date on the paper; today when missing' }),
});
export const refuseSignatureBody = z.strictObject({ ...who, reason: note });

export const undertakeBody = z.strictObject({ ...who, what: z.enum(['secrecy', 'site-rules']) });
export const accessBody = z.strictObject({ ...who, step: z.enum(['grant', 'withdraw']), reason: note.optional() });
export const startWorkBody = z.strictObject({ ...who });
export const reportInvolvementBody = z.strictObject({ ...who, foundOn: date, details: words });
export const assignBody = z.strictObject({ ...who, title, details: note.optional(), scope: knownId });

export const deliverBody = z.strictObject({ ...who, milestone: knownId, note: words.optional() });
export const judgeDeliveryBody = z.strictObject({
  ...who,
  milestone: knownId,
  verdict: z.enum(['accept', 'reject']),
  points: several(note, 100),
});
export const shortcomingBody = z.strictObject({
  ...who,
  title: title.meta({ description: 'The shortcoming in a few words' }),
  details: words.optional(),
  dimension: knownId.optional().meta({ description: 'Of the satisfaction that is measured' }),
  severity: z.coerce.number().int().min(1).max(5).meta({ description: '1 (slight) to 5 (grave)' }),
});
export const reviewEffectBody = z.strictObject({
  ...who,
  milestone: knownId,
  verdict: z.enum(['good', 'poor']),
  note: words.optional(),
});

export const superviseBody = z.strictObject({
  ...who,
  report: named('report').optional().meta({ description: 'The report that the entry joins; missing: a new one' }),
  title: title.optional().meta({ description: 'Of a new report: its period or occasion' }),
  findings: words,
});

export const askSupportBody = z.strictObject({
  ...who,
  of: several(knownId, 20).meta({ description: 'Who is asked; empty: all that the contract names' }),
  title,
  details: words.optional(),
});
export const answerSupportBody = z.strictObject({ ...who, request: named('request'), details: words });

export const chargeBody = z.strictObject({
  ...who,
  amount,
  paidBy: knownId.optional().meta({ description: 'A party that has paid the whole: the others owe it their shares' }),
  note: note.optional(),
});
export const payThirdBody = z.strictObject({
  ...who,
  amount,
  reference: z.string().trim().min(1).max(200).optional().meta({ description: "The bank's or the receipt's number" }),
});

export const proposeCapBody = z.strictObject({
  ...who,
  amount: z.preprocess(nothing, amount.nullable()).meta({ description: 'Null: as the law provides' }),
  rationale: byName(note),
  reason: note.optional(),
});
export const answerCapBody = z.strictObject({
  ...who,
  verdict: z.enum(['consent', 'decline']),
  reason: note.optional(),
});

export const reportLossBody = z.strictObject({
  ...who,
  amount,
  cause: knownId.meta({ description: 'Whose doing it was: `third`, or a role key' }),
  category: z.enum(LOSS_CATEGORIES),
  of: knownId.optional().meta({ description: 'Who suffered it; missing: whoever reports it' }),
  lossOn: date.optional().meta({ description: 'The day on which it occurred: the cap of that day holds' }),
  details: words,
});
export const answerLossBody = z.strictObject({
  ...who,
  loss: named('loss'),
  verdict: z.enum(['agree', 'dispute', 'drop']),
  amount: amount.optional().meta({ description: 'Agreed, if less than asked' }),
  reason: note.optional(),
});
export const recourseBody = z.strictObject({ ...who, loss: named('loss'), amount, note: note.optional() });

export const endEngagementProcessBody = z.strictObject({
  ...who,
  ground: z.enum([...ENGAGEMENT_END_GROUNDS, 'agreed']),
  reason: note.optional(),
});
export const serveBody = z.strictObject({
  ...who,
  notice: z.enum(['cap', 'end']),
  servedOn: date.meta({ description: 'Handed over on this day, with the receipt' }),
});
export const settleBody = z.strictObject({ ...who, item: knownId, note: note.optional() });

/** An empty field of a form, and `null` in one, say that there is none. */
function nothing(value: unknown): unknown {
  return value === '' || value === 'null' ? null : value;
}
