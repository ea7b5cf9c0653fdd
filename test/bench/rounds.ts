/** One way of doing the same thing, once a round. */
export type Arm = (round: number) => Promise<number>;

/** Figures of the product beside its floor, from rounds that alternate, so that noise hits both. */
export interface Beside {
  product: number;
  floor: number;
  /** The median of the rounds' ratios, product to floor. */
  ratio: number;
  rounds: { product: number; floor: number }[];
}

/** Measures two arms in turn, `rounds` times or until `withinMs` are over; every other round begins with the other one. */
export async function sideBySide(
  { rounds, withinMs }: { rounds: number; withinMs: number },
  product: Arm,
  floor: Arm,
): Promise<Beside> {
  const measured: Beside['rounds'] = [];
  const endMs = performance.now() + withinMs;
  for (let round = 0; round < rounds && (round === 0 || performance.now() < endMs); round += 1) {
    const figures = { product: 0, floor: 0 };
    const order = round % 2 === 0 ? (['floor', 'product'] as const) : (['product', 'floor'] as const);
    for (const arm of order) figures[arm] = await (arm === 'product' ? product : floor)(round);
    measured.push({ product: rounded(figures.product), floor: rounded(figures.floor) });
  }
  return {
    product: median(measured.map(({ product: one }) => one)),
    floor: median(measured.map(({ floor: one }) => one)),
    ratio: median(measured.map((one) => one.product / one.floor)),
    rounds: measured,
  };
}

/** Does `work` for each item, `clients` at a time. @returns items per second */
export async function perSecond<T>(
  items: readonly T[],
  clients: number,
  work: (item: T) => Promise<void>,
): Promise<number> {
  const queue = items.values();
  const began = performance.now();
  await Promise.all(
    Array.from({ length: clients }, async () => {
      for (const item of queue) await work(item);
    }),
  );
  return items.length / ((performance.now() - began) / 1000);
}

function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = NaN, high = NaN] = sorted.length % 2 === 1 ? [sorted[middle], sorted[middle]] : sorted.slice(middle - 1);
  return rounded((low + high) / 2);
}
