import { createLinks, linkExpiry } from '../../activities/links.ts';
import type { ActionLink } from '../../prisma/generated/client.ts';
import { heldLink } from '../act/link.ts';
import { nothingToDo, viewOf } from '../act/pages.ts';
import type { ApiDeps } from '../deps.ts';
import type { Principal } from '../policy.ts';
import { logAccess, personSubject } from '../privacy/access-log.ts';
import { mailUnavailable } from '../mail-unavailable.ts';
import { Problem } from '../problem.ts';
import { linkLetter } from './letter.ts';

/**
 * Mails a fresh link for the same person, purpose and matter, and revokes the one that it replaces. Who asked for it, and
 * the hash of the address that it went to, stand in the access log before it is mailed.
 *
 * @returns when the fresh one ends
 * @throws Problem `link-not-held`, `link-settled`; `mail-unavailable`: then the old one is as it was
 */
export async function reissueLink(
  deps: Pick<ApiDeps, 'database' | 'clock' | 'config' | 'log' | 'sendLetter'>,
  link: ActionLink,
  by: Principal,
): Promise<Date> {
  const { database, clock, config, sendLetter } = deps;
  if (!sendLetter) throw new Error('the API was started without mail');
  const held = await heldLink(deps, link);
  if (!held) throw new Problem('link-not-held');
  const nowMs = clock();
  if (nothingToDo(held, held.person.language, nowMs) !== undefined) throw new Problem('link-settled');
  const { email } = await database.person.findUniqueOrThrow({ where: { id: link.personId } });
  const { purpose, obligation, seat } = held.holder;
  const view = viewOf(held, nowMs);
  const expiresAt = linkExpiry(nowMs, (held.asked ?? view)?.due?.dueAtMs);
  const noticeId = link.noticeId ?? `link/${link.id}`;
  const about = obligation === null ? {} : (held.about ?? { obligation });
  const request = {
    agreementId: link.agreementId,
    personId: link.personId,
    seat,
    purpose,
    ...about,
    noticeId,
    expiresAt,
  };
  await logAccess(deps, by, {
    action: 'reissue-link',
    subject: personSubject(link.personId),
    agreementId: link.agreementId,
    address: email,
  });
  const [url = ''] = await createLinks(database, [request], { clock, publicUrl: config.publicUrl, repeated: [] });
  await sendLetter(linkLetter(held, { email, url, expiresAt, view })).catch((error: unknown) => {
    throw mailUnavailable(deps.log, error, { link: link.id, agreementId: link.agreementId });
  });
  await database.actionLink.updateMany({
    where: { id: link.id, revokedAt: null },
    data: { revokedAt: new Date(nowMs) },
  });
  return new Date(expiresAt);
}

/**
 * Whether the coordinator withdrew this link, or the newest one of the same person for the same matter: then its holder
 * gets no fresh one by themselves.
 */
export async function isWithdrawn({ database }: Pick<ApiDeps, 'database'>, link: ActionLink): Promise<boolean> {
  const { agreementId, personId, seat, purpose, obligation } = link;
  const newest = await database.actionLink.findFirst({
    where: { agreementId, personId, seat, purpose, obligation },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
  });
  return [link, newest].some((one) => one?.revokedBy === 'coordinator');
}
