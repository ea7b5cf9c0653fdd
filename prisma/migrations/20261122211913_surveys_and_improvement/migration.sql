-- DropIndex
DROP INDEX "notice_agreement_id_number_key";

-- AlterTable
ALTER TABLE "command" ADD COLUMN     "workflow_id" TEXT;

-- CreateTable
CREATE TABLE "process" (
    "workflow_id" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "agreement_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "input" JSONB NOT NULL,
    "snapshot" JSONB,
    "text" JSONB,
    "sequence" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "process_pkey" PRIMARY KEY ("workflow_id")
);

-- CreateTable
CREATE TABLE "customer" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "contact" TEXT,
    "tier" TEXT NOT NULL DEFAULT 'ordinary',
    "branch_id" UUID,
    "department_id" UUID,
    "segment" TEXT,
    "language" TEXT NOT NULL DEFAULT 'zh',
    "email" TEXT,
    "phone" TEXT,
    "address" TEXT,
    "survey_consent" BOOLEAN NOT NULL DEFAULT true,
    "opted_out_at" TIMESTAMPTZ(3),
    "promotion_consent" BOOLEAN NOT NULL DEFAULT false,
    "archived_at" TIMESTAMPTZ(3),
    "erased_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "customer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "customer_tier_change" (
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by" JSONB NOT NULL,
    "before" TEXT,
    "after" TEXT NOT NULL,
    "reason" TEXT,

    CONSTRAINT "customer_tier_change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "questionnaire" (
    "sha256" VARCHAR(64) NOT NULL,
    "json" JSONB NOT NULL,
    "facts" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "questionnaire_pkey" PRIMARY KEY ("sha256")
);

-- CreateTable
CREATE TABLE "invitee" (
    "id" UUID NOT NULL,
    "workflow_id" TEXT NOT NULL,
    "customer_id" UUID NOT NULL,
    "tier" TEXT NOT NULL,
    "department" TEXT,
    "branch" TEXT,
    "channel" TEXT NOT NULL,
    "token_hash" VARCHAR(64),
    "status" TEXT NOT NULL DEFAULT 'drawn',
    "claimed_at" TIMESTAMPTZ(3),
    "sent_at" TIMESTAMPTZ(3),
    "wave" INTEGER,
    "message_id" TEXT,
    "answered" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "invitee_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "survey_link" (
    "id" UUID NOT NULL,
    "workflow_id" TEXT NOT NULL,
    "token_hash" VARCHAR(64) NOT NULL,
    "label" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "survey_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "answer" (
    "cursor" BIGSERIAL NOT NULL,
    "workflow_id" TEXT NOT NULL,
    "respondent" TEXT NOT NULL,
    "invitee_id" UUID,
    "channel" TEXT NOT NULL,
    "tier" TEXT,
    "department" TEXT,
    "branch" TEXT,
    "answers" JSONB NOT NULL,
    "received_on" VARCHAR(10) NOT NULL,
    "received_at" TIMESTAMPTZ(3),
    "late" BOOLEAN NOT NULL DEFAULT false,
    "entered_by" TEXT,
    "source" TEXT,

    CONSTRAINT "answer_pkey" PRIMARY KEY ("cursor")
);

-- CreateTable
CREATE TABLE "answer_draft" (
    "invitee_id" UUID NOT NULL,
    "answers" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "answer_draft_pkey" PRIMARY KEY ("invitee_id")
);

-- CreateTable
CREATE TABLE "feedback" (
    "id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "agreement_id" UUID NOT NULL,
    "customer_id" UUID,
    "name" TEXT,
    "email" TEXT,
    "text" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'open',
    "workflow_id" TEXT,
    "outcome" TEXT,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "feedback_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "visit" (
    "id" UUID NOT NULL,
    "agreement_id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "planned_on" VARCHAR(10) NOT NULL,
    "departments" TEXT[],
    "held_on" VARCHAR(10),
    "report_due_on" VARCHAR(10),
    "sha256" VARCHAR(64),
    "text" JSONB,
    "status" TEXT NOT NULL DEFAULT 'planned',
    "counts_as_survey" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "visit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "training_session" (
    "id" UUID NOT NULL,
    "agreement_id" UUID NOT NULL,
    "obligation" TEXT,
    "title" TEXT NOT NULL,
    "topics" TEXT[],
    "mode" TEXT,
    "held_on" VARCHAR(10) NOT NULL,
    "trainer" TEXT,
    "pass_mark" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "training_session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "trainee" (
    "session_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "attended" BOOLEAN,
    "tries" JSONB NOT NULL DEFAULT '[]',
    "passed_on" VARCHAR(10),
    "certificate" TEXT,

    CONSTRAINT "trainee_pkey" PRIMARY KEY ("session_id","person_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "process_id_key" ON "process"("id");

-- CreateIndex
CREATE INDEX "process_type_status_idx" ON "process"("type", "status");

-- CreateIndex
CREATE UNIQUE INDEX "process_agreement_id_type_reference_key" ON "process"("agreement_id", "type", "reference");

-- CreateIndex
CREATE UNIQUE INDEX "customer_key_key" ON "customer"("key");

-- CreateIndex
CREATE INDEX "customer_tier_idx" ON "customer"("tier");

-- CreateIndex
CREATE INDEX "customer_email_idx" ON "customer"("email");

-- CreateIndex
CREATE INDEX "customer_tier_change_customer_id_at_idx" ON "customer_tier_change"("customer_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "invitee_token_hash_key" ON "invitee"("token_hash");

-- CreateIndex
CREATE INDEX "invitee_workflow_id_status_idx" ON "invitee"("workflow_id", "status");

-- CreateIndex
CREATE UNIQUE INDEX "invitee_workflow_id_customer_id_key" ON "invitee"("workflow_id", "customer_id");

-- CreateIndex
CREATE UNIQUE INDEX "survey_link_token_hash_key" ON "survey_link"("token_hash");

-- CreateIndex
CREATE INDEX "survey_link_workflow_id_idx" ON "survey_link"("workflow_id");

-- CreateIndex
CREATE INDEX "answer_workflow_id_cursor_idx" ON "answer"("workflow_id", "cursor");

-- CreateIndex
CREATE UNIQUE INDEX "answer_workflow_id_respondent_key" ON "answer"("workflow_id", "respondent");

-- CreateIndex
CREATE UNIQUE INDEX "feedback_number_key" ON "feedback"("number");

-- CreateIndex
CREATE INDEX "feedback_agreement_id_received_at_idx" ON "feedback"("agreement_id", "received_at");

-- CreateIndex
CREATE INDEX "visit_agreement_id_planned_on_idx" ON "visit"("agreement_id", "planned_on");

-- CreateIndex
CREATE INDEX "visit_customer_id_idx" ON "visit"("customer_id");

-- CreateIndex
CREATE INDEX "training_session_agreement_id_held_on_idx" ON "training_session"("agreement_id", "held_on");

-- CreateIndex
CREATE UNIQUE INDEX "trainee_certificate_key" ON "trainee"("certificate");

-- CreateIndex
CREATE INDEX "trainee_person_id_idx" ON "trainee"("person_id");

-- CreateIndex
CREATE INDEX "command_workflow_id_status_received_at_idx" ON "command"("workflow_id", "status", "received_at");

-- CreateIndex
CREATE INDEX "notice_agreement_id_number_idx" ON "notice"("agreement_id", "number");

-- AddForeignKey
ALTER TABLE "process" ADD CONSTRAINT "process_agreement_id_fkey" FOREIGN KEY ("agreement_id") REFERENCES "agreement"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "trainee" ADD CONSTRAINT "trainee_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "training_session"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

