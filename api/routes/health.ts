import { route } from '../route.ts';
import * as schemas from '../schemas.ts';

/** How long an answer about the others' health is waited for. */
const PROBE_MS = 2_000;

export const getHealth = route({
  id: 'health',
  method: 'get',
  path: '/health',
  summary: 'Whether this process, the database and the engine answer',
  access: 'open',
  answers: {
    200: { description: 'It answers; "degraded" while something behind it is away', schema: schemas.health },
  },
  handle: async ({ deps }) => {
    const client = deps.temporal();
    const probe = (work: Promise<unknown>): Promise<'ok' | 'away'> =>
      Promise.race([
        work.then(
          () => 'ok' as const,
          () => 'away' as const, // that is the finding
        ),
        new Promise<'away'>((resolve) => setTimeout(() => resolve('away'), PROBE_MS).unref()),
      ]);
    const [database, temporal] = await Promise.all([
      probe(deps.database.$queryRaw`SELECT 1`),
      probe(
        client.withAbortSignal(AbortSignal.timeout(PROBE_MS), async () => client.workflowService.getSystemInfo({})),
      ),
    ]);
    const status = database === 'ok' && temporal === 'ok' ? ('ok' as const) : ('degraded' as const);
    return { status: 200, body: { status, temporal, database, version: deps.version } };
  },
});
