import type { Problem } from '../domain/problem.ts';

export type { Problem };

/** Whether nothing was said where something is needed: a draft may be kept with it, an agreement not started. */
export function isMissing(problem: Problem): boolean {
  return problem.code.startsWith('missing-');
}

/** `['script', 3, 'at']` as `script[3].at`. */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
}
