import type { LoggerOptions } from 'pino';

/** Fields whose value no log gets, whatever it is. */
const SECRET_FIELDS =
  /^(?:authorization|cookie|set-?cookie|password|passwd|secret|token|api-?key|otp|totp|body|query|headers|e-?mail|address(?:es)?|recipients?|text|content)$/i;

const REDACTED = '[redacted]';
const DEEPEST = 6;

/** What gives itself away in the middle of a text: addresses, credentials, tokens of links and feeds, queries. */
const SECRETS: [RegExp, string][] = [
  [/[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+/g, '[address]'],
  [/\b(Bearer|Basic) +[\w.~+/=-]+/gi, '$1 [redacted]'],
  [/\babide_[\w-]{8,}/g, '[key]'],
  [/(\/(?:act\/|feeds\/|opt-out\/|verdict\/|answer#))[\w-]{16,}/g, '$1[token]'],
  [/([?&#](?:t|token|key|code|secret|password)=)[^\s&#"]+/gi, '$1[redacted]'],
  [/(\w+:\/\/)[^\s/@:]+:[^\s/@]+@/g, '$1[redacted]@'],
];

function scrubbed(text: string): string {
  return SECRETS.reduce((rest, [pattern, instead]) => rest.replace(pattern, instead), text);
}

function redacted(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return scrubbed(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= DEEPEST) return REDACTED;
  if (Array.isArray(value)) return value.map((one) => redacted(one, depth + 1));
  if (value instanceof Error) {
    const { name, message, stack, code } = value as Error & { code?: unknown };
    const frames = stack?.split('\n').filter((line) => /^\s+at /.test(line));
    return { name, ...(code === undefined ? {} : { code }), message: scrubbed(message), frames };
  }
  return Object.fromEntries(
    Object.entries(value).map(([field, one]) => [
      field,
      SECRET_FIELDS.test(field) ? REDACTED : redacted(one, depth + 1),
    ]),
  );
}

/**
 * The last guard of a process log: what is written there names no secrets and no people in the first place (opaque ids
 * and codes alone), and what slips in, by a library's error for example, is taken out here.
 */
export const logRedaction: Pick<LoggerOptions, 'formatters' | 'hooks'> = {
  formatters: { log: (line) => redacted(line) as Record<string, unknown> },
  hooks: {
    logMethod(args, method) {
      method.apply(this, args.map((one) => (typeof one === 'string' ? scrubbed(one) : one)) as typeof args);
    },
  },
};
