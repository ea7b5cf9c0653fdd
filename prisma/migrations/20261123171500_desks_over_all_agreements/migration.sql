-- AlterTable
ALTER TABLE "process" ADD COLUMN     "due_sequence" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "next_due_at" TIMESTAMPTZ(3);

-- Lists of the cases, evaluations and engagements of all agreements (api/cases/desk.ts, api/evaluations/desk.ts,
-- api/engagements/desk.ts). What an index is partial to, and what it is made of, stands there word for word; Prisma's
-- schema knows neither.
CREATE INDEX "process_case_due_idx" ON "process" ((coalesce("next_due_at", 'infinity'::timestamptz)), "id")
WHERE type = 'case' AND status <> 'closed';

CREATE INDEX "process_case_opened_idx" ON "process" (((input ->> 'openedAtMs')::bigint), "id")
WHERE type = 'case';

-- Cases whose due time is older than their last event: none, once each was written by this release.
CREATE INDEX "process_case_stale_idx" ON "process" ("id")
WHERE type = 'case' AND status <> 'closed' AND due_sequence < sequence;

CREATE INDEX "process_evaluation_period_idx" ON "process" (((input -> 'period' ->> 'toMs')::bigint), "id")
WHERE type = 'evaluation';

CREATE INDEX "process_evaluation_open_idx" ON "process" (((input -> 'period' ->> 'toMs')::bigint), "id")
WHERE type = 'evaluation' AND status NOT IN ('complete', 'ended');

CREATE INDEX "process_engagement_created_idx" ON "process" ("created_at", "id")
WHERE type = 'engagement';

CREATE INDEX "process_engagement_open_idx" ON "process" ("created_at", "id")
WHERE type = 'engagement' AND status NOT IN ('refused', 'withdrawn', 'closed');

CREATE INDEX "process_evaluation_subjects_idx" ON "process" USING GIN ((snapshot -> 'subjects') jsonb_path_ops)
WHERE type = 'evaluation';

-- Reports that the contracts ask for, and certificates (api/reports/listing.ts).
CREATE INDEX "obligation_report_due_idx" ON "obligation" ("due_at", "agreement_id", "id", "occurrence")
WHERE kind IN ('report', 'analysis') AND due_at IS NOT NULL;

CREATE INDEX "event_certificate_idx" ON "event" ("occurred_at", "workflow_id", "sequence")
WHERE type = 'certificate-issued';

CREATE INDEX "process_survey_report_idx" ON "process" (((snapshot ->> 'closedAtMs')::bigint), "id")
WHERE type = 'survey' AND status IN ('closed', 'analysed', 'reported') AND (snapshot ->> 'closedAtMs') IS NOT NULL;
