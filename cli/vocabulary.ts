import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import {
  AGREEMENT_STATUS_WORDS,
  EVENT_WORDS,
  LEDGER_WORDS,
  NOTICE_WORDS,
  OBLIGATION_KIND_WORDS,
  OBLIGATION_STATUS_WORDS,
  REJECTION_WORDS,
  RUNG_WORDS,
} from '../domain/agreement/vocabulary.ts';
import type { Text } from '../domain/time.ts';

/** `docs/vocabulary.md`, made from the code. */
export function vocabularyPage(): string {
  const table = (title: string, words: Record<string, Text>) =>
    [
      `## ${title}`,
      '',
      '| word | 中文 | meaning |',
      '| --- | --- | --- |',
      ...Object.entries(words).map(([word, { zh, en }]) => `| \`${word}\` | ${zh} | ${en} |`),
      '',
    ].join('\n');
  return [
    '# Vocabulary 词汇表',
    '',
    'Every word that goes over the wire: in events, notices, the ledger, the API and `abide simulate`. Made from',
    '`domain/agreement/vocabulary.ts` by `npx tsx cli/vocabulary.ts`; later versions add words and rename none.',
    '',
    table('Events 事件', EVENT_WORDS),
    table('Status of an agreement 协议状态', AGREEMENT_STATUS_WORDS),
    table('Kinds of an obligation 义务类别', OBLIGATION_KIND_WORDS),
    table('Status of an obligation 义务状态', OBLIGATION_STATUS_WORDS),
    table('Notices 通知', NOTICE_WORDS),
    table('Rungs of a reminder ladder 提醒档次', RUNG_WORDS),
    table('Kinds of a ledger line 台账种类', LEDGER_WORDS),
    table('Rejections 拒绝代码', REJECTION_WORDS),
  ].join('\n');
}

// Run as a script, it writes the page.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const page = await format(vocabularyPage(), { parser: 'markdown', printWidth: 120, proseWrap: 'preserve' });
  writeFileSync(new URL('../docs/vocabulary.md', import.meta.url), page);
}
