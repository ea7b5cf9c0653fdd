import { createHash, createHmac } from 'node:crypto';
import type { Actor } from '../../domain/agreement/command.ts';
import type { CompiledAgreement } from '../../domain/agreement/compiled.ts';
import type { AgreementState } from '../../domain/agreement/state.ts';
import { localDateAt } from '../../domain/zone.ts';
import type { ActionLink, Prisma } from '../../prisma/generated/client.ts';
import type { ApiDeps } from '../deps.ts';
import { type ObligationReference, readReference } from '../../domain/agreement/reference.ts';
import { holdingOf } from '../links/holding.ts';
import { LINK_PURPOSES, type LinkPurpose, type Principal, sameSecret } from '../policy.ts';
import { type Language, Problem } from '../problem.ts';
import { stateOf, templateOf } from '../views.ts';
import { type Asked, askedOf, isAnswer } from './asked.ts';
import { type LinkedEngagement, askedIn, linkedEngagement } from './engagement/linked.ts';

export type LinkHolder = Extract<Principal, { kind: 'link' }>;

/** A live link with all that its page shows. */
export interface LiveLink {
  holder: LinkHolder;
  /** The role key that the seat is on. */
  party: string | undefined;
  /** As whom its holder reads: the seat, or themselves (`person:<id>`). */
  reader: string;
  /** The absent person whose deputy the holder is. */
  deputyFor: { id: string; name: string } | undefined;
  /** What a hand-in or a review by it is about; undefined for a signature, and for what is no duty. */
  about: ObligationReference | undefined;
  /** What is answered by it, where it is no duty. */
  asked: Asked | undefined;
  /** The engagement that it is about, and what for. */
  engagement: LinkedEngagement | undefined;
  expiresAt: Date;
  person: { name: string; organisation: string; language: Language };
  agreement: Prisma.AgreementGetPayload<object>;
  compiled: CompiledAgreement;
  state: AgreementState;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function isLinkId(text: string): boolean {
  return UUID.test(text);
}

/** SHA-256 of a token's text, in hex, as activities/links.ts stores it. */
function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** The id of the link whose token this is, for addresses that bear the token alone. @throws Problem `link-unknown` */
export async function linkIdOf({ database }: Pick<ApiDeps, 'database'>, token: string): Promise<string> {
  const link = await database.actionLink.findUnique({ where: { tokenHash: hashOf(token) }, select: { id: true } });
  if (!link) throw new Problem('link-unknown');
  return link.id;
}

/** The link whose id and token these are, whether it may be used or not. @throws Problem `link-unknown` */
export async function knownLink(
  { database }: Pick<ApiDeps, 'database'>,
  id: string,
  token: string,
): Promise<ActionLink> {
  const link = isLinkId(id) ? await database.actionLink.findUnique({ where: { id } }) : null;
  // Compared even when there is none, so that the time taken says nothing.
  const matches = sameSecret(hashOf(token), link?.tokenHash ?? '');
  if (!link || !matches) throw new Problem('link-unknown');
  return link;
}

/**
 * The link, if it may still be used: by whoever fills the seat, or stands in today.
 *
 * @throws Problem `link-expired`, `link-revoked`
 */
export async function openLink(deps: Pick<ApiDeps, 'database' | 'clock'>, link: ActionLink): Promise<LiveLink> {
  if (link.revokedAt) throw new Problem('link-revoked');
  if (link.expiresAt.getTime() <= deps.clock()) throw new Problem('link-expired');
  const held = await heldLink(deps, link);
  if (!held) throw new Problem('link-revoked');
  return held;
}

/** The link with all that its page shows, were it still to hold; undefined where it is not its person's affair any more. */
export async function heldLink(
  { database, clock }: Pick<ApiDeps, 'database' | 'clock'>,
  link: ActionLink,
): Promise<LiveLink | undefined> {
  const [agreement, seat, person] = await Promise.all([
    database.agreement.findUnique({ where: { id: link.agreementId } }),
    database.seat.findUnique({ where: { agreementId_seat: { agreementId: link.agreementId, seat: link.seat } } }),
    database.person.findUnique({ where: { id: link.personId }, include: { organisation: true } }),
  ]);
  const state = agreement ? stateOf(agreement) : undefined;
  if (!agreement || !state || !person || person.erasedAt || !isPurpose(link.purpose)) return undefined;
  const on = localDateAt(state.agreement.zone, clock());
  const holding = holdingOf(link, { seats: seat ? [seat] : [], standIns: state.standIns, on });
  if (!holding) return undefined;
  const isOfEngagement = link.purpose === 'engagement';
  const engagement = isOfEngagement ? await linkedEngagement(database, link) : undefined;
  const asked = isOfEngagement
    ? engagement && (await askedIn(database, engagement, { seat: link.seat, nowMs: clock() }))
    : isAnswer(link.purpose)
      ? askedOf(state, link, templateOf(agreement.template))
      : undefined;
  const absent =
    holding.by === 'stand-in' ? await database.person.findUnique({ where: { id: holding.absent } }) : undefined;
  return {
    holder: {
      kind: 'link',
      linkId: link.id,
      personId: link.personId,
      agreementId: link.agreementId,
      seat: link.seat,
      purpose: link.purpose,
      obligation: link.obligation,
    },
    party: seat?.party ?? undefined,
    reader: holding.by === 'reader' ? `person:${link.personId}` : link.seat,
    deputyFor: absent ? { id: absent.id, name: absent.name } : undefined,
    about: link.obligation === null || isAnswer(link.purpose) ? undefined : readReference(link.obligation),
    asked,
    engagement,
    expiresAt: link.expiresAt,
    person: {
      name: person.name,
      organisation: person.organisation.name,
      language: person.language === 'en' ? 'en' : 'zh',
    },
    agreement,
    compiled: state.agreement,
    state,
  };
}

/** Who acts by it. */
export function linkActor({ holder: { personId, seat }, party, deputyFor }: LiveLink): Actor {
  return {
    personId,
    seat,
    ...(party === undefined ? {} : { party }),
    ...(deputyFor === undefined ? {} : { deputyFor: deputyFor.id }),
    via: 'link',
  };
}

export function isPurpose(text: string): text is LinkPurpose {
  return (LINK_PURPOSES as readonly string[]).includes(text);
}

/** Seals what a form carries along for the server, so that nobody else can have made it up. */
export function formSeal(token: string, content: string): string {
  return createHmac('sha256', token).update(`kept ${content}`).digest('hex');
}

/** Binds a form to the link's token and to one act, so that no other page can send it. */
export function formNonce(token: string, key: string): string {
  return createHmac('sha256', token).update(`form ${key}`).digest('hex');
}
