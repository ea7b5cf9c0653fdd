import type { Problem } from './wire.ts';

/** The API said no, or could not be reached (`status` 0). */
export class ApiProblem extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.title);
    this.problem = problem;
  }
  get code(): string {
    return this.problem.type.replace(/^urn:abide:/, '');
  }
  /** Nothing is known about the outcome: the same request, with the same key, may be sent again. */
  get isTransient(): boolean {
    const { status } = this.problem;
    return status === 0 || status >= 500 || status === 429 || this.code === 'request-in-progress';
  }
}

interface RequestOptions {
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Kept over the retries of one intent; every non-GET has one. */
  key?: string;
  body?: unknown;
  form?: FormData;
  signal?: AbortSignal;
  /** Fraction of the upload, 0 to 1. */
  onProgress?: (fraction: number) => void;
}

const BASE = '/api';

function unreachable(): ApiProblem {
  return new ApiProblem({ type: 'urn:abide:unreachable', title: 'unreachable', status: 0 });
}

function problemOf(status: number, text: string): ApiProblem {
  const body = parse(text);
  if (typeof body === 'object' && body !== null && 'type' in body && 'title' in body) {
    return new ApiProblem({ ...(body as Problem), status });
  }
  // A gateway in between answers without a problem document.
  return new ApiProblem({ type: `urn:abide:http-${status}`, title: `HTTP ${status}`, status });
}

function parse(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function headers(options: RequestOptions): Record<string, string> {
  const all: Record<string, string> = {
    accept: 'application/json, application/problem+json',
    'accept-language': document.documentElement.lang || 'zh-CN',
  };
  if (options.body !== undefined) all['content-type'] = 'application/json';
  if (options.key !== undefined) all['idempotency-key'] = options.key;
  return all;
}

/**
 * One request to the API.
 * @throws ApiProblem with field errors when refused; with status 0 when the API cannot be reached
 */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const url = path.startsWith('/api/') ? path : `${BASE}${path}`;
  const { status, text } = options.form ? await upload(url, options) : await plain(url, options);
  if (status < 200 || status > 299) throw problemOf(status, text);
  const body = parse(text);
  if (body === undefined && text !== '') throw problemOf(502, '');
  return body as T;
}

/**
 * Hands a document's bytes to the browser as a file. Not a plain link, which could bear no key and would show a refusal
 * (the file is missing, was altered) as a page of JSON.
 */
export async function download(path: string, fileName: string, options: RequestOptions = {}): Promise<void> {
  offer(await fetchFile(path, fileName, options), fileName);
}

function offer(file: Blob, fileName: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(address);
}

/**
 * As `download`, of what may be large: says how many bytes have come, and may be given up. The name is the one that the
 * API gives the file.
 */
export async function downloadWithProgress(
  path: string,
  fileName: string,
  { signal, onBytes }: { signal: AbortSignal; onBytes: (bytes: number) => void },
): Promise<{ name: string; bytes: number }> {
  const answer = await fetch(`${BASE}${path}`, { headers: headers({}), signal }).catch((error: unknown) => {
    if (signal.aborted) throw error;
    throw unreachable();
  });
  if (!answer.ok) throw problemOf(answer.status, await answer.text());
  const chunks: BlobPart[] = [];
  let bytes = 0;
  const reader = answer.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    chunks.push(part.value);
    bytes += part.value.length;
    onBytes(bytes);
  }
  const [, named] = /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '') ?? [];
  const name = named ?? fileName;
  offer(new Blob(chunks), name);
  return { name, bytes };
}

/** What an address answers as a file. @throws ApiProblem when refused; with status 0 when the API cannot be reached */
export async function fetchFile(path: string, fileName: string, options: RequestOptions = {}): Promise<File> {
  let answer: Response;
  try {
    answer = await fetch(`${BASE}${path}`, {
      method: options.method ?? 'GET',
      headers: headers(options),
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    });
  } catch {
    throw unreachable();
  }
  if (!answer.ok) throw problemOf(answer.status, await answer.text());
  const bytes = await answer.blob();
  return new File([bytes], fileName, { type: bytes.type });
}

async function plain(url: string, options: RequestOptions): Promise<{ status: number; text: string }> {
  let answer: Response;
  try {
    answer = await fetch(url, {
      method: options.method ?? 'GET',
      headers: headers(options),
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
      ...(options.signal ? { signal: options.signal } : {}),
    });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw unreachable();
  }
  return { status: answer.status, text: await answer.text() };
}

/** `fetch` reports no progress of an upload. */
function upload(url: string, options: RequestOptions): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    xhr.open(options.method ?? 'POST', url);
    for (const [name, value] of Object.entries(headers(options))) xhr.setRequestHeader(name, value);
    xhr.upload.onprogress = (event) => {
      if (event.lengthComputable) options.onProgress?.(event.loaded / event.total);
    };
    xhr.onload = () => resolve({ status: xhr.status, text: xhr.responseText });
    xhr.onerror = () => reject(unreachable());
    xhr.ontimeout = () => reject(unreachable());
    xhr.send(options.form);
  });
}

/** `?a=1&b=2` of the values that are there. */
export function queryString(values: Record<string, string | number | null | undefined>): string {
  const pairs = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== null && value !== undefined && value !== '') pairs.set(name, String(value));
  }
  const text = pairs.toString();
  return text === '' ? '' : `?${text}`;
}

export const agreementPath = (id: string): string => `/agreements/${encodeURIComponent(id)}`;
