import type { Text } from '../domain/time.ts';
import type { Problem as InputProblem } from '../templates/problem.ts';
import { REJECTIONS } from './problems/rejections.ts';
import { REQUESTS } from './problems/requests.ts';

export type Language = 'zh' | 'en';

const PROBLEMS = { ...REJECTIONS, ...REQUESTS };

/** Every way in which a request is refused; published as `urn:abide:<code>`, never renamed. */
export type ProblemCode = keyof typeof PROBLEMS;

/** One wrong field; `path` as in `terms.contractTotal`. */
export interface FieldProblem {
  path: string;
  message: Text;
  cure: Text;
}

interface ProblemOptions {
  errors?: readonly FieldProblem[];
  /** More than the title says, for the detail. */
  message?: string;
  /** The refusal stands on its command's row already, or leaves none. */
  recorded?: boolean;
  /** The clauses that say no. */
  clauses?: readonly string[];
  /** With 429: when it is worth trying again. */
  retryAfterSeconds?: number;
}

/** A request is refused. Thrown by routes, mapped to RFC 9457 in one place. */
export class Problem extends Error {
  override name = 'Problem';
  /** A `ProblemCode`, or the code of the first thing that is wrong with a draft (templates/). */
  readonly code: string;
  readonly status: number;
  readonly title: Text;
  readonly cure: Text;
  readonly specific: string;
  readonly errors: readonly FieldProblem[];
  readonly recorded: boolean;
  readonly clauses: readonly string[];
  readonly isInput: boolean;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ProblemCode, options?: ProblemOptions);
  constructor(code: string, options: ProblemOptions, input: { title: Text; cure: Text });
  constructor(code: string, options: ProblemOptions = {}, input?: { title: Text; cure: Text }) {
    const { title, cure, status } = input ? { ...input, status: 422 } : PROBLEMS[code as ProblemCode];
    super(options.message ?? title.en);
    this.code = code;
    this.status = status;
    this.title = title;
    this.cure = cure;
    this.specific = options.message ?? '';
    this.errors = options.errors ?? [];
    this.recorded = options.recorded ?? false;
    this.clauses = options.clauses ?? [];
    this.isInput = input !== undefined;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** What is wrong with a draft, as one problem: named after the first, listing all. */
export function inputProblem(problems: readonly InputProblem[]): Problem {
  const [first] = problems;
  if (!first) throw new Error('nothing is wrong');
  const errors = problems.map(({ path, message, cure }) => ({ path, message, cure }));
  return new Problem(first.code, { errors }, { title: INPUT_TITLE, cure: first.cure });
}

const INPUT_TITLE: Text = { zh: '协议内容有误', en: 'The agreement is not valid' };

export interface ProblemBody {
  type: string;
  title: string;
  detail: string;
  status: number;
  errors?: { path: string; message: string; cure: string }[];
  /** The clauses that say no. */
  clauses?: string[];
}

/** The body of an answer `application/problem+json` (RFC 9457). */
export function problemBody(problem: Problem, language: Language): ProblemBody {
  const { code, status, title, cure, specific, errors, clauses } = problem;
  const first = errors[0] ? `${errors[0].path}: ${errors[0].message[language]}` : language === 'en' ? specific : '';
  const sentence = first === '' || /[.。]$/.test(first) ? first : `${first}${language === 'en' ? '. ' : '。'}`;
  return {
    type: `urn:abide:${code}`,
    title: title[language],
    detail: `${sentence}${(errors[0]?.cure ?? cure)[language]}`,
    status,
    ...(errors.length > 0
      ? { errors: errors.map((e) => ({ path: e.path, message: e.message[language], cure: e.cure[language] })) }
      : {}),
    ...(clauses.length > 0 ? { clauses: [...clauses] } : {}),
  };
}

/** What a stored code says; of a code that templates/ gave, that the agreement is not valid. */
export function problemTitle(code: string): Text {
  return Object.hasOwn(PROBLEMS, code) ? PROBLEMS[code as ProblemCode].title : INPUT_TITLE;
}

/** What to do about a code. */
export function problemCure(code: ProblemCode): Text {
  return PROBLEMS[code].cure;
}

/** zh unless the client prefers English (RFC 9110 12.5.4). */
export function preferredLanguage(header: string | undefined): Language {
  const wishes = (header ?? '')
    .split(',')
    .map((wish) => {
      const [tag = '', ...parameters] = wish.trim().toLowerCase().split(';');
      const q = parameters.map((p) => /^\s*q=([\d.]+)/.exec(p)?.[1]).find((value) => value !== undefined);
      return { language: tag.split('-')[0], weight: q === undefined ? 1 : Number(q) };
    })
    .filter(({ language, weight }) => (language === 'zh' || language === 'en') && weight > 0)
    .sort((a, b) => b.weight - a.weight);
  return wishes[0]?.language === 'en' ? 'en' : 'zh';
}
