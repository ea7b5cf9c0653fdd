import { Big } from 'big.js';

const PLACES = 4;

/**
 * Weights from how important customers say each dimension is: importance ÷ sum of importance (S001b-05), half-up to four
 * places, in this order; the last takes the rest, so that they add up to 1. Where nothing is important at all, all weigh
 * the same. Throws RangeError for a negative importance.
 */
export function weightsFromImportance(
  importance: readonly { id: string; value: Big | string | number }[],
): Record<string, string> {
  const given = importance.map(({ value }) => new Big(value));
  if (given.some((value) => value.lt(0))) throw new RangeError('importance is 0 or more');
  const isNothing = given.every((value) => value.eq(0));
  const values = isNothing ? given.map(() => new Big(1)) : given;
  const sum = values.reduce((total, value) => total.plus(value), new Big(0));
  let rest = new Big(1);
  const weights = values.map((value, index) => {
    const rounded = value.div(sum).round(PLACES, Big.roundHalfUp);
    const weight = index === values.length - 1 || rounded.gt(rest) ? rest : rounded;
    rest = rest.minus(weight);
    return weight.toFixed(PLACES);
  });
  return Object.fromEntries(importance.map(({ id }, index) => [id, weights[index] ?? '']));
}
