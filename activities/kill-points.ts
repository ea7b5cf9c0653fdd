/** A point right after a write, in the order in which an agreement's life meets them: here a fault test ends the process. */
export const KILL_POINTS = [
  'document:stored',
  'command:stored',
  'command:sent',
  'agreement:stored',
  'agreement:workflow-started',
  'record:committed',
  'notify:claimed',
  'notify:link-created',
  'notify:handed-over',
  'notify:marked',
  'archive:stored',
] as const;

export type KillPointName = (typeof KILL_POINTS)[number];

/** Said after every write; does nothing but in fault tests. */
export type KillPoint = (name: KillPointName) => void;

/**
 * A kill point that ends the own process with SIGKILL, as a power cut would, when it is reached under the name `killAt`;
 * without a name it does nothing.
 *
 * @throws when `killAt` is no kill point: a test that never kills would be green for the wrong reason.
 */
export function createKillPoint(killAt: string | undefined): KillPoint {
  if (killAt === undefined) return () => undefined;
  if (!KILL_POINTS.some((name) => name === killAt)) {
    throw new Error(`"${killAt}" is no kill point; there are ${KILL_POINTS.join(', ')}`);
  }
  return (name) => {
    if (name === killAt) process.kill(process.pid, 'SIGKILL');
  };
}
