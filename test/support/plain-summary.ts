import type { Reporter, SerializedError, TestModule } from 'vitest/node';

/** Prints, as the last line, what continuous integration reads: `<N> passed, <M> failed`, and the skipped ones if any. */
export default class PlainSummary implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    console.log(summarise(modules, unhandled));
  }
}

/** A file that does not load, a failed hook and an error outside any test count as one failed test each. */
export function summarise(
  modules: readonly Pick<TestModule, 'children' | 'errors'>[],
  unhandled: readonly unknown[],
): string {
  let [passed, failed, skipped] = [0, unhandled.length, 0];
  for (const module of modules) {
    failed += module.errors().length;
    for (const suite of module.children.allSuites()) failed += suite.errors().length;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === 'passed') passed++;
      else if (state === 'failed') failed++;
      else skipped++;
    }
  }
  return `${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`;
}
