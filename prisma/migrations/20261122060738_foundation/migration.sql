-- CreateTable
CREATE TABLE "organisation" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "parent_id" UUID,

    CONSTRAINT "organisation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "language" TEXT NOT NULL DEFAULT 'zh',
    "zone" TEXT NOT NULL DEFAULT 'Asia/Shanghai',

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "agreement" (
    "id" UUID NOT NULL,
    "template" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "zone" TEXT NOT NULL,
    "draft" JSONB NOT NULL,
    "compiled" JSONB,
    "snapshot" JSONB,
    "sequence" INTEGER NOT NULL DEFAULT 0,
    "in_force_on" VARCHAR(10),
    "expires_on" VARCHAR(10),
    "ended_on" VARCHAR(10),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),

    CONSTRAINT "agreement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "seat" (
    "agreement_id" UUID NOT NULL,
    "seat" TEXT NOT NULL,
    "party" TEXT,
    "person_id" UUID NOT NULL,

    CONSTRAINT "seat_pkey" PRIMARY KEY ("agreement_id","seat")
);

-- CreateTable
CREATE TABLE "command" (
    "id" VARCHAR(255) NOT NULL,
    "agreement_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "command" JSONB NOT NULL,
    "text" JSONB,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "outcome" JSONB,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "command_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotent_request" (
    "key" VARCHAR(255) NOT NULL,
    "fingerprint" VARCHAR(64) NOT NULL,
    "status" TEXT NOT NULL,
    "answer_code" INTEGER,
    "answer_body" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotent_request_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "event" (
    "workflow_id" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "agreement_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "obligation" TEXT,
    "occurrence" TEXT,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "actor" JSONB NOT NULL,
    "clauses" TEXT[],
    "command_id" TEXT,
    "body" TEXT NOT NULL,
    "previous" VARCHAR(64) NOT NULL,
    "hash" VARCHAR(64) NOT NULL,

    CONSTRAINT "event_pkey" PRIMARY KEY ("workflow_id","sequence")
);

-- CreateTable
CREATE TABLE "obligation" (
    "agreement_id" UUID NOT NULL,
    "id" TEXT NOT NULL,
    "occurrence" TEXT NOT NULL DEFAULT '',
    "kind" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "responsible" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3),
    "local_date" VARCHAR(10),
    "fulfilled_at" TIMESTAMPTZ(3),
    "settled_days_late" INTEGER NOT NULL DEFAULT 0,
    "clauses" TEXT[],
    "position" INTEGER NOT NULL,

    CONSTRAINT "obligation_pkey" PRIMARY KEY ("agreement_id","id","occurrence")
);

-- CreateTable
CREATE TABLE "ledger_line" (
    "workflow_id" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "agreement_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "obligation" TEXT,
    "occurrence" TEXT,
    "debtor" TEXT NOT NULL,
    "creditor" TEXT NOT NULL,
    "amount" DECIMAL(24,4) NOT NULL,
    "amount_text" TEXT NOT NULL,
    "currency" VARCHAR(3) NOT NULL,
    "days" INTEGER,
    "base" TEXT,
    "rate" TEXT,
    "clauses" TEXT[],

    CONSTRAINT "ledger_line_pkey" PRIMARY KEY ("workflow_id","sequence")
);

-- CreateTable
CREATE TABLE "notice" (
    "id" TEXT NOT NULL,
    "agreement_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "seat" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "obligation" TEXT,
    "occurrence" TEXT,
    "rungs" TEXT[],
    "at" TIMESTAMPTZ(3) NOT NULL,
    "clauses" TEXT[],
    "act" TEXT,
    "facts" JSONB NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'queued',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "claimed_at" TIMESTAMPTZ(3),
    "possible_duplicate" BOOLEAN NOT NULL DEFAULT false,
    "message_id" TEXT NOT NULL,
    "person_id" UUID,
    "address" TEXT,
    "language" TEXT,
    "subject" TEXT,
    "sent_at" TIMESTAMPTZ(3),
    "failure" TEXT,

    CONSTRAINT "notice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "action_link" (
    "id" UUID NOT NULL,
    "token_hash" VARCHAR(64) NOT NULL,
    "agreement_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "seat" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "obligation" TEXT,
    "notice_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "action_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "document" (
    "sha256" VARCHAR(64) NOT NULL,
    "size" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "document_pkey" PRIMARY KEY ("sha256")
);

-- CreateTable
CREATE TABLE "agreement_document" (
    "id" UUID NOT NULL,
    "agreement_id" UUID NOT NULL,
    "sha256" VARCHAR(64) NOT NULL,
    "file_name" TEXT NOT NULL,
    "command_id" TEXT NOT NULL,
    "obligation" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "agreement_document_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "access_log" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" JSONB NOT NULL,
    "agreement_id" UUID,
    "subject" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,

    CONSTRAINT "access_log_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "refusal" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" JSONB NOT NULL,
    "agreement_id" UUID,
    "action" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "path" TEXT,

    CONSTRAINT "refusal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workflow_run" (
    "workflow_id" TEXT NOT NULL,
    "run_id" TEXT NOT NULL,
    "agreement_id" UUID NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "bundle" VARCHAR(64) NOT NULL,
    "sdk" TEXT NOT NULL,
    "archived_at" TIMESTAMPTZ(3),
    "history" BYTEA,

    CONSTRAINT "workflow_run_pkey" PRIMARY KEY ("workflow_id","run_id")
);

-- CreateTable
CREATE TABLE "workflow_bundle" (
    "sha256" VARCHAR(64) NOT NULL,
    "code" BYTEA NOT NULL,
    "sdk" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "workflow_bundle_pkey" PRIMARY KEY ("sha256")
);

-- CreateIndex
CREATE INDEX "organisation_name_idx" ON "organisation"("name");

-- CreateIndex
CREATE UNIQUE INDEX "person_organisation_id_email_key" ON "person"("organisation_id", "email");

-- CreateIndex
CREATE INDEX "agreement_created_at_id_idx" ON "agreement"("created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "agreement_status_idx" ON "agreement"("status");

-- CreateIndex
CREATE INDEX "seat_person_id_idx" ON "seat"("person_id");

-- CreateIndex
CREATE INDEX "command_agreement_id_status_received_at_idx" ON "command"("agreement_id", "status", "received_at");

-- CreateIndex
CREATE INDEX "command_status_received_at_idx" ON "command"("status", "received_at");

-- CreateIndex
CREATE INDEX "event_agreement_id_sequence_idx" ON "event"("agreement_id", "sequence");

-- CreateIndex
CREATE INDEX "obligation_status_due_at_idx" ON "obligation"("status", "due_at");

-- CreateIndex
CREATE INDEX "ledger_line_agreement_id_at_idx" ON "ledger_line"("agreement_id", "at");

-- CreateIndex
CREATE INDEX "notice_status_idx" ON "notice"("status");

-- CreateIndex
CREATE UNIQUE INDEX "notice_agreement_id_number_key" ON "notice"("agreement_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "action_link_token_hash_key" ON "action_link"("token_hash");

-- CreateIndex
CREATE INDEX "action_link_agreement_id_idx" ON "action_link"("agreement_id");

-- CreateIndex
CREATE INDEX "agreement_document_agreement_id_idx" ON "agreement_document"("agreement_id");

-- CreateIndex
CREATE UNIQUE INDEX "agreement_document_command_id_sha256_key" ON "agreement_document"("command_id", "sha256");

-- CreateIndex
CREATE INDEX "access_log_agreement_id_at_idx" ON "access_log"("agreement_id", "at");

-- CreateIndex
CREATE INDEX "refusal_agreement_id_at_idx" ON "refusal"("agreement_id", "at");

-- CreateIndex
CREATE INDEX "workflow_run_agreement_id_first_seen_at_idx" ON "workflow_run"("agreement_id", "first_seen_at");

-- CreateIndex
CREATE INDEX "workflow_run_archived_at_idx" ON "workflow_run"("archived_at");

-- AddForeignKey
ALTER TABLE "organisation" ADD CONSTRAINT "organisation_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "organisation"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person" ADD CONSTRAINT "person_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "seat" ADD CONSTRAINT "seat_agreement_id_fkey" FOREIGN KEY ("agreement_id") REFERENCES "agreement"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "seat" ADD CONSTRAINT "seat_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "command" ADD CONSTRAINT "command_agreement_id_fkey" FOREIGN KEY ("agreement_id") REFERENCES "agreement"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "event" ADD CONSTRAINT "event_agreement_id_fkey" FOREIGN KEY ("agreement_id") REFERENCES "agreement"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "obligation" ADD CONSTRAINT "obligation_agreement_id_fkey" FOREIGN KEY ("agreement_id") REFERENCES "agreement"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_line" ADD CONSTRAINT "ledger_line_agreement_id_fkey" FOREIGN KEY ("agreement_id") REFERENCES "agreement"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice" ADD CONSTRAINT "notice_agreement_id_fkey" FOREIGN KEY ("agreement_id") REFERENCES "agreement"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agreement_document" ADD CONSTRAINT "agreement_document_agreement_id_fkey" FOREIGN KEY ("agreement_id") REFERENCES "agreement"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agreement_document" ADD CONSTRAINT "agreement_document_sha256_fkey" FOREIGN KEY ("sha256") REFERENCES "document"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workflow_run" ADD CONSTRAINT "workflow_run_agreement_id_fkey" FOREIGN KEY ("agreement_id") REFERENCES "agreement"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

