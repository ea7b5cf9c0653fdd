/** Parts of a life that a page shows each on its own. */
export const LIFE_PARTS = [
  'effect',
  'amendments',
  'suspensions',
  'renewal',
  'ending',
  'payments',
  'claims',
  'matters',
] as const;
export type LifePart = (typeof LIFE_PARTS)[number];
