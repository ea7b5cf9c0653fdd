import { z } from 'zod';
import { readFromEngine } from '../engine.ts';
import { logAccess } from '../privacy/access-log.ts';
import { Problem } from '../problem.ts';
import { route } from '../route.ts';
import * as schemas from '../schemas.ts';
import { findAgreement } from '../views.ts';

export const getEvidence = route({
  id: 'evidence',
  method: 'get',
  path: '/agreements/{id}/evidence',
  summary: 'One signed bundle with all evidence of the agreement, for abide verify; every download is logged',
  access: 'audit',
  params: schemas.idParams,
  answers: { 200: { description: 'The bundle', schema: z.string(), mediaType: 'application/zip' } },
  handle: async ({ deps, params: { id }, principal }) => {
    const { status } = await findAgreement(deps.database, id);
    if (status === 'draft' || status === 'starting') throw new Problem('not-started');
    const { fileName, fingerprint, stream } = await readFromEngine(deps.evidence(id), deps);
    await logAccess(deps, principal, { action: 'download', subject: `evidence/${id}`, agreementId: id });
    return {
      status: 200,
      headers: {
        'Content-Type': 'application/zip',
        'Content-Disposition': `attachment; filename="${fileName}"`,
        'Cache-Control': 'no-store',
        'Abide-Key-Fingerprint': fingerprint,
      },
      stream,
    };
  },
});
