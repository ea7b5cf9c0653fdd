-- CreateTable
CREATE TABLE "case_contact" (
    "id" UUID NOT NULL,
    "workflow_id" TEXT NOT NULL,
    "agreement_id" UUID NOT NULL,
    "customer_id" UUID,
    "name" TEXT,
    "email" TEXT,
    "phone" TEXT,
    "language" TEXT NOT NULL DEFAULT 'zh',
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "case_contact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "case_link" (
    "id" UUID NOT NULL,
    "agreement_id" UUID NOT NULL,
    "workflow_id" TEXT,
    "token_hash" VARCHAR(64) NOT NULL,
    "label" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "case_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "case_mail" (
    "id" VARCHAR(64) NOT NULL,
    "workflow_id" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "case_mail_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "customers_served" (
    "id" UUID NOT NULL,
    "agreement_id" UUID NOT NULL,
    "period" VARCHAR(10) NOT NULL,
    "count" INTEGER NOT NULL,
    "by" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "customers_served_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "case_contact_workflow_id_key" ON "case_contact"("workflow_id");

-- CreateIndex
CREATE INDEX "case_contact_agreement_id_idx" ON "case_contact"("agreement_id");

-- CreateIndex
CREATE INDEX "case_contact_customer_id_idx" ON "case_contact"("customer_id");

-- CreateIndex
CREATE INDEX "case_contact_email_idx" ON "case_contact"("email");

-- CreateIndex
CREATE UNIQUE INDEX "case_link_token_hash_key" ON "case_link"("token_hash");

-- CreateIndex
CREATE INDEX "case_link_agreement_id_idx" ON "case_link"("agreement_id");

-- CreateIndex
CREATE INDEX "case_link_workflow_id_idx" ON "case_link"("workflow_id");

-- CreateIndex
CREATE INDEX "case_mail_workflow_id_idx" ON "case_mail"("workflow_id");

-- CreateIndex
CREATE INDEX "customers_served_agreement_id_period_at_idx" ON "customers_served"("agreement_id", "period", "at");

