import { ApplicationFailure, CancelledFailure } from '@temporalio/activity';
import { expect, test } from 'vitest';
import { failuresAsCodes } from '../../activities/worker.ts';

const ADDRESS = 'wang.wei@example.com';
const info = { activityType: 'notify', attempt: 3, workflowExecution: { workflowId: 'agreement/1', runId: 'r' } };

async function thrown(error: unknown): Promise<{ failure: unknown; logged: string }> {
  const lines: unknown[] = [];
  const { execute } = failuresAsCodes({ info } as never, { warn: (line: unknown) => void lines.push(line) } as never);
  const failure = await execute?.({ args: [], headers: {} }, () => Promise.reject(error as Error)).catch(
    (e: unknown) => e,
  );
  return { failure, logged: JSON.stringify(lines) };
}

test.each([
  ['a mail server', Object.assign(new Error(`550 <${ADDRESS}> no such user`), { code: 'EENVELOPE' }), 'EENVELOPE'],
  [
    'PostgreSQL below Prisma',
    new Error('query', { cause: Object.assign(new Error(ADDRESS), { code: '40001' }) }),
    '40001',
  ],
  ['an error without a code', new Error(`cannot write to ${ADDRESS}`), 'activity-failed'],
  ['what is no error', ADDRESS, 'activity-failed'],
])('%s: the history gets a code, the log no address', async (_, error, code) => {
  const { failure, logged } = await thrown(error);
  expect(failure).toBeInstanceOf(ApplicationFailure);
  expect(failure).toMatchObject({ type: code, message: code, nonRetryable: false, cause: undefined });
  expect(`${(failure as Error).stack} ${logged}`).not.toContain(ADDRESS);
  expect(logged).toContain(code);
});

test('our own failures and cancellations pass as they are', async () => {
  const ours = ApplicationFailure.nonRetryable('no such notice', 'no-notice');
  expect((await thrown(ours)).failure).toBe(ours);
  const cancelled = new CancelledFailure('cancelled');
  expect((await thrown(cancelled)).failure).toBe(cancelled);
});
