import { LineCounter, isAlias, isNode, isScalar, parseDocument, visit } from 'yaml';
import type { Problem } from './problem.ts';

/** YAML (or JSON, which is YAML) read as plain data. */
export interface Source {
  value: unknown;
  /** Line, from 1, of the value at this path, or of the nearest thing around it. */
  lineOf: (path: readonly PropertyKey[]) => number;
}

function invalid(line: number, zh: string, en: string): Problem {
  return {
    path: '',
    code: 'invalid-yaml',
    message: { zh: `第 ${line} 行：${zh}`, en: `line ${line}: ${en}` },
    cure: {
      zh: '请改正此行；文件须为一份 YAML 1.2 或 JSON 文档',
      en: 'correct that line; the file must be one YAML 1.2 or JSON document',
    },
  };
}

/** Reads one document. Anchors, aliases, tags and repeated keys are problems, each with its line (code `invalid-yaml`). */
export function readSource(text: string): Source | { problems: Problem[] } {
  const lines = new LineCounter();
  const lineAt = (offset: number): number => lines.linePos(offset).line;
  let document;
  try {
    document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  } catch (error) {
    // The parser recurses: thousands of brackets exhaust its stack.
    if (!(error instanceof RangeError)) throw error;
    return { problems: [invalid(1, '嵌套过深', 'nested too deeply')] };
  }
  const problems = [...document.errors, ...document.warnings].map((error) =>
    invalid(lineAt(error.pos[0]), error.message, error.message),
  );
  visit(document, {
    Node: (_key, node) => {
      const line = lineAt(node.range?.[0] ?? 0);
      if (isAlias(node) || node.anchor !== undefined) {
        problems.push(invalid(line, '不允许锚点和别名', 'anchors and aliases are not allowed'));
      } else if (node.tag !== undefined && !node.tag.startsWith('tag:yaml.org,2002:')) {
        problems.push(invalid(line, '不允许标签', 'tags are not allowed'));
      }
    },
    Pair: (_key, pair) => {
      if (!isScalar(pair.key)) problems.push(invalid(1, '键必须是文本', 'keys must be plain text'));
    },
  });
  if (problems.length > 0) return { problems };
  return {
    value: document.toJS() as unknown,
    lineOf: (path) => {
      for (let length = path.length; length > 0; length -= 1) {
        const node = document.getIn(path.slice(0, length), true);
        if (isNode(node) && node.range) return lineAt(node.range[0]);
      }
      return 1;
    },
  };
}
