import { z } from 'zod';
import { Problem } from './problem.ts';
import { STORABLE } from './storable.ts';

/** A place in a list, opaque to clients. */
export function writeCursor(place: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

const YEAR_10000_MS = Date.UTC(10_000, 0);
const MAX_NUMBER = 2 ** 31 - 1;
/** What a place may hold, as the database takes it: a count, an instant in milliseconds since 1970, a text. */
const KINDS = {
  number: z.int().min(0).max(MAX_NUMBER),
  instant: z.int().min(0).lt(YEAR_10000_MS),
  string: z.string().regex(STORABLE),
  uuid: z.uuid(),
};

/** @throws Problem `invalid-request` when it is none that we gave */
export function readCursor<const Kinds extends readonly (keyof typeof KINDS)[]>(
  cursor: string,
  kinds: Kinds,
): { [K in keyof Kinds]: Kinds[K] extends 'string' | 'uuid' ? string : number } {
  const wrong = new Problem('invalid-request', {
    errors: [
      {
        path: 'cursor',
        message: { zh: '无效', en: 'is not valid' },
        cure: { zh: '使用上一页返回的 nextCursor', en: 'use the nextCursor of the page before' },
      },
    ],
  });
  let place: unknown;
  try {
    place = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) throw wrong;
    throw error;
  }
  const fits =
    Array.isArray(place) &&
    place.length === kinds.length &&
    kinds.every((kind, index) => KINDS[kind].safeParse(place[index]).success);
  if (!fits) throw wrong;
  return place as never;
}
