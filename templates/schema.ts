import { z } from 'zod';
import { isCurrency } from '../domain/money.ts';

/** Text for people, in both languages. */
export const textSchema = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });

const clauseId = z.string().regex(/^S\d{3}[A-Za-z]?(-[A-Za-z0-9]+)+$/, { error: 'a clause id such as S001a-60' });
const clauses = z.array(clauseId).min(1);
const termName = z.string().regex(/^[a-z][A-Za-z0-9]*$/, { error: 'a name in camelCase, the clause parameter’s own' });
const ruleId = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, { error: 'an id in kebab-case' });
const roleKey = z.string().regex(/^[A-Z][A-Za-z0-9]*$/, { error: 'a role key such as A' });
const decimal = z.string().regex(/^\d+(\.\d+)?$/, { error: 'a decimal in quotes such as "0.5"' });
const localTime = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, { error: 'a local time HH:MM such as "18:00" or "24:00"' });

const termBase = {
  name: termName,
  /** The clause parameter's name where ours differs. */
  parameter: z.string().optional(),
  clauses,
  /** `fixed`: the text says it. `blank`: the text leaves it to the parties. `vague`: the text is silent. `proposal`: ours. */
  origin: z.enum(['fixed', 'blank', 'vague', 'proposal']),
  label: textSchema,
  hint: textSchema.optional(),
  /** An agreement cannot do without it. */
  required: z.boolean().default(false),
  /** May be "not agreed"; without a value it is an open question. */
  nullable: z.boolean().default(false),
};

const bounds = { min: z.int(), max: z.int() };

/** A blank of the template, filled for one agreement. `value` is what the text fixes, or our default. */
export const termSchema = z.discriminatedUnion('type', [
  /** `currency` names the term that says which. */
  z.strictObject({ type: z.literal('money'), ...termBase, currency: termName, value: decimal.optional() }),
  z.strictObject({
    type: z.literal('currency'),
    ...termBase,
    value: z.string().refine(isCurrency, { error: 'a currency code such as CNY' }).optional(),
  }),
  z.strictObject({
    type: z.literal('integer'),
    ...termBase,
    unit: z.enum(['days']),
    ...bounds,
    value: z.int().optional(),
  }),
  z.strictObject({
    type: z.literal('percent'),
    ...termBase,
    unit: z.enum(['percent', 'percent-per-day']),
    ...bounds,
    value: decimal.optional(),
  }),
  z.strictObject({ type: z.literal('date'), ...termBase }),
  /** A day can begin at 00:00 and end at 24:00; `edge` says which of the two this is. */
  z.strictObject({
    type: z.literal('time'),
    ...termBase,
    edge: z.enum(['start', 'end']).default('end'),
    value: localTime.optional(),
  }),
  z.strictObject({
    type: z.literal('enum'),
    ...termBase,
    options: z.array(z.strictObject({ value: z.string(), label: textSchema })).min(2),
    value: z.string().optional(),
  }),
  /** From obligation ids to role keys; `value` is the role key for all. */
  z.strictObject({
    type: z.literal('map'),
    ...termBase,
    keys: z.literal('obligations'),
    values: z.literal('parties'),
    value: roleKey.optional(),
  }),
  z.strictObject({
    type: z.literal('list'),
    ...termBase,
    unit: z.enum(['days']),
    ...bounds,
    maxItems: z.int().min(1),
    value: z.array(z.int()).optional(),
  }),
]);

/** Fields named after what they hold take the name of the term that fills them. */
const obligationSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('deliverable'),
    id: ruleId,
    rule: z.literal('deliverable@1'),
    title: textSchema,
    clauses,
    responsible: termName,
    deadline: z.strictObject({ anchor: z.literal('signing'), days: termName, rollover: termName, dayEnd: termName }),
    reminderLeadDays: termName,
    review: z
      .strictObject({
        kind: z.literal('joint'),
        reviewers: z.array(roleKey).min(1),
        windowDays: termName,
        reworkDays: termName,
        clauses,
      })
      .optional(),
    penalty: ruleId.optional(),
  }),
]);

const penaltySchema = z.strictObject({
  id: ruleId,
  kind: z.literal('daily'),
  title: textSchema,
  clauses,
  base: termName,
  percentPerDay: termName,
  capPercent: termName,
  graceDays: termName,
  creditor: z.literal('other-party'),
});

const shape = {
  format: z.literal(1),
  id: ruleId,
  version: z.int().min(1),
  /** The source text that it was made from. */
  source: z.string().min(1),
  title: textSchema,
  summary: textSchema,
  parties: z.record(roleKey, textSchema),
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
  attachments: z.array(
    z.strictObject({
      number: z.int().min(1),
      title: textSchema,
      clauses,
      /** The obligation that runs it; without, this version only names it. */
      obligation: ruleId.optional(),
    }),
  ),
  obligations: z.array(obligationSchema).min(1),
  penalties: z.array(penaltySchema),
  ending: z.strictObject({
    expiry: z.strictObject({ id: ruleId, on: termName }),
    termination: z.array(z.literal('agreed')),
  }),
};

type TermType = z.output<typeof termSchema>['type'];

/** Where rules name terms: the path, the name, and the type that the term must have. */
function references(template: {
  noticeHours: { days: string; from: string; to: string };
  obligations: z.output<typeof obligationSchema>[];
  penalties: z.output<typeof penaltySchema>[];
  ending: { expiry: { on: string } };
}): { path: (string | number)[]; name: string; type: TermType; by: string }[] {
  const { noticeHours } = template;
  return [
    { path: ['noticeHours', 'days'], name: noticeHours.days, type: 'enum' as const, by: 'notices' },
    { path: ['noticeHours', 'from'], name: noticeHours.from, type: 'time' as const, by: 'notices' },
    { path: ['noticeHours', 'to'], name: noticeHours.to, type: 'time' as const, by: 'notices' },
    ...template.obligations.flatMap((obligation, index) => {
      const at = ['obligations', index];
      const by = obligation.id;
      return [
        { path: [...at, 'responsible'], name: obligation.responsible, type: 'map' as const, by },
        { path: [...at, 'deadline', 'days'], name: obligation.deadline.days, type: 'integer' as const, by },
        { path: [...at, 'deadline', 'rollover'], name: obligation.deadline.rollover, type: 'enum' as const, by },
        { path: [...at, 'deadline', 'dayEnd'], name: obligation.deadline.dayEnd, type: 'time' as const, by },
        { path: [...at, 'reminderLeadDays'], name: obligation.reminderLeadDays, type: 'list' as const, by },
        ...(obligation.review
          ? [
              {
                path: [...at, 'review', 'windowDays'],
                name: obligation.review.windowDays,
                type: 'integer' as const,
                by,
              },
              {
                path: [...at, 'review', 'reworkDays'],
                name: obligation.review.reworkDays,
                type: 'integer' as const,
                by,
              },
            ]
          : []),
      ];
    }),
    ...template.penalties.flatMap((penalty, index) => {
      const at = ['penalties', index];
      const by = penalty.id;
      return [
        { path: [...at, 'base'], name: penalty.base, type: 'money' as const, by },
        { path: [...at, 'percentPerDay'], name: penalty.percentPerDay, type: 'percent' as const, by },
        { path: [...at, 'capPercent'], name: penalty.capPercent, type: 'percent' as const, by },
        { path: [...at, 'graceDays'], name: penalty.graceDays, type: 'integer' as const, by },
      ];
    }),
    { path: ['ending', 'expiry', 'on'], name: template.ending.expiry.on, type: 'date' as const, by: 'expiry' },
  ];
}

/** An agreement kind as data. Unknown keys are errors; every name used must be declared. */
export const templateSchema = z.strictObject(shape).superRefine((template, context) => {
  const wrong = (path: (string | number)[], expected: string): void =>
    context.addIssue({ code: 'custom', path, message: expected });
  const once = (names: string[], list: string): void =>
    names.forEach((name, index) => {
      if (names.indexOf(name) < index) wrong([list, index], `a name used once, not a second ${name}`);
    });
  once(
    template.terms.map(({ name }) => name),
    'terms',
  );
  once(
    template.obligations.map(({ id }) => id),
    'obligations',
  );
  once(
    template.penalties.map(({ id }) => id),
    'penalties',
  );

  const roles = Object.keys(template.parties);
  const isRole = (role: string): boolean => roles.includes(role);
  if (template.penalties.length > 0 && roles.length !== 2) {
    wrong(['parties'], 'two parties, because a penalty goes to the other party');
  }
  template.signatories.forEach((role, index) => {
    if (!isRole(role)) wrong(['signatories', index], `one of the parties ${roles.join(', ')}`);
  });
  for (const { path, name, type } of references(template)) {
    const term = template.terms.find((one) => one.name === name);
    if (term?.type !== type) wrong(path, `the name of a term of type ${type}`);
  }
  template.terms.forEach((term, index) => {
    const at = ['terms', index];
    const needsValue = !term.required && !term.nullable;
    if (needsValue && !('value' in term && term.value !== undefined)) {
      wrong(at, 'a value, or required: true, or nullable: true');
    }
    if (term.type === 'money' && !template.terms.some((one) => one.name === term.currency && one.type === 'currency')) {
      wrong([...at, 'currency'], 'the name of a term of type currency');
    }
    if (term.type === 'map' && term.value !== undefined && !isRole(term.value)) {
      wrong([...at, 'value'], `one of the parties ${roles.join(', ')}`);
    }
    if (term.type === 'enum' && term.value !== undefined && !term.options.some(({ value }) => value === term.value)) {
      wrong([...at, 'value'], `one of ${term.options.map(({ value }) => value).join(', ')}`);
    }
  });
  template.obligations.forEach((obligation, index) => {
    if (obligation.penalty !== undefined && !template.penalties.some(({ id }) => id === obligation.penalty)) {
      wrong(['obligations', index, 'penalty'], 'the id of a penalty');
    }
    obligation.review?.reviewers.forEach((role, at) => {
      if (!isRole(role))
        wrong(['obligations', index, 'review', 'reviewers', at], `one of the parties ${roles.join(', ')}`);
    });
  });
  template.attachments.forEach(({ obligation }, index) => {
    if (obligation !== undefined && !template.obligations.some(({ id }) => id === obligation)) {
      wrong(['attachments', index, 'obligation'], 'the id of an obligation');
    }
  });
});

export type Template = z.output<typeof templateSchema>;
export type Term = Template['terms'][number];

/** Ids of the obligations and rules that a term decides about. */
export function affectedBy(template: Template, term: string): string[] {
  const ids = references(template).map((one) => ({
    ...one,
    by: one.by === 'expiry' ? template.ending.expiry.id : one.by,
  }));
  return [...new Set(ids.filter(({ name }) => name === term).map(({ by }) => by))];
}
