import { format } from 'prettier';
import { expect, test } from 'vitest';
import { CONFIGURATION } from '../../config.ts';
import { environmentOf, PROCESSES, services } from '../compose/compose-file.ts';

// Written anew by `npx vitest run test/gates/variables.test.ts -u`.
test('docs/variables.md says what config.ts knows', async () => {
  const rows = CONFIGURATION.map(({ name, purpose, default: otherwise, secret }) => {
    const processes = PROCESSES.filter((process) => name in (services[process]!.environment ?? {}));
    const cells = [
      `\`${name}\``,
      `${purpose}${secret ? ' (secret)' : ''}`,
      otherwise ?? '–',
      processes.join(', ') || '–',
    ];
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('<', '&lt;')).join(' | ')} |`;
  });
  const table = [
    '| Variable | Purpose | Without it | In docker-compose.yml for |',
    '| --- | --- | --- | --- |',
    ...rows,
  ];
  const text = `# Variables of the environment\n\nMade from \`config.ts\` by \`test/gates/variables.test.ts\`; an empty variable counts as absent.\n\n${table.join('\n')}\n`;
  await expect(await format(text, { parser: 'markdown' })).toMatchFileSnapshot('../../docs/variables.md');
});

test('no process is given a variable twice with two meanings', () => {
  const values = {
    POSTGRES_PASSWORD: 'p',
    AUTH_SECRET: 'a',
    API_KEY: 'k',
    PUBLIC_URL: 'u',
    SMTP_URL: 's',
    MAIL_FROM: 'm',
  };
  const seen: Record<string, string> = {};
  for (const process of PROCESSES) {
    for (const [name, value] of Object.entries(environmentOf(process, values))) {
      expect(seen[name] ?? value).toBe(value);
      seen[name] = value;
    }
  }
});
