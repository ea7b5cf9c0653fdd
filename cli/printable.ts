/**
 * Text from elsewhere as a terminal may have it: control characters, marks that turn or hide text and line breaks are
 * written as `\u001b`, so that nothing but the text itself reaches the screen.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (sign) =>
    Array.from({ length: sign.length }, (_unit, at) => unitText(sign.charCodeAt(at))).join(''),
  );
}

/** JSON for a reader or a program: the same value, whatever stands in its texts. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value, null, 2).split('\n').map(printable).join('\n');
}

function unitText(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}
