import type { Text } from '../../wire.ts';
import { type QuestionLine, linesOf } from '../surveys/questionnaire.ts';

/** What is asked otherwise than in the cycle before. */
export interface Difference {
  kind: 'added' | 'removed' | 'reworded' | 'choices' | 'counting' | 'required' | 'condition' | 'moved';
  name: string;
  before: Text | null;
  after: Text | null;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Question by question, in the order in which they are asked now, then what is asked no more. */
export function differences(before: unknown, after: unknown): Difference[] {
  const [earlier, now] = [linesOf(before), linesOf(after)];
  const kept = now.filter(({ name }) => earlier.some((line) => line.name === name)).map(({ name }) => name);
  const order = earlier.map(({ name }) => name).filter((name) => kept.includes(name));
  const out = movedOut(order, kept);
  return [
    ...now.flatMap((line): Difference[] => {
      const old = earlier.find(({ name }) => name === line.name);
      const { name, title } = line;
      if (!old) return [{ kind: 'added', name, before: null, after: title }];
      return changesOf(old, line, out.includes(name)).map((kind) => ({ kind, name, before: old.title, after: title }));
    }),
    ...earlier
      .filter(({ name }) => !kept.includes(name))
      .map(({ name, title }): Difference => ({ kind: 'removed', name, before: title, after: null })),
  ];
}

function changesOf(old: QuestionLine, line: QuestionLine, isMoved: boolean): Difference['kind'][] {
  const kinds: [Difference['kind'], boolean][] = [
    ['reworded', !same(old.title, line.title)],
    ['choices', !same([old.choices, old.rows, old.files], [line.choices, line.rows, line.files])],
    ['counting', !same([old.role, old.dimension, old.part], [line.role, line.dimension, line.part])],
    ['required', old.required !== line.required],
    ['condition', old.condition !== line.condition],
    ['moved', isMoved],
  ];
  return kinds.filter(([, is]) => is).map(([kind]) => kind);
}

/** Those that have to be taken out so that the rest stands in the same order as before: the fewest. */
function movedOut(before: readonly string[], after: readonly string[]): string[] {
  const places = after.map((name) => before.indexOf(name));
  // The longest ascending run of places, by patience.
  const best = places.map(() => 1);
  const from = places.map(() => -1);
  places.forEach((place, index) => {
    for (let earlier = 0; earlier < index; earlier += 1) {
      if ((places[earlier] ?? 0) < place && (best[earlier] ?? 0) + 1 > (best[index] ?? 0)) {
        best[index] = (best[earlier] ?? 0) + 1;
        from[index] = earlier;
      }
    }
  });
  const kept: string[] = [];
  for (let at = best.indexOf(Math.max(0, ...best)); at >= 0; at = from[at] ?? -1) kept.push(after[at] ?? '');
  return after.filter((name) => !kept.includes(name));
}
