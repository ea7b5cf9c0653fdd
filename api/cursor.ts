import { Problem } from './problem.ts';

/** A place in a list, opaque to clients. */
export function writeCursor(place: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** @throws Problem `invalid-request` when it is none that we gave */
export function readCursor<const Kinds extends readonly ('string' | 'number')[]>(
  cursor: string,
  kinds: Kinds,
): { [K in keyof Kinds]: Kinds[K] extends 'string' ? string : number } {
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
    Array.isArray(place) && place.length === kinds.length && kinds.every((kind, index) => typeof place[index] === kind);
  if (!fits) throw wrong;
  return place as never;
}
