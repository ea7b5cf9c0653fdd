import { z } from 'zod';
import { clauseId, textSchema } from './names.ts';

/** What a clause is about. */
export const CLAUSE_KINDS = [
  'party-data',
  'definition',
  'goal',
  'deliverable',
  'recurring',
  'improvement',
  'payment',
  'survey',
  'confidentiality',
  'analysis',
  'training',
  'reporting',
  'complaint',
  'sla',
  'governance-meeting',
  'appraisal',
  'engagement',
  'risk',
  'termination',
  'post-termination',
  'liability',
  'penalty',
  'renewal',
  'amendment',
  'dispute',
  'visit',
] as const;

/** Capabilities that later versions bring; a clause that waits for one is `absent` until it lands. */
export const CAPABILITIES = {
  web: { zh: '有待网页应用上线', en: 'waits for the web application (7 of 7)' },
} as const;

/**
 * What the product does about one clause of a source.
 * `automated`: an event, notice, ledger line or refusal that bears its id occurs in a golden scenario; the build checks
 * it. `recorded`: kept, shown and exported, a person acts. `shown`: read alone. `absent`: nothing, for a reason.
 */
const clauseSchema = z
  .strictObject({
    id: clauseId,
    /** Where it stands in the source, as the source numbers it. */
    article: z.string().min(1),
    kind: z.enum(CLAUSE_KINDS),
    /** How the source has it. */
    text: z.enum(['text', 'recital', 'missing', 'heading_only', 'truncated', 'binding', 'guidance', 'policy']),
    /** What it says, in our words. */
    says: textSchema,
    /** Its blanks: terms of the template, or standing elsewhere. */
    parameters: z.array(z.string()).default([]),
    /** What the product is to do about it, in the end. */
    behaviour: z.array(z.enum(['clock', 'gate', 'sum', 'mail', 'refusal'])).default([]),
    status: z.enum(['automated', 'recorded', 'shown', 'absent']),
    /** The capability that an absent clause waits for. */
    until: z
      .enum(Object.keys(CAPABILITIES) as [keyof typeof CAPABILITIES, ...(keyof typeof CAPABILITIES)[]])
      .optional(),
    /** Why it is absent for good, or not automated though a clock, gate, sum, mail or refusal is named. */
    reason: textSchema.optional(),
  })
  .superRefine((clause, context) => {
    const wrong = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    const explained = clause.until !== undefined || clause.reason !== undefined;
    if (clause.status === 'absent' && !explained) wrong('status', 'until or reason beside absent');
    if (clause.until !== undefined && clause.status === 'automated') wrong('until', 'nothing beside automated');
    if (clause.behaviour.length > 0 && clause.status !== 'automated' && !explained) {
      wrong('status', 'automated, or until or reason, because behaviour names what is to be done');
    }
    if (clause.status === 'absent' && ['deliverable', 'party-data', 'definition'].includes(clause.kind)) {
      wrong('status', `recorded or shown: a clause of kind ${clause.kind} is never absent`);
    }
  });

/** One source text, clause by clause: `templates/<id>/clauses.yaml`. */
export const ledgerSchema = z.strictObject({
  source: z.string().min(1),
  clauses: z.array(clauseSchema).min(1),
});

export type Ledger = z.output<typeof ledgerSchema>;
export type Clause = Ledger['clauses'][number];
