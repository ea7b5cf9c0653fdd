import { toBuffer, toString as toText } from 'qrcode';
import { TRIAL, answerTokenHash, answerUrl, newAnswerToken } from '../../activities/answer-token.ts';
import type { SurveyChannel } from '../../domain/survey/compiled.ts';
import { isoAt } from '../../domain/zone.ts';
import { agreementWorkflowId } from '../../workflows/ids.ts';
import type { ApiDeps } from '../deps.ts';
import { Problem } from '../problem.ts';
import type { Cycle } from './cycle.ts';

type Deps = Pick<ApiDeps, 'database' | 'clock' | 'config'>;

/** Edge of a QR code as PNG, in pixels: some 5 cm in print. */
const PNG_PIXELS = 600;

/** Makes a link that anybody may answer by. It is told once: Postgres keeps a hash. */
export async function createOpenLink(
  { database, clock, config }: Deps,
  { workflowId, input }: Cycle,
  { label, channel }: { label: string; channel: SurveyChannel },
) {
  const token = newAnswerToken();
  const at = clock();
  const { id } = await database.surveyLink.create({
    data: { workflowId, tokenHash: answerTokenHash(token), label, channel, createdAt: new Date(at) },
  });
  return { id, label, channel, createdAt: isoAt(input.zone, at), ...(await withCode(config.publicUrl, token)) };
}

/** Makes a link to the feedback form of an agreement, which is open all the time. */
export async function createFeedbackLink({ database, clock, config }: Deps, agreementId: string, label: string) {
  const token = newAnswerToken();
  const { id } = await database.surveyLink.create({
    data: {
      workflowId: agreementWorkflowId(agreementId),
      tokenHash: answerTokenHash(token),
      label,
      channel: 'online',
      createdAt: new Date(clock()),
    },
  });
  return { id, ...(await withCode(config.publicUrl, token)) };
}

async function withCode(publicUrl: string, token: string): Promise<{ url: string; svg: string; png: string }> {
  const url = answerUrl(publicUrl, token);
  const [svg, png] = await Promise.all([
    toText(url, { type: 'svg', errorCorrectionLevel: 'M', margin: 4 }),
    toBuffer(url, { type: 'png', errorCorrectionLevel: 'M', margin: 4, width: PNG_PIXELS }),
  ]);
  return { url, svg, png: png.toString('base64') };
}

/** Those of a cycle, oldest first; links of persons, and those of test sends, apart. */
export async function openLinks({ database }: Pick<Deps, 'database'>, { workflowId, input }: Cycle) {
  const rows = await database.surveyLink.findMany({
    where: { workflowId, NOT: [{ label: { startsWith: 'invitee/' } }, { label: { startsWith: TRIAL } }] },
    orderBy: { id: 'asc' },
  });
  const iso = (at: Date | null): string | null => at && isoAt(input.zone, at.getTime());
  return rows.map(({ id, label, channel, createdAt, revokedAt }) => ({
    id,
    label,
    channel,
    createdAt: isoAt(input.zone, createdAt.getTime()),
    revokedAt: iso(revokedAt),
  }));
}

/** It takes no answers any more. Once more, nothing changes. @throws Problem `answer-link-unknown` */
export async function revokeOpenLink({ database, clock }: Deps, { workflowId }: Cycle, id: string): Promise<void> {
  const row = await database.surveyLink.findUnique({ where: { id } });
  const isOpen = row?.workflowId === workflowId && !/^(?:invitee|trial)\//.test(row.label);
  if (!isOpen) throw new Problem('answer-link-unknown');
  await database.surveyLink.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: new Date(clock()) } });
}
