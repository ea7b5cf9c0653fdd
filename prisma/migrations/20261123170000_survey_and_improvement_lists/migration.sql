-- Lists of the cycles and the findings of all agreements (api/surveys/listing.ts, api/improvements/listing.ts). What an index
-- is partial to, and what it is made of, stands there word for word; Prisma's schema knows neither.
CREATE INDEX "process_survey_running_idx" ON "process" (((input -> 'due' ->> 'dueAtMs')::bigint), "id")
WHERE type = 'survey' AND status IN ('starting', 'planned', 'missed', 'open', 'closed', 'analysed');

CREATE INDEX "process_survey_over_idx" ON "process" (((input -> 'due' ->> 'dueAtMs')::bigint), "id")
WHERE type = 'survey' AND status IN ('reported', 'elsewhere', 'cancelled');

CREATE INDEX "process_improvement_open_idx" ON "process" ("status", ((input ->> 'raisedAtMs')::bigint), "id")
WHERE type = 'improvement' AND status IN ('starting', 'raised', 'classified', 'planned', 'approved', 'implemented', 'effective');

CREATE INDEX "process_improvement_over_idx" ON "process" (((input ->> 'raisedAtMs')::bigint), "id")
WHERE type = 'improvement' AND status IN ('closed', 'merged', 'dismissed', 'cancelled');
