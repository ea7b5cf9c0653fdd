import { SMALLEST_GROUP } from './figures.ts';

/** A group of answers and those that it is the sum of; answers of its own may stand beside them. */
export interface NestedGroup {
  key: string;
  /** How many answers it has in all. */
  size: number;
  children: NestedGroup[];
}

interface Node extends NestedGroup {
  shown: boolean;
  children: Node[];
}

/** What is shown below, at its highest. */
function shownBelow(node: Node): Node[] {
  return node.children.flatMap((child) => (child.shown ? [child] : shownBelow(child)));
}

/** What is left of a group when all that is shown below is taken away from it. */
function leftOver(node: Node): number {
  return shownBelow(node).reduce((size, below) => size - below.size, node.size);
}

/** Hides the smallest below it until what is left tells nothing of fewer than five. */
function protect(node: Node): boolean {
  let changed = false;
  for (let left = leftOver(node); left > 0 && left < SMALLEST_GROUP; left = leftOver(node)) {
    const [smallest] = shownBelow(node).sort((a, b) => a.size - b.size || (a.key < b.key ? -1 : 1));
    if (smallest === undefined) break;
    smallest.shown = false;
    changed = true;
  }
  return changed;
}

function everyNode(node: Node): Node[] {
  return [node, ...node.children.flatMap((child) => everyNode(child))];
}

/**
 * Keys of the groups below the whole that may be shown: none below five, and none from which a smaller one follows by
 * subtraction. Where what is hidden of a shown group would be fewer than five answers, its next smallest group is hidden
 * as well (complementary suppression). The whole itself is taken as known.
 */
export function shownGroups(whole: NestedGroup): Set<string> {
  const mark = ({ key, size, children }: NestedGroup): Node => ({
    ...{ key, size },
    shown: size >= SMALLEST_GROUP,
    children: children.map(mark),
  });
  const root = { ...mark(whole), shown: true };
  const nodes = everyNode(root);
  while (nodes.filter(({ shown }) => shown).some((node) => protect(node)));
  return new Set(nodes.filter((node) => node.shown && node !== root).map(({ key }) => key));
}
