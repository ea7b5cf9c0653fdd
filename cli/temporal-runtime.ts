import { DefaultLogger, Runtime, makeTelemetryFilterString } from '@temporalio/worker';
import type { Logger } from 'pino';

let installed = false;

/**
 * Gives the Temporal SDK's own lines (from warnings on) to the process log, before anything of the SDK is used. The first
 * call of a process counts.
 */
export function installTemporalRuntime(log: Logger): void {
  if (installed) return;
  installed = true;
  Runtime.install({
    logger: new DefaultLogger('WARN', ({ level, message, meta }) => {
      const write = level === 'ERROR' ? log.error.bind(log) : log.warn.bind(log);
      write({ sdk: meta?.['sdkComponent'] }, message);
    }),
    telemetryOptions: {
      logging: { forward: {}, filter: makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' }) },
    },
    shutdownSignals: [], // the composition root ends the worker in its own order
  });
}
