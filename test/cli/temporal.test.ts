import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openTemporal } from '../../cli/temporal.ts';
import { freePort } from '../../embedded/ports.ts';

// An error that nobody can catch fails the whole run: that there is none is what this shows.
test('closing while a call waits for its next attempt at an engine that is away', async () => {
  const client = openTemporal(`127.0.0.1:${await freePort()}`, 'default');
  const call = client.connection.workflowService.getSystemInfo({}).then(
    () => 'answered',
    () => 'failed',
  );
  await pause(700);
  const began = performance.now();
  await client.connection.close();
  expect(performance.now() - began).toBeLessThan(2_500);
  expect(await call).toBe('failed');
  await pause(2_500);
});
