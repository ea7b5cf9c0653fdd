import type { Route } from './route.ts';
import {
  changeAgreement,
  createAgreement,
  getAgreement,
  listAgreements,
  startAgreementRoute,
} from './routes/agreements.ts';
import { getCommand } from './routes/commands.ts';
import { docsRoute } from './routes/docs.ts';
import { getDocumentContent, listDocuments } from './routes/documents.ts';
import { listEvents } from './routes/events.ts';
import { getHealth } from './routes/health.ts';
import { getLedger } from './routes/ledger.ts';
import { listNotices } from './routes/notices.ts';
import { openApiRoute } from './routes/openapi.ts';
import { postPlan } from './routes/plan.ts';
import { listRefusals } from './routes/refusals.ts';
import { getReplay } from './routes/replay.ts';
import { postReview } from './routes/reviews.ts';
import { postSignature } from './routes/signatures.ts';
import { postSubmission } from './routes/submissions.ts';
import { getTemplate, getTemplates } from './routes/templates.ts';
import { postTermination } from './routes/termination.ts';

/** Every route below `/api`: mounted, and documented, from this list alone. */
export const ROUTES: readonly Route[] = [
  getHealth,
  openApiRoute(() => ROUTES),
  docsRoute(() => ROUTES),
  getTemplates,
  getTemplate,
  postPlan,
  listAgreements,
  createAgreement,
  getAgreement,
  changeAgreement,
  startAgreementRoute,
  postSignature,
  postSubmission,
  postReview,
  postTermination,
  getCommand,
  listEvents,
  getLedger,
  listNotices,
  listDocuments,
  getDocumentContent,
  listRefusals,
  getReplay,
];
