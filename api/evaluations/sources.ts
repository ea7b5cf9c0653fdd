import type { Text } from '../../domain/time.ts';
import type { Database } from '../../prisma/database.ts';
import type { Belonging } from '../process/rows.ts';
import { matterTitle } from '../views.ts';

/** What a figure was made of, so that a reader can look at it. */
export interface Source {
  reference: string;
  kind: 'survey' | 'case' | 'obligation';
  /** Of a survey or a case: its page. */
  id: string | null;
  title: Text | null;
}

/** Pages of the processes that these workflow ids name. */
export async function pagesOf(
  database: Database,
  workflowIds: readonly string[],
): Promise<(workflowId: string) => string | null> {
  const rows = await database.process.findMany({
    where: { workflowId: { in: [...workflowIds] } },
    select: { id: true, workflowId: true },
  });
  const ids = new Map(rows.map(({ id, workflowId }) => [workflowId, id]));
  return (workflowId) => ids.get(workflowId) ?? null;
}

/** Sources by what the record calls them: the workflow id of a survey or a case, else the reference of a duty. */
export async function sourcesIn(
  database: Database,
  { template }: Belonging,
  names: readonly string[],
): Promise<(name: string) => Source> {
  const page = await pagesOf(
    database,
    names.filter((name) => name.includes('/')),
  );
  return (name) => {
    const [type, , ...rest] = name.split('/');
    const id = page(name);
    if (type === 'survey') {
      const reference = rest.join('/');
      return { reference, kind: 'survey', id, title: matterTitle(template, reference) };
    }
    if (type === 'case') return { reference: rest.join('/'), kind: 'case', id, title: null };
    return { reference: name, kind: 'obligation', id: null, title: matterTitle(template, name) };
  };
}
