import type { Text } from '../../domain/time.ts';
import type { Belonging } from '../process/rows.ts';

/** Words of a contract's evaluations: of an indicator, a kind of record, a band, a target. */
export interface EvaluationTitles {
  rule: Titled;
  indicator(id: string): Titled;
  record(kind: string): Titled;
  band(id: string): string | null;
  target(number: number): Text;
}
interface Titled {
  id: string;
  title: Text;
}

const plain = (id: string): Titled => ({ id, title: { zh: id, en: id } });

/** As the template and its terms have them. */
export function titlesOf({ template }: Belonging, rule: string): EvaluationTitles {
  const title = template?.rules.find((one) => one.id === rule)?.title;
  return {
    rule: title ? { id: rule, title } : plain(rule),
    indicator: plain,
    record: plain,
    band: () => null,
    target: (number) => ({ zh: `目标 ${String(number)}`, en: `Target ${String(number)}` }),
  };
}
