import { z } from 'zod';
import { CUSTOMER_TIERS } from '../../domain/survey/compiled.ts';
import { emailSchema, languageSchema, personSchema } from '../../templates/parties.ts';

const line = personSchema.shape.name.trim();
/** Digits with what people put between them; an extension may follow. */
const PHONE = /^\+?[0-9(][0-9 ().\-/]{3,38}(?: ?(?:ext\.?|x|转|#) ?[0-9]{1,8})?$/i;

/** What a customer's fields may hold: the same over HTTP and in a table. */
export const customerFields = {
  key: line.max(100),
  name: line,
  contact: line,
  tier: z.enum(CUSTOMER_TIERS),
  segment: line.max(100),
  language: languageSchema,
  email: emailSchema.transform((address) => address.toLowerCase()),
  phone: z.string().trim().regex(PHONE, { error: 'invalid-phone' }),
  address: line,
};
