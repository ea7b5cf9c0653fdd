import type { Text } from '../../wire.ts';
import { OVERALL } from './numbers.ts';
import type { Figures } from './survey.ts';

/** Where a dimension lies: important or not, and whether it is done well, each against the average of all. */
export type Quadrant = 'improve' | 'keep' | 'later' | 'beyond';

export interface Placed {
  id: string;
  title: Text;
  /** A fraction of all importance. */
  importance: number;
  mean: number;
  quadrant: Quadrant;
}

/** Importance and performance of the dimensions that have both; null where customers were not asked how important they are. */
export function quadrantsOf({ importance, dimensions }: Pick<Figures, 'importance' | 'dimensions'>): {
  items: Placed[];
  averages: { importance: number; mean: number };
} | null {
  if (importance === null) return null;
  const known = dimensions.flatMap(({ id, title, measures }) => {
    const share = importance[id];
    const value = measures.mean?.value;
    return id === OVERALL || share === undefined || value === undefined
      ? []
      : [{ id, title, importance: Number(share), mean: Number(value) }];
  });
  if (known.length < 2) return null;
  const average = (of: 'importance' | 'mean'): number => known.reduce((sum, one) => sum + one[of], 0) / known.length;
  const averages = { importance: average('importance'), mean: average('mean') };
  return {
    averages,
    items: known.map((one) => ({ ...one, quadrant: quadrantOf(one, averages) })),
  };
}

function quadrantOf(
  one: { importance: number; mean: number },
  { importance, mean }: { importance: number; mean: number },
): Quadrant {
  if (one.importance >= importance) return one.mean >= mean ? 'keep' : 'improve';
  return one.mean >= mean ? 'beyond' : 'later';
}
