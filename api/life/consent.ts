/** What may be replaced while somebody reads it: consent to it names what was shown. */
const SHOWN = new Map([
  ['baseline', /^baseline:[^@]+@.+$/],
  ['suspension', /^suspension:.+$/],
  ['termination', /^termination:.+$/],
]);

/**
 * Whether an approval names all that it consents to: `baseline:<goal>@<value>`, `suspension:<number>`,
 * `termination:<notice>`. The word alone would take whatever waits by the time it arrives.
 */
export function isBound(what: string): boolean {
  return SHOWN.get(what.split(':')[0] ?? '')?.test(what) ?? true;
}
