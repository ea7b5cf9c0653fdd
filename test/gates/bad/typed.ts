// Breaks each rule that asks for types once: test/gates/lint.test.ts expects to hear of it.
const later = (): Promise<boolean> => Promise.resolve(true);

export function breaks(colour: 'red' | 'green'): void {
  later();
  [colour].forEach(async () => later());
  switch (colour) {
    case 'red':
      return;
  }
}
