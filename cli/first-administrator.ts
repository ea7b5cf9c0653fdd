import { systemClock } from '../activities/clock.ts';
import { setupLink } from '../api/accounts/setup.ts';
import { openDatabase } from '../prisma/database.ts';
import { print } from './output.ts';

const WORDS = {
  zh: (link: string) => [
    '尚无管理员。请在 24 小时内用以下一次性链接创建首位管理员（每次启动更换，请勿转发）：',
    `  ${link}`,
  ],
  en: (link: string) => [
    'There is no administrator yet. Make the first one within 24 hours by this link (once; a new one at each start; keep it to yourself):',
    `  ${link}`,
  ],
};

/**
 * Prints, while nobody is administrator, the one-time link that makes the first one: on the terminal of whoever started
 * this, and not among the lines of the log.
 */
export async function printSetupLink(
  { databaseUrl, publicUrl }: { databaseUrl: string; publicUrl: string },
  language: 'zh' | 'en',
): Promise<void> {
  const database = openDatabase(databaseUrl);
  try {
    const link = await setupLink({ database, clock: systemClock, publicUrl });
    if (link !== null) print(...WORDS[language](link), '');
  } finally {
    await database.$disconnect();
  }
}
