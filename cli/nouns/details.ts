import type { Text } from '../../domain/time.ts';

/**
 * What an event is about is printed as codes, sums and dates, which need no language: `loss-1; 120000.00; recoverable
 * 100000.00, own-loss 20000.00`. For readers of a transcript its words are put into Chinese; what is no word of the
 * noun's stays as it is.
 */
export function detailInChinese(detail: string, words: Record<string, string>): string {
  return detail
    .split(/(; |, |: | \/ | \(|\)| )/)
    .map((part) => SEPARATORS[part] ?? (Object.hasOwn(words, part) ? words[part] : part))
    .join('');
}

const SEPARATORS: Record<string, string> = { '; ': '；', ', ': '，', ': ': '：', ' / ': '、', ' (': '（', ')': '）' };

/** The Chinese of several vocabularies, by code. */
export function chineseOf(...vocabularies: Record<string, Text>[]): Record<string, string> {
  return Object.fromEntries(
    vocabularies.flatMap((words) => Object.entries(words).map(([code, { zh }]) => [code, zh] as const)),
  );
}
