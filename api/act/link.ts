import { createHash, createHmac } from 'node:crypto';
import type { Actor } from '../../domain/agreement/command.ts';
import type { CompiledAgreement } from '../../domain/agreement/compiled.ts';
import type { AgreementState } from '../../domain/agreement/state.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import type { ApiDeps } from '../deps.ts';
import { type ObligationReference, readReference } from '../obligation-reference.ts';
import { LINK_PURPOSES, type LinkPurpose, type Principal, sameSecret } from '../policy.ts';
import { type Language, Problem } from '../problem.ts';
import { stateOf } from '../views.ts';

export type LinkHolder = Extract<Principal, { kind: 'link' }>;

/** A live link with all that its page shows. */
export interface LiveLink {
  holder: LinkHolder;
  /** The role key that the seat is on. */
  party: string | undefined;
  /** What a hand-in or a review by it is about; undefined for a signature. */
  about: ObligationReference | undefined;
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

/**
 * The link, if this is its token and it may still be used by the person who fills the seat.
 *
 * @throws Problem `link-unknown`, `link-expired`, `link-revoked`
 */
export async function openLink(
  { database, clock }: Pick<ApiDeps, 'database' | 'clock'>,
  id: string,
  token: string,
): Promise<LiveLink> {
  const link = isLinkId(id) ? await database.actionLink.findUnique({ where: { id } }) : null;
  // Compared even when there is none, so that the time taken says nothing.
  const matches = sameSecret(hashOf(token), link?.tokenHash ?? '');
  if (!link || !matches) throw new Problem('link-unknown');
  if (link.revokedAt) throw new Problem('link-revoked');
  if (link.expiresAt.getTime() <= clock()) throw new Problem('link-expired');
  const [agreement, seat] = await Promise.all([
    database.agreement.findUnique({ where: { id: link.agreementId } }),
    database.seat.findUnique({
      where: { agreementId_seat: { agreementId: link.agreementId, seat: link.seat } },
      include: { person: { include: { organisation: true } } },
    }),
  ]);
  const state = agreement ? stateOf(agreement) : undefined;
  if (!agreement || !state || !seat || seat.personId !== link.personId || !isPurpose(link.purpose)) {
    throw new Problem('link-revoked');
  }
  const { person } = seat;
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
    party: seat.party ?? undefined,
    about: link.obligation === null ? undefined : readReference(link.obligation),
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
export function linkActor({ holder: { personId, seat }, party }: LiveLink): Actor {
  return { personId, seat, ...(party === undefined ? {} : { party }), via: 'link' };
}

function isPurpose(text: string): text is LinkPurpose {
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
