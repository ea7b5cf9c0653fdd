import { z } from 'zod';

/** Text for people, in both languages. */
export const textSchema = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });

export const clauseId = z
  .string()
  .regex(/^S\d{3}[A-Za-z]?(-[A-Za-z0-9]+)+$/, { error: 'a clause id such as S001a-60' });
export const clauses = z.array(clauseId).min(1);
/**
 * The clause parameter's own name, some of which have a dot (`partyA.phone`) or Chinese in them; where a term is named
 * by a rule, also one entry of a mapping (`attachmentDueDays.1`).
 */
export const termName = z.string().regex(/^[a-z][\p{L}\p{N}_]*(?:\.[A-Za-z0-9][A-Za-z0-9-]*)?$/u, {
  error: 'a name in camelCase, the clause parameter’s own',
});
export const ruleId = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, { error: 'an id in kebab-case' });
export const roleKey = z.string().regex(/^[A-Z][A-Za-z0-9]*$/, { error: 'a role key such as A' });
/** A role key (`A`) or the id of one of the template's seats (`customer-manager`). */
export const seatKey = z.union([roleKey, ruleId]);
export const optionKey = z.string().min(1).max(100);
export const decimal = z.string().regex(/^\d+(\.\d+)?$/, { error: 'a decimal in quotes such as "0.5"' });
