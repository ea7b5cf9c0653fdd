import type { Text } from './time.ts';

interface Titled {
  id: string;
  title: Text;
}

/**
 * What an obligation is called: as the template has it; the n-th row of a schedule of payments (`service-fee-2`) after
 * the rule that it is paid under. Undefined where the template does not have it.
 */
export function obligationTitle(
  { obligations, rules = [] }: { obligations: Titled[]; rules?: Titled[] },
  id: string,
): Text | undefined {
  const found = obligations.find((one) => one.id === id) ?? rules.find((rule) => rule.id === id);
  if (found) return found.title;
  const [, rule, number] = /^(.+)-(\d+)$/.exec(id) ?? [];
  const scheduled = rules.find((one) => one.id === rule);
  if (!scheduled || number === undefined) return undefined;
  return { zh: `${scheduled.title.zh}第${number}笔`, en: `${scheduled.title.en}, payment ${number}` };
}
