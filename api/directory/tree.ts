import { PATH_SIGN } from './columns.ts';

/** An organisation with what is above it. */
export interface Branch {
  id: string;
  name: string;
  parent: Branch | null;
  archived: boolean;
}

interface OrganisationRow {
  id: string;
  name: string;
  parentId: string | null;
  archivedAt: Date | null;
}

/** The organisations as a tree, by id. */
export function branchesOf(rows: readonly OrganisationRow[]): Map<string, Branch> {
  const branches = new Map(
    rows.map(({ id, name, archivedAt }) => [id, { id, name, parent: null, archived: archivedAt !== null } as Branch]),
  );
  for (const { id, parentId } of rows) {
    const branch = branches.get(id);
    if (branch && parentId !== null) branch.parent = branches.get(parentId) ?? null;
  }
  return branches;
}

/** Itself and what is above it, itself first. */
export function lineage(branch: Branch): Branch[] {
  const line: Branch[] = [];
  for (let at: Branch | null = branch; at && !line.includes(at); at = at.parent) line.push(at);
  return line;
}

/** Names from the root to the branch. */
export function pathOf(branch: Branch): string {
  return lineage(branch)
    .map(({ name }) => name)
    .reverse()
    .join(PATH_SIGN);
}

/** Whether putting a branch below `parent` would make a circle. */
export function makesCircle(branch: Branch, parent: Branch | null): boolean {
  return parent !== null && lineage(parent).includes(branch);
}
