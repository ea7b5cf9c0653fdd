import type { Text } from '../domain/time.ts';

/** Deeper than anything that the API takes. */
const DEEPEST = 32;

const DEEP = { zh: `嵌套超过 ${DEEPEST} 层`, en: `is nested deeper than ${DEEPEST}` };
const PROTOTYPE = { zh: '不得含有 __proto__ 字段', en: 'has a field __proto__' };
const TWICE = { zh: '同一对象内有重名字段', en: 'has a field twice in one object' };

const STRING = /"(?:[^"\\]|\\.)*"/y;
const BEFORE_COLON = /[\t\n\r ]*:/y;

/**
 * What is wrong with JSON that parsers would take: a name that stands twice in one object, of which some parsers keep
 * the first and others the last (RFC 8259 4), `__proto__`, and nesting deeper than 32.
 *
 * @param text may be no JSON at all: that is for the parser to say
 * @returns what is wrong; undefined where nothing is
 */
export function jsonFault(text: string): Text | undefined {
  /** The names of each open object; null for an array. */
  const open: (Set<string> | null)[] = [];
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (sign === '{' || sign === '[') {
      open.push(sign === '{' ? new Set() : null);
      if (open.length > DEEPEST) return DEEP;
    } else if (sign === '}' || sign === ']') open.pop();
    else if (sign === '"') {
      STRING.lastIndex = at;
      const [token] = STRING.exec(text) ?? [];
      if (token === undefined) return undefined;
      at += token.length - 1;
      BEFORE_COLON.lastIndex = at + 1;
      const names = open.at(-1);
      if (!names || !BEFORE_COLON.test(text)) continue;
      const name = nameOf(token);
      if (name === '__proto__') return PROTOTYPE;
      if (name !== undefined && names.has(name)) return TWICE;
      if (name !== undefined) names.add(name);
    }
  }
  return undefined;
}

/** `"\u0061"` is the same name as `"a"`. */
function nameOf(token: string): string | undefined {
  if (!token.includes('\\')) return token.slice(1, -1);
  try {
    return JSON.parse(token) as string;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
