import type { RejectionCode } from '../domain/agreement/rejection.ts';
import type { Text } from '../domain/time.ts';
import type { Problem as InputProblem } from '../templates/problem.ts';

export type Language = 'zh' | 'en';

interface Kind {
  status: number;
  title: Text;
  /** What to do about it. */
  cure: Text;
}

const kind = (status: number, titleZh: string, titleEn: string, cureZh: string, cureEn: string): Kind => ({
  status,
  title: { zh: titleZh, en: titleEn },
  cure: { zh: cureZh, en: cureEn },
});

const REJECTIONS = {
  'already-signed': kind(
    409,
    '该方已签署',
    'Already signed',
    '无需再次签署。',
    'Nothing more to do: the first signature stands.',
  ),
  'signed-on-in-future': kind(
    422,
    '签署日期在今天之后',
    'The signing date is after today',
    '填写纸面上的日期，不晚于今天。',
    'Give the date on the paper, not after today.',
  ),
  'signed-on-too-early': kind(
    422,
    '签署日期早于十年之前',
    'The signing date is more than ten years ago',
    '核对纸面上的日期；十年以前签署的协议不在此履行。',
    'Check the date on the paper; older agreements are not lived here.',
  ),
  'signed-after-expiry': kind(
    422,
    '签署日晚于有效期截止日',
    'Signed after the last day of the term',
    '核对签署日期与有效期截止日。',
    'Check the signing date, and the last day of the term.',
  ),
  'not-in-force': kind(
    409,
    '协议尚未生效',
    'The agreement is not in force yet',
    '待各方签署后再办理。',
    'Do this when every party has signed.',
  ),
  'not-responsible': kind(
    403,
    '不应由您办理',
    'This is not yours to do',
    '请由协议约定的一方办理。',
    'Leave it to the side that the agreement names.',
  ),
  'not-submitted': kind(
    409,
    '没有待审核的文件',
    'Nothing is under review',
    '待对方提交后再审核。',
    'Review it when it has been handed in.',
  ),
  'points-missing': kind(
    422,
    '退回须写明意见',
    'A rejection needs its points',
    '至少写一条意见。',
    'Write at least one numbered point.',
  ),
  'already-fulfilled': kind(
    409,
    '该义务已了结',
    'The obligation is settled already',
    '无需办理。',
    'Nothing more to do.',
  ),
  'not-open-yet': kind(
    409,
    '尚未到可办理的时间',
    'It cannot be done yet',
    '到可以办理的时间后再提交；已收到的文件须届时重新提交。',
    'Hand it in once it can be done; the files have to be sent again then.',
  ),
  'checklist-incomplete': kind(
    422,
    '必备内容不齐',
    'A required part is missing',
    '补齐所列各项；可以缺少的，写明缺少的原因。',
    'Add the parts that are listed; where a part may be left out, say why.',
  ),
  'evidence-missing': kind(
    422,
    '缺少凭证',
    'Evidence is missing',
    '代录时附上扫描件或文件。',
    'Attach the scan or the document when you enter it for a party.',
  ),
  'handed-in-out-of-range': kind(
    422,
    '补录的提交时间不在本轮期间之内',
    'The time entered for the hand-in is not within this round',
    '填写本轮开始之后、不晚于现在的时间。',
    'Give a time after this round began, not after now.',
  ),
  'unknown-obligation': kind(
    404,
    '没有这项义务',
    'No such obligation',
    '查看协议的义务清单。',
    "See the agreement's list of obligations.",
  ),
  'agreement-ended': kind(
    409,
    '协议已终止或届满',
    'The agreement has ended',
    '终止后不再受理。',
    'Nothing can be done in it any more.',
  ),
} satisfies Record<RejectionCode, Kind>;

const REQUESTS = {
  'invalid-request': kind(
    400,
    '请求内容有误',
    'The request is not valid',
    '按所列各项更正后重试。',
    'Correct what is listed and try again.',
  ),
  'malformed-body': kind(
    400,
    '请求内容无法读取',
    'The body cannot be read',
    '发送完整的 JSON 或表单。',
    'Send well-formed JSON or a well-formed form.',
  ),
  'idempotency-key-missing': kind(
    400,
    '缺少 Idempotency-Key',
    'Idempotency-Key is missing',
    '为每次操作附上新的唯一键，重试时沿用。',
    'Send a header with a new unique key for each act, and the same one when you repeat it.',
  ),
  'idempotency-key-invalid': kind(
    400,
    'Idempotency-Key 无效',
    'Idempotency-Key is not valid',
    '使用 1 至 200 个可见 ASCII 字符，例如 UUID。',
    'Use 1 to 200 visible ASCII characters, for example a UUID.',
  ),
  'idempotency-key-reused': kind(
    422,
    'Idempotency-Key 已用于其他请求',
    'Idempotency-Key was used for another request',
    '换一个新键。',
    'Use a new key.',
  ),
  'request-in-progress': kind(
    409,
    '同一请求正在处理',
    'The same request is still being handled',
    '稍后用同一键重试。',
    'Try again a little later with the same key.',
  ),
  unauthorized: kind(
    401,
    '缺少或错误的 API 密钥',
    'API key missing or wrong',
    '附上 Authorization: Bearer <密钥>。',
    'Send Authorization: Bearer <key>.',
  ),
  forbidden: kind(403, '无权办理', 'Not allowed', '请项目协调人办理。', 'Ask the project coordinator.'),
  'foreign-host': kind(
    421,
    '地址不属于本服务',
    'This address is not served here',
    '用 PUBLIC_URL 或 127.0.0.1 访问。',
    'Use PUBLIC_URL or 127.0.0.1.',
  ),
  'foreign-origin': kind(
    403,
    '来自其他网站的请求',
    'The request comes from another site',
    '在本系统页面内操作。',
    'Act from the pages of this system.',
  ),
  'not-found': kind(404, '没有这个地址', 'No such address', '见 /api/openapi.json。', 'See /api/openapi.json.'),
  'method-not-allowed': kind(
    405,
    '此地址不支持该方法',
    'The method is not supported here',
    '见 /api/openapi.json。',
    'See /api/openapi.json.',
  ),
  'unknown-template': kind(404, '没有这个模板', 'No such template', '见 /api/templates。', 'See /api/templates.'),
  'unknown-agreement': kind(404, '没有这份协议', 'No such agreement', '查看协议清单。', 'See the list of agreements.'),
  'unknown-command': kind(
    404,
    '没有这项操作',
    'No such command',
    '使用受理时返回的编号。',
    'Use the id that was given when it was taken.',
  ),
  'unknown-document': kind(
    404,
    '没有这份文件',
    'No such document',
    '查看协议的文件清单。',
    "See the agreement's list of documents.",
  ),
  'unknown-seat': kind(
    422,
    '协议没有这个岗位',
    'The agreement has no such seat',
    '使用协议 seats 中的岗位。',
    "Use one of the agreement's seats.",
  ),
  'not-a-draft': kind(
    409,
    '协议已启动',
    'The agreement was started',
    '启动后不可修改。',
    'What was started cannot be edited.',
  ),
  'not-started': kind(409, '协议尚未启动', 'The agreement was not started', '先启动协议。', 'Start it first.'),
  'file-missing': kind(422, '缺少文件', 'A file is missing', '至少附一个文件。', 'Attach at least one file.'),
  'file-empty': kind(422, '文件为空', 'The file is empty', '附上有内容的文件。', 'Attach a file that has content.'),
  'upload-too-large': kind(
    413,
    '文件过大',
    'The upload is too large',
    '压缩或拆分后重传。',
    'Make it smaller or split it.',
  ),
  'unsupported-type': kind(
    415,
    '不支持的文件类型',
    'The kind of file is not supported',
    '使用 PDF、DOCX、XLSX、PNG、JPEG、TXT 或 CSV。',
    'Use PDF, DOCX, XLSX, PNG, JPEG, TXT or CSV.',
  ),
  'unsupported-media-type': kind(
    415,
    '不支持的 Content-Type',
    'Content-Type is not supported',
    '见 /api/openapi.json。',
    'See /api/openapi.json.',
  ),
  'document-missing': kind(
    409,
    '文件已丢失',
    'The document is missing from the store',
    '请协调人从备份恢复。',
    'Have the operator restore it from a backup.',
  ),
  'document-altered': kind(
    409,
    '文件已被改动',
    'The document was altered in the store',
    '请协调人从备份恢复。',
    'Have the operator restore it from a backup.',
  ),
  'storage-full': kind(
    507,
    '存储空间不足',
    'The disk of the documents is full',
    '请运维人员腾出空间后重试。',
    'Have the operator make room, then try again.',
  ),
  'database-unavailable': kind(
    503,
    '数据库暂不可用',
    'The database is away',
    '稍后用同一键重试。',
    'Try again a little later with the same key.',
  ),
  'engine-unavailable': kind(
    503,
    '流程引擎暂不可用',
    'The workflow engine is away',
    '稍后重试。',
    'Try again a little later.',
  ),
  internal: kind(
    500,
    '系统出错',
    'Something went wrong here',
    '稍后用同一键重试；仍不行请告知运维人员。',
    'Try again with the same key; if it stays so, tell the operator.',
  ),
  'link-unknown': kind(
    404,
    '链接无效',
    'The link is not valid',
    '请从最近一封邮件打开链接，或联系项目协调人。',
    'Open the link from the newest mail, or ask the project coordinator.',
  ),
  'link-expired': kind(
    410,
    '链接已过期',
    'The link has expired',
    '请从最近一封邮件打开链接，或联系项目协调人索取新链接。',
    'Open the link from the newest mail, or ask the project coordinator for a new one.',
  ),
  'link-revoked': kind(
    410,
    '链接已撤销',
    'The link was withdrawn',
    '请联系项目协调人。',
    'Ask the project coordinator.',
  ),
  'form-expired': kind(
    403,
    '表单已失效',
    'The form is not valid any more',
    '返回并重新打开页面后再提交。',
    'Go back, open the page again and send it once more.',
  ),
} satisfies Record<string, Kind>;

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
  /** The refusal stands on its command's row already. */
  recorded?: boolean;
  /** The clauses that say no. */
  clauses?: readonly string[];
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
