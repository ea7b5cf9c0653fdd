import { createHash } from 'node:crypto';
import type { Actor, PersonCommand } from '../../domain/agreement/command.ts';
import { type CommandResult, type Unstamped, createCommandDesk } from '../commands.ts';
import { COORDINATOR_SEAT, type Principal } from '../policy.ts';
import type { RouteDeps } from '../route.ts';
import { whoOf } from '../who.ts';

/** Commands that are handed over at once: the engine serves other people, too. */
const AT_ONCE = 4;
/** Once one of them found engine or worker away, the others are stored and do not wait for them as long. */
const HURRIED_MS = 200;

type Unnamed<C> = C extends PersonCommand ? Omit<C, 'id' | 'receivedAtMs'> : never;

/** One command of several that a request makes. */
export interface Part {
  agreementId: string;
  seat: string;
  command: Unnamed<PersonCommand>;
}

/** What became of one of them. */
export interface PartResult {
  commandId: string;
  agreementId: string;
  seat: string;
  type: string;
  command: Record<string, unknown>;
  result: CommandResult;
}

/**
 * A coordinator's act on behalf of the installation: a person's departure or absence that is entered for them. Whoever
 * may write the directory may say so, and the agreement's history says who did.
 */
export function deskActor(principal: Principal): Actor {
  return { personId: whoOf(principal), seat: COORDINATOR_SEAT, via: 'api' };
}

/** What the ids of a request's commands begin with. */
export function commandPrefix(kind: string, key: string): string {
  return `${kind}-${createHash('sha256').update(key).digest('hex').slice(0, 32)}/`;
}

/**
 * Hands several commands over under one Idempotency-Key. Their ids follow from it, so that a request that is repeated,
 * even by another process after a crash, hands over what is missing and nothing twice; what was handed over before
 * counts though the seats have changed since.
 *
 * @param kind tells requests under one key apart: `departure`
 * @returns every command of this key, in order of agreement and seat
 */
export async function submitAll(
  deps: RouteDeps,
  { kind, key, parts }: { kind: string; key: string; parts: readonly Part[] },
): Promise<PartResult[]> {
  const prefix = commandPrefix(kind, key);
  const waiting = [...parts];
  let { desk } = deps;
  const work = async (): Promise<void> => {
    for (let part = waiting.shift(); part; part = waiting.shift()) {
      const { agreementId, seat, command } = part;
      const id = `${prefix}${agreementId}/${seat}/${command.type}`;
      const { status } = await desk.submit({ agreementId, command: { ...command, id } as Unstamped<PersonCommand> });
      if (status === 'pending') desk = createCommandDesk({ ...deps, engineDeadlineMs: HURRIED_MS });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const rows = await deps.database.command.findMany({ where: { id: { startsWith: prefix } }, orderBy: { id: 'asc' } });
  return Promise.all(
    rows.map(async ({ id, agreementId, type, command }) => ({
      commandId: id,
      agreementId,
      seat: (command as { seat: string }).seat,
      type,
      command: command as Record<string, unknown>,
      result: await deps.desk.look(id),
    })),
  );
}
