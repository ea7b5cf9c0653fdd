-- AlterTable
ALTER TABLE "agreement" ADD COLUMN     "awaited_version" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "process" ADD COLUMN     "awaited_version" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "awaited" (
    "number" BIGSERIAL NOT NULL,
    "workflow_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "agreement_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "act" TEXT NOT NULL,
    "about" TEXT,
    "waits_for" TEXT[],
    "parties" TEXT[],
    "due_at" TIMESTAMPTZ(3),
    "local_date" VARCHAR(10),
    "warn_at" TIMESTAMPTZ(3),
    "is_paused" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "awaited_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "tally" (
    "id" BIGSERIAL NOT NULL,
    "what" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "tally_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "saved_view" (
    "id" UUID NOT NULL,
    "user_id" TEXT NOT NULL,
    "page" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "saved_view_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "awaited_due_at_number_idx" ON "awaited"("due_at", "number");

-- CreateIndex
CREATE INDEX "awaited_kind_due_at_number_idx" ON "awaited"("kind", "due_at", "number");

-- CreateIndex
CREATE INDEX "awaited_agreement_id_due_at_number_idx" ON "awaited"("agreement_id", "due_at", "number");

-- CreateIndex
CREATE UNIQUE INDEX "awaited_workflow_id_key_key" ON "awaited"("workflow_id", "key");

-- CreateIndex
CREATE UNIQUE INDEX "saved_view_user_id_page_name_key" ON "saved_view"("user_id", "page", "name");

-- AddForeignKey
ALTER TABLE "awaited" ADD CONSTRAINT "awaited_agreement_id_fkey" FOREIGN KEY ("agreement_id") REFERENCES "agreement"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "saved_view" ADD CONSTRAINT "saved_view_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "auth_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- `awaited` of what is there already is filled by the worker at its start (activities/awaited-fill.ts): it follows from rules.

-- Whoever changes statuses, be it one row or many, leaves what that changes of the totals in the same transaction. Rows are
-- added only: two transactions never wait for one another here.
CREATE FUNCTION "note_statuses"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  CASE TG_OP
    WHEN 'INSERT' THEN
      INSERT INTO tally (what, status, count)
      SELECT TG_TABLE_NAME, status, count(*) FROM rows_after GROUP BY status;
    WHEN 'DELETE' THEN
      INSERT INTO tally (what, status, count)
      SELECT TG_TABLE_NAME, status, -count(*) FROM rows_before GROUP BY status;
    WHEN 'UPDATE' THEN
      INSERT INTO tally (what, status, count)
      SELECT TG_TABLE_NAME, status, sum(more) FROM (
        SELECT status, 1 AS more FROM rows_after UNION ALL SELECT status, -1 FROM rows_before) AS moved
      GROUP BY status HAVING sum(more) <> 0;
  END CASE;
  RETURN NULL;
END
$$;

CREATE TRIGGER "agreement_added" AFTER INSERT ON "agreement"
REFERENCING NEW TABLE AS rows_after FOR EACH STATEMENT EXECUTE FUNCTION "note_statuses"();
CREATE TRIGGER "agreement_moved" AFTER UPDATE ON "agreement"
REFERENCING OLD TABLE AS rows_before NEW TABLE AS rows_after FOR EACH STATEMENT EXECUTE FUNCTION "note_statuses"();
CREATE TRIGGER "agreement_gone" AFTER DELETE ON "agreement"
REFERENCING OLD TABLE AS rows_before FOR EACH STATEMENT EXECUTE FUNCTION "note_statuses"();

CREATE TRIGGER "obligation_added" AFTER INSERT ON "obligation"
REFERENCING NEW TABLE AS rows_after FOR EACH STATEMENT EXECUTE FUNCTION "note_statuses"();
CREATE TRIGGER "obligation_moved" AFTER UPDATE ON "obligation"
REFERENCING OLD TABLE AS rows_before NEW TABLE AS rows_after FOR EACH STATEMENT EXECUTE FUNCTION "note_statuses"();
CREATE TRIGGER "obligation_gone" AFTER DELETE ON "obligation"
REFERENCING OLD TABLE AS rows_before FOR EACH STATEMENT EXECUTE FUNCTION "note_statuses"();

INSERT INTO "tally" ("what", "status", "count") SELECT 'agreement', status, count(*) FROM "agreement" GROUP BY status;
INSERT INTO "tally" ("what", "status", "count") SELECT 'obligation', status, count(*) FROM "obligation" GROUP BY status;
