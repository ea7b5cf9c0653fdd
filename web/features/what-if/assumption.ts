/** What an amendment or another agreement from the start would change, as the API takes it. */
export interface Changes {
  terms?: Record<string, unknown>;
  owners?: Record<string, string>;
  dates?: Record<string, string | number>;
  remove?: string[];
  expiresOn?: string | null;
}

/** One thing that is assumed, as the API takes it. */
export type Assumption =
  | { kind: 'act'; command: string; on: string | null }
  | {
      kind: 'step';
      step: 'submit' | 'accept' | 'reject' | 'pay';
      obligation: string;
      occurrence?: string;
      on: string;
      amount?: string;
    }
  | { kind: 'signing'; on: string }
  | { kind: 'change'; changes: Changes; from: string | null }
  | { kind: 'suspension'; ground: string; from: string; until: string | null; obligations: string[] }
  | { kind: 'termination'; on: string };

export type AssumptionKind = Assumption['kind'];

/** How assumptions stand in the address, so that whoever is sent it sees the same. */
export function writeAssumptions(assumptions: readonly Assumption[]): string {
  return assumptions.length === 0 ? '' : JSON.stringify(assumptions);
}

/** What an address says; one that was cut or changed by hand says nothing rather than half of it. */
export function readAssumptions(text: string | null): Assumption[] {
  if (text === null || text === '') return [];
  try {
    const read: unknown = JSON.parse(text);
    return Array.isArray(read) && read.every(isAssumption) ? read : [];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

const isText = (value: unknown): boolean => typeof value === 'string';
const isTextOrNull = (value: unknown): boolean => value === null || isText(value);

/** What each kind must say; the API judges whether it makes sense. */
const FIELDS: Record<AssumptionKind, (fields: Record<string, unknown>) => boolean> = {
  act: ({ command, on }) => isText(command) && isTextOrNull(on),
  step: ({ step, obligation, on }) => isText(step) && isText(obligation) && isText(on),
  signing: ({ on }) => isText(on),
  change: ({ changes, from }) => typeof changes === 'object' && changes !== null && isTextOrNull(from),
  suspension: ({ ground, from, until, obligations }) =>
    isText(ground) && isText(from) && isTextOrNull(until) && Array.isArray(obligations),
  termination: ({ on }) => isText(on),
};

function isAssumption(value: unknown): value is Assumption {
  if (typeof value !== 'object' || value === null) return false;
  const fields = value as Record<string, unknown>;
  const kind = fields['kind'];
  return typeof kind === 'string' && Object.hasOwn(FIELDS, kind) && FIELDS[kind as AssumptionKind](fields);
}
