import { z } from 'zod';
import type { Problem } from './problem.ts';
import type { Template } from './schema.ts';

/** Control characters and line breaks would end a mail header or a log line; half a surrogate pair is no text. */
const PLAIN = /^[^\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]*$/u;
const EMAIL =
  /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;

const line = z
  .string()
  .max(200)
  .regex(PLAIN, { error: 'invalid-text' })
  .refine((text) => text.trim() !== '', { error: 'invalid-text' });

/** At most 200 characters, no control characters: what can stand in a mail header. */
export const emailSchema = z.string().max(200).regex(EMAIL, { error: 'invalid-email' });

export const languageSchema = z.enum(['zh', 'en']);

/** Somebody to write to. */
export const personSchema = z.strictObject({
  name: line,
  email: emailSchema,
  language: languageSchema.default('zh'),
});

/** A party: the name of the organisation, and of the person there who gets the mail, if another. */
export const partySchema = personSchema.extend({ contact: line.optional() });

export type Person = z.output<typeof personSchema>;
export type Party = z.output<typeof partySchema>;

/**
 * What is wrong with well-formed parties of a template: one missing (`missing-party`), one that the template does not
 * have (`unknown-party`), one person on both sides (`same-person-on-both-sides`; design §3). `malformed` are role keys
 * that were there but could not be read.
 */
export function partyProblems(
  template: Template,
  parties: Record<string, Party>,
  malformed: readonly string[] = [],
): Problem[] {
  const roles = Object.keys(template.parties);
  const problems: Problem[] = [];
  for (const role of roles) {
    if (Object.hasOwn(parties, role) || malformed.includes(role)) continue;
    const name = template.parties[role];
    problems.push({
      path: `parties.${role}`,
      code: 'missing-party',
      message: { zh: `缺少${name?.zh ?? role}`, en: `${name?.en ?? role} is missing` },
      cure: { zh: '请填写 name 和 email', en: 'give its name and email' },
    });
  }
  for (const role of Object.keys(parties)) {
    if (roles.includes(role)) continue;
    problems.push({
      path: `parties.${role}`,
      code: 'unknown-party',
      message: { zh: `模板没有当事方“${role}”`, en: `the template has no party "${role}"` },
      cure: { zh: `可用的：${roles.join('、')}`, en: `the parties are ${roles.join(', ')}` },
    });
  }
  const seen: string[] = [];
  for (const role of roles) {
    const email = parties[role]?.email.toLowerCase();
    if (email === undefined) continue;
    if (seen.includes(email)) {
      problems.push({
        path: `parties.${role}.email`,
        code: 'same-person-on-both-sides',
        message: { zh: '同一人不能代表两方', en: 'one person cannot sit on both sides' },
        cure: { zh: '请为各方填写不同的电子邮件地址', en: 'give each party an e-mail address of its own' },
      });
    }
    seen.push(email);
  }
  return problems;
}
