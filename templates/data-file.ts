import type { z } from 'zod';
import type { Text } from '../domain/time.ts';
import { pathText } from './problem.ts';
import { expectation } from './shape.ts';
import { readSource } from './source.ts';

/** What is wrong in a file of data: where, and what was expected there. */
export interface FileProblem {
  file: string;
  /** From 1; absent where the text names its own place. */
  line?: number;
  path: string;
  message: Text;
}

/** `templates/x/template.yaml:12: terms[3].value` */
export function problemPlace({ file, line, path }: FileProblem): string {
  return line === undefined ? file : `${file}:${line}: ${path}`;
}

/** `templates/x/template.yaml:12: terms[3].value: expected …` */
export function problemLine(problem: FileProblem, language: keyof Text): string {
  return `${problemPlace(problem)}: ${problem.message[language]}`;
}

/** A data file that was understood; `lineOf` leads from a path in it to its line. */
export interface DataFile<T> {
  value: T;
  lineOf: (path: readonly PropertyKey[]) => number;
}

/** Reads YAML by a schema: the data, or every problem with file, line, path and what was expected. `file` is its name for people. */
export function readDataFile<Schema extends z.ZodType>(
  schema: Schema,
  text: string,
  file: string,
): DataFile<z.output<Schema>> | { problems: FileProblem[] } {
  const source = readSource(text);
  if ('problems' in source) {
    return { problems: source.problems.map(({ message }) => ({ file, path: '', message })) };
  }
  const { value, lineOf } = source;
  const read = schema.safeParse(value);
  if (read.success) return { value: read.data, lineOf };
  return {
    problems: read.error.issues.map((issue) => {
      const keys = issue.code === 'unrecognized_keys' ? issue.keys : undefined;
      const { zh, en } = expectation(issue);
      return {
        file,
        line: lineOf(keys ? [...issue.path, keys[0] ?? ''] : issue.path),
        path: pathText(issue.path),
        message: keys
          ? {
              zh: `不认识的键 ${keys.join('、')}；此处不应有`,
              en: `unknown key ${keys.join(', ')}; expected none`,
            }
          : { zh: `应为：${zh}`, en: `expected ${en}` },
      };
    }),
  };
}
