import { z } from 'zod';
import { THIRD } from '../domain/agreement/parties.ts';
import { clauses, roleKey, ruleId, termName, textSchema } from './names.ts';
import { ANCHOR_EVENTS, obligationSchema, penaltySchema } from './obligation-schema.ts';
import { references, typeNamed } from './references.ts';
import { ruleSchema } from './rule-schema.ts';
import { isNullable, termSchema } from './term-schema.ts';

const shape = {
  format: z.literal(1),
  id: ruleId,
  version: z.int().min(1),
  /** The source text that it was made from; several with commas. */
  source: z.string().min(1),
  title: textSchema,
  summary: textSchema,
  /** A contract of two or more parties, or an internal policy, which has one and ends by repeal. */
  nature: z.enum(['contract', 'policy']).default('contract'),
  parties: z.record(roleKey, textSchema),
  /** Who acts for a party in one capacity: a department, a customer manager. Unfilled, the party itself does. */
  seats: z
    .array(
      z.strictObject({
        id: ruleId,
        /** A role key, or the term of type party that says which side it is on; `third` of a third party, on none. */
        party: z.union([roleKey, termName]),
        title: textSchema,
        clauses,
      }),
    )
    .default([]),
  /** Who signs (of a policy: who approves and posts it). */
  signatories: z.array(roleKey).min(1),
  noticeHours: z.strictObject({ days: termName, from: termName, to: termName }),
  /** The clauses that the agreement's own events bear. */
  clauses: z.strictObject({
    start: clauses,
    signing: clauses,
    inForce: clauses,
    termination: clauses,
    expiry: clauses,
  }),
  terms: z.array(termSchema),
  /** Parameters of the clauses that are no terms, and where they stand instead: `parties.A.name`, `zone`, `signedOn`. */
  elsewhere: z.array(z.strictObject({ parameter: z.string(), at: z.string() })).default([]),
  /** What several terms must keep together, where they have values. */
  constraints: z
    .array(
      z.discriminatedUnion('kind', [
        /** They add up to the total: no more at any time, and just that when all are there. */
        z.strictObject({
          kind: z.literal('total'),
          terms: z.array(termName).min(2),
          /** Counted where they have a value, not missed where they have none. */
          optional: z.array(termName).default([]),
          is: z.int(),
          clauses,
        }),
        /** None before (or smaller than) the one named earlier. */
        z.strictObject({ kind: z.literal('order'), terms: z.array(termName).min(2), clauses }),
      ]),
    )
    .default([]),
  attachments: z
    .array(
      z.strictObject({
        number: z.int().min(1),
        title: textSchema,
        clauses,
        /** The obligation that runs it; without, this version only names it. */
        obligation: ruleId.optional(),
      }),
    )
    .default([]),
  obligations: z.array(obligationSchema).min(1),
  penalties: z.array(penaltySchema).default([]),
  rules: z.array(ruleSchema).default([]),
  /** A paragraph of this template's own in a mail, for all of a kind or for one obligation. */
  wording: z.array(z.strictObject({ notice: z.string(), obligation: ruleId.optional(), text: textSchema })).default([]),
  ending: z.strictObject({
    /** Last day of the term: a date, or so many years or months after the effect; the date wins where both are agreed. */
    expiry: z.strictObject({
      id: ruleId,
      on: termName.optional(),
      years: termName.optional(),
      months: termName.optional(),
    }),
    termination: z.array(z.literal('agreed')),
  }),
};

/** An agreement kind as data. Unknown keys are errors; every name used must be declared. */
export const templateSchema = z.strictObject(shape).superRefine((template, context) => {
  const wrong = (path: (string | number)[], expected: string): void =>
    context.addIssue({ code: 'custom', path, message: expected });
  const once = (names: string[], list: string): void =>
    names.forEach((name, index) => {
      if (names.indexOf(name) < index) wrong([list, index], `a name used once, not a second ${name}`);
    });
  const roles = Object.keys(template.parties);
  const seats = template.seats.map(({ id }) => id);
  const isSeat = (seat: string): boolean => roles.includes(seat) || seats.includes(seat);
  const obligations = template.obligations.map(({ id }) => id);
  once(
    template.terms.map(({ name }) => name),
    'terms',
  );
  once(seats, 'seats');
  once(obligations, 'obligations');
  once(
    template.penalties.map(({ id }) => id),
    'penalties',
  );
  once(
    template.rules.map(({ id }) => id),
    'rules',
  );

  template.seats.forEach(({ party }, index) => {
    const byTerm = template.terms.find(({ name }) => name === party)?.type === 'party';
    if (party === THIRD) return;
    if (!roles.includes(party) && !byTerm) wrong(['seats', index, 'party'], `one of the parties ${roles.join(', ')}`);
  });
  template.signatories.forEach((role, index) => {
    if (!roles.includes(role)) wrong(['signatories', index], `one of the parties ${roles.join(', ')}`);
  });
  for (const { path, name, types } of references(template)) {
    const type = typeNamed(template.terms, name);
    if (!type || (types.length > 0 && !types.includes(type))) {
      const named = types.length === 0 ? 'the name of a term' : `the name of a term of type ${types.join(' or ')}`;
      const isOwner = ['responsible', 'payer', 'payee', 'liable', 'planner', 'by'].includes(String(path.at(-1)));
      wrong(path, isOwner ? `one of ${[...roles, ...seats].join(', ')}, or ${named}` : named);
    }
  }
  template.terms.forEach((term, index) => {
    const at = ['terms', index];
    if (!term.required && !isNullable(term) && !('value' in term && term.value !== undefined)) {
      wrong(at, 'a value, or required: true, or nullable: true');
    }
    if (term.type === 'map' && term.value !== undefined && !roles.includes(term.value)) {
      wrong([...at, 'value'], `one of the parties ${roles.join(', ')}`);
    }
    if (term.type === 'enum' && term.value !== undefined && !term.options.some(({ value }) => value === term.value)) {
      wrong([...at, 'value'], `one of ${term.options.map(({ value }) => value).join(', ')}`);
    }
  });
  template.constraints.forEach((constraint, index) => {
    const { kind } = constraint;
    const terms = kind === 'total' ? [...constraint.terms, ...constraint.optional] : constraint.terms;
    const types = kind === 'total' ? ['percent', 'number', 'integer'] : ['date', 'integer', 'number', 'percent'];
    terms.forEach((name, place) => {
      const term = template.terms.find((one) => one.name === name);
      if (!term || !types.includes(term.type)) {
        wrong(['constraints', index, 'terms', place], `the name of a term of type ${types.join(' or ')}`);
      }
    });
  });
  template.penalties.forEach(({ creditor }, index) => {
    if (creditor === 'other-party' && roles.length !== 2) {
      wrong(['penalties', index, 'creditor'], 'two parties, because a penalty goes to the other party');
    }
    if (creditor !== 'other-party' && !roles.includes(creditor)) {
      wrong(['penalties', index, 'creditor'], `one of the parties ${roles.join(', ')}`);
    }
  });
  template.obligations.forEach((obligation, index) => {
    const at = ['obligations', index];
    if (obligation.penalty !== undefined && !template.penalties.some(({ id }) => id === obligation.penalty)) {
      wrong([...at, 'penalty'], 'the id of a penalty');
    }
    const { anchor, before, ...deadline } = obligation.deadline;
    const offsets = ['days', 'workingDays', 'months', 'years', 'hours', 'duration'].filter(
      (unit) => deadline[unit as 'days'] !== undefined,
    );
    if (offsets.length > 1) wrong([...at, 'deadline'], `one of ${offsets.join(', ')}, not several`);
    if (before && offsets.length === 0) wrong([...at, 'deadline', 'before'], 'days, months or years to count back');
    if (typeof anchor === 'object') {
      const of = 'obligation' in anchor ? anchor.obligation : 'of' in anchor ? anchor.of : undefined;
      if (of !== undefined && !obligations.includes(of))
        wrong([...at, 'deadline', 'anchor'], 'the id of an obligation');
      if ('period' in anchor && obligation.every)
        wrong([...at, 'every'], 'nothing: a calendar period recurs by itself');
      // Said here, because a union says only that nothing of it fits.
      if ('event' in anchor && !ANCHOR_EVENTS.includes(anchor.event))
        wrong([...at, 'deadline', 'anchor', 'event'], `one of ${ANCHOR_EVENTS.join(', ')}`);
      if (('obligation' in anchor || 'event' in anchor) && obligation.every)
        wrong([...at, 'every'], 'nothing: it comes as often as what it follows');
    }
    const { edge: _edge, ...interval } = obligation.every ?? { edge: 'end' };
    if (obligation.every && Object.keys(interval).length !== 1) {
      wrong([...at, 'every'], 'one of days, months, years, duration');
    }
    const names = (list: readonly string[], field: string): void =>
      list.forEach((seat, place) => {
        if (!isSeat(seat)) wrong([...at, field, place], `one of ${[...roles, ...seats].join(', ')}`);
      });
    names(
      (obligation.review?.reviewers ?? []).filter((seat) => seat !== 'other-party'),
      'review',
    );
    names(
      obligation.escalation.map(({ to }) => to).filter((to) => to !== 'coordinator'),
      'escalation',
    );
  });
  template.rules.forEach((rule, index) => {
    if ('obligation' in rule && rule.obligation !== undefined && !obligations.includes(rule.obligation)) {
      wrong(['rules', index, 'obligation'], 'the id of an obligation');
    }
  });
  template.attachments.forEach(({ obligation }, index) => {
    if (obligation !== undefined && !obligations.includes(obligation)) {
      wrong(['attachments', index, 'obligation'], 'the id of an obligation');
    }
  });
  template.wording.forEach(({ obligation }, index) => {
    if (obligation !== undefined && !obligations.includes(obligation)) {
      wrong(['wording', index, 'obligation'], 'the id of an obligation');
    }
  });
});

export type Template = z.output<typeof templateSchema>;
export type { Term } from './term-schema.ts';
