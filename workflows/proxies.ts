import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';

/**
 * Writes to our own Postgres. Retried for ever: an agreement must not fail because the database is away; 30 s at most
 * between attempts, so that it goes on soon after the database is back.
 */
export const { record, recordProcess, storedCommands } = proxyActivities<
  Pick<Activities, 'record' | 'recordProcess' | 'storedCommands'>
>({
  startToCloseTimeout: '30 seconds', // one transaction of a few rows; more means that the connection hangs
  retry: { initialInterval: '200 milliseconds', backoffCoefficient: 2, maximumInterval: '30 seconds' },
});

/** Talks to a mail server for several notices; retried as `notify` is. */
export const { notifyAll } = proxyActivities<Pick<Activities, 'notifyAll'>>({
  startToCloseTimeout: '30 minutes', // twenty mails, four at once, each with RFC 5321's patience
  heartbeatTimeout: '40 seconds', // beats every 10 s: a worker that died is noticed soon
  retry: { initialInterval: '2 seconds', backoffCoefficient: 2, maximumInterval: '10 minutes' },
});

/** Talks to a mail server, which may be away for days; 10 minutes at most between attempts are kind to a relay. */
export const { notify } = proxyActivities<Pick<Activities, 'notify'>>({
  startToCloseTimeout: '2 minutes', // RFC 5321 4.5.3.2 lets a server think long after the final dot
  retry: { initialInterval: '2 seconds', backoffCoefficient: 2, maximumInterval: '10 minutes' },
});

/** Reads what our own Postgres holds of a cycle, and counts it: as patient as the record. */
export const { analyse, countCases, countVisits, effectTargets, gatherFigures, openProcesses } = proxyActivities<
  Pick<Activities, 'analyse' | 'countCases' | 'countVisits' | 'effectTargets' | 'gatherFigures' | 'openProcesses'>
>({
  startToCloseTimeout: '5 minutes', // a hundred thousand answers
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
});

/** Mails a whole audience; an attempt goes on where the one before ended. */
export const { invite } = proxyActivities<Pick<Activities, 'invite'>>({
  startToCloseTimeout: '24 hours', // ten thousand mails at a provider's pace
  heartbeatTimeout: '1 minute', // beats with every batch: a worker that died is noticed soon
  retry: { initialInterval: '5 seconds', backoffCoefficient: 2, maximumInterval: '10 minutes' },
});
