import type { Text } from '../domain/time.ts';
import type { Problem } from '../templates/problem.ts';

export type Language = 'zh' | 'en';

/** The terminal's language, from LC_ALL, LC_MESSAGES or LANG (which ICU reads): zh when it says so, else en. */
export function language(): Language {
  return Intl.DateTimeFormat().resolvedOptions().locale.startsWith('zh') ? 'zh' : 'en';
}

/** A command cannot be done, and why: `main` prints it, exit 1. */
export class CommandFailed extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(({ path, message }) => (path === '' ? message.en : `${path}: ${message.en}`)).join('; '));
    this.name = 'CommandFailed';
    this.problems = problems;
  }

  /** The one code that all problems share, else `invalid-scenario`. */
  get code(): string {
    const [first, ...others] = new Set(this.problems.map(({ code }) => code));
    return first !== undefined && others.length === 0 ? first : 'invalid-scenario';
  }
}

const TITLES: Record<string, Text> = {
  'invalid-scenario': { zh: '剧本有误', en: 'The scenario is not valid' },
  'invalid-usage': { zh: '命令用法有误', en: 'The command was not understood' },
  'engine-unavailable': { zh: '没有可用的引擎', en: 'No engine is available' },
  'internal-error': { zh: '程序出错', en: 'Something went wrong in abide itself' },
};

/** What went wrong as one object: RFC 9457's names, without `status`. */
export function failureObject(failure: CommandFailed, lang: Language): Record<string, unknown> {
  const single = failure.problems.length === 1 ? failure.problems[0] : undefined;
  const title = TITLES[failure.code] ?? single?.message ?? TITLES['invalid-scenario'] ?? { zh: '', en: '' };
  const count = failure.problems.length;
  const detail = single
    ? `${single.path === '' ? '' : `${single.path}: `}${single.message[lang]}`
    : { zh: `共 ${count} 处有误`, en: `${count} things are wrong` }[lang];
  return {
    type: `urn:abide:${failure.code}`,
    title: title[lang],
    detail,
    errors: failure.problems.map(({ path, code, message, cure }) => ({
      path,
      code,
      message: message[lang],
      cure: cure[lang],
    })),
  };
}

/** Prints a failure to stderr, as JSON or for people, never with a stack trace; returns the exit code 1. */
export function fail(failure: CommandFailed, { json }: { json: boolean }): number {
  const lang = language();
  if (json) {
    process.stderr.write(`${JSON.stringify(failureObject(failure, lang), null, 2)}\n`);
    return 1;
  }
  const title = TITLES[failure.code];
  if (title && failure.code !== 'invalid-usage') process.stderr.write(`${title[lang]}\n`);
  for (const { path, message, cure } of failure.problems) {
    const where = path === '' ? '' : `${path}: `;
    const stop = cure[lang] === '' ? '' : lang === 'zh' ? '。' : '. ';
    process.stderr.write(`  ${where}${message[lang]}${stop}${cure[lang]}\n`);
  }
  return 1;
}

/** Prints the result as JSON and nothing else. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

/** Prints lines for people. */
export function print(...lines: string[]): void {
  process.stdout.write(lines.map((line) => `${line}\n`).join(''));
}

/** Columns on a terminal: Chinese characters and full-width signs take two. */
function width(text: string): number {
  return [...text].reduce(
    (sum, char) =>
      sum +
      (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(char)
        ? 2
        : 1),
    0,
  );
}

/** Rows under a head, in columns. */
export function table(head: string[], rows: string[][]): string[] {
  const widths = head.map((cell, column) => Math.max(width(cell), ...rows.map((row) => width(row[column] ?? ''))));
  const line = (row: string[]): string =>
    row
      .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - width(cell)))
      .join('  ')
      .trimEnd();
  return [line(head), line(widths.map((size) => '-'.repeat(size))), ...rows.map(line)];
}
