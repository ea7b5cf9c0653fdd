import { statfs } from 'node:fs/promises';
import type { z } from 'zod';
import type { ApiDeps } from '../deps.ts';
import { engineParts } from './engine.ts';
import { type SystemPart, partOf, trouble, worst } from './part.ts';
import { SYSTEM_PARTS, type system } from './schema.ts';
import { administratorPart, archivePart, calendarPart, databasePart, mailPart, webhookPart } from './stored.ts';

const MEBIBYTE = 1024 * 1024;

/** Whether everything works: each part with what is known of it, and what is wrong. One that is away says so. */
export async function systemHealth(deps: ApiDeps): Promise<z.input<typeof system>> {
  const answered = (part: SystemPart['part'], asked: Promise<SystemPart>): Promise<SystemPart> =>
    asked.catch((error: unknown) => {
      deps.log.warn({ part, error: (error as Error).name }, 'a part of the system does not answer');
      return partOf(part, {}, [trouble('not-answering', 'bad')]);
    });
  const parts = await Promise.all([
    apiPart(deps),
    answered('database', databasePart(deps)),
    engineParts(deps),
    answered('mail', mailPart(deps)),
    answered('webhooks', webhookPart(deps)),
    answered('archive', archivePart(deps)),
    answered('disk', diskPart(deps)),
    answered('calendars', calendarPart(deps)),
    answered('administrators', administratorPart(deps)),
  ]);
  const inOrder = parts.flat().sort((a, b) => SYSTEM_PARTS.indexOf(a.part) - SYSTEM_PARTS.indexOf(b.part));
  return {
    state: worst(inOrder.map(({ state }) => state)),
    at: new Date(deps.clock()).toISOString(),
    temporalUiUrl: deps.config.temporalUiUrl ?? null,
    parts: inOrder,
  };
}

function apiPart({ version, clock }: ApiDeps): SystemPart {
  const sinceMs = clock() - process.uptime() * 1000;
  return partOf(
    'api',
    { version, node: process.versions.node, since: new Date(sinceMs).toISOString(), memory: process.memoryUsage.rss() },
    [],
  );
}

/** Where documents are kept. */
async function diskPart({ config }: ApiDeps): Promise<SystemPart> {
  if (config.documentsDir === undefined) return partOf('disk', {}, []);
  const { bavail, bsize, blocks } = await statfs(config.documentsDir).catch((error: NodeJS.ErrnoException) => {
    // Nobody has handed in anything yet.
    if (error.code === 'ENOENT') return statfs('.');
    throw error;
  });
  const free = bavail * bsize;
  const total = blocks * bsize;
  const mebibytes = Math.round(free / MEBIBYTE);
  return partOf('disk', { free, total }, [
    mebibytes < 512
      ? trouble('disk-full', 'bad', { mebibytes })
      : free < total / 10 && mebibytes < 10_240 && trouble('disk-filling', 'warning', { mebibytes }),
  ]);
}
