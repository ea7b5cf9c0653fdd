import pino, { type Logger } from 'pino';
import { logRedaction } from '../api/log-redaction.ts';
import { type Config, ConfigurationError, readConfig } from '../config.ts';
import { EngineUnavailable } from '../embedded/engine-unavailable.ts';
import { CommandFailed } from './output.ts';

/** The environment as this command needs it. @throws CommandFailed with what is wrong */
export function configuration(): Config {
  try {
    return readConfig();
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    throw new CommandFailed(
      error.errors.map(({ path, message, cure }) => ({
        path,
        code: error.code,
        message: { zh: message, en: message },
        cure: { zh: cure, en: cure },
      })),
    );
  }
}

/** A setting that this process cannot do without. @throws CommandFailed */
export function required<T>(value: T | undefined, name: string): T {
  if (value !== undefined) return value;
  throw new CommandFailed([
    {
      path: name,
      code: 'missing-configuration',
      message: { zh: `缺少环境变量 ${name}`, en: `the environment variable ${name} is missing` },
      cure: {
        zh: `请设置 ${name}，或用 abide start 在本机启动全部组件`,
        en: `set ${name}, or let abide start bring everything up`,
      },
    },
  ]);
}

/** The process log: JSON lines on stdout, without addresses and tokens. */
export function processLog(config: Config, name: string): Logger {
  return pino({ name, level: config.logLevel, ...logRedaction });
}

/** Settles when the process is asked to end; asked a second time, it ends at once. */
export function untilAsked(): Promise<string> {
  return new Promise((resolve) => {
    let asked = false;
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        if (asked) process.exit(130);
        asked = true;
        resolve(signal);
      });
    }
  });
}

/** Asked to end, the process exits, and takes the servers with it that it started (embedded/child.ts). */
export function exitWhenAsked(): void {
  void untilAsked().then(() => process.exit(130));
}

/** An engine that cannot be had, as the command's failure. */
export function engineFailure(error: unknown): unknown {
  if (!(error instanceof EngineUnavailable)) return error;
  const [message = '', ...cure] = error.message.split(': ');
  const text = (one: string) => ({ zh: one, en: one });
  return new CommandFailed([{ path: '', code: error.code, message: text(message), cure: text(cure.join(': ')) }]);
}
