import { toBuffer, toString as toText } from 'qrcode';
import { caseTokenHash, caseUrl, newCaseToken } from '../../activities/case-link.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { isoAt } from '../../domain/zone.ts';
import type { ApiDeps } from '../deps.ts';
import { Problem } from '../problem.ts';
import { findAgreement, zoneOf } from '../views.ts';

type Deps = Pick<ApiDeps, 'database' | 'clock' | 'config'>;

/** Edge of a QR code as PNG, in pixels: some 5 cm in print. */
const PNG_PIXELS = 600;

/** Makes a link to an agreement's form. It is told once: Postgres keeps a hash. */
export async function createIntakeLink(deps: Deps, agreementId: string, label: string) {
  const { id, url } = await newLink(deps, { agreementId, workflowId: null, label });
  const [svg, png] = await Promise.all([
    toText(url, { type: 'svg', errorCorrectionLevel: 'M', margin: 4 }),
    toBuffer(url, { type: 'png', errorCorrectionLevel: 'M', margin: 4, width: PNG_PIXELS }),
  ]);
  return { id, url, svg, png: png.toString('base64') };
}

/** Makes a link to a case for whoever brought it: on the page after the form, or handed over by the staff. */
export async function newLink(
  { database, clock, config }: Deps,
  { agreementId, workflowId, label }: { agreementId: string; workflowId: string | null; label: string },
): Promise<{ id: string; url: string }> {
  const token = newCaseToken();
  const { id } = await database.caseLink.create({
    data: { agreementId, workflowId, tokenHash: caseTokenHash(token), label, createdAt: new Date(clock()) },
  });
  return { id, url: caseUrl(config.publicUrl, token) };
}

/** Links to an agreement's form, oldest first. */
export async function intakeLinks({ database }: Pick<Deps, 'database'>, agreementId: string) {
  const zone = zoneOf(await findAgreement(database, agreementId));
  const rows = await database.caseLink.findMany({ where: { agreementId, workflowId: null }, orderBy: { id: 'asc' } });
  const iso = (at: Date | null): string | null => at && isoAt(zone, at.getTime());
  return rows.map(({ id, label, createdAt, revokedAt }) => ({
    id,
    label,
    createdAt: isoAt(zone, createdAt.getTime()),
    revokedAt: iso(revokedAt),
  }));
}

/** It takes no cases any more. Once more, nothing changes. @throws Problem `case-link-unknown` */
export async function revokeIntakeLink(
  { database, clock }: Pick<Deps, 'database' | 'clock'>,
  { agreementId, id }: { agreementId: string; id: string },
): Promise<void> {
  const row = await database.caseLink.findUnique({ where: { id } });
  if (row?.agreementId !== agreementId || row.workflowId !== null) throw new Problem('case-link-unknown');
  await database.caseLink.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: new Date(clock()) } });
}

/** Whoever bears a token: anybody with the form of an agreement, or whoever brought a case. */
export interface CaseBearer {
  linkId: string;
  agreementId: string;
  /** Null: the form. */
  workflowId: string | null;
}

/** Whose token it is; null: nobody's, or withdrawn. */
export async function bearerOf(
  database: Pick<Prisma.TransactionClient, 'caseLink'>,
  token: string,
): Promise<CaseBearer | null> {
  const link = await database.caseLink.findUnique({ where: { tokenHash: caseTokenHash(token) } });
  if (!link || link.revokedAt !== null) return null;
  return { linkId: link.id, agreementId: link.agreementId, workflowId: link.workflowId };
}
