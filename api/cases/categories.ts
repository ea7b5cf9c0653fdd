import type { Text } from '../../domain/time.ts';
import type { Belonging } from '../process/rows.ts';

/** What the parties call the categories of their table, by id; the id itself where they are not named any more. */
export function categoryTitles({ term }: Pick<Belonging, 'term'>): (id: string) => Text {
  void term;
  return (id) => ({ zh: id, en: id });
}
