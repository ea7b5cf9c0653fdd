-- CreateTable
CREATE TABLE "audit_run" (
    "id" UUID NOT NULL,
    "agreement_id" UUID NOT NULL,
    "workflow_id" TEXT,
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "step" TEXT NOT NULL DEFAULT 'replaying',
    "done" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER NOT NULL DEFAULT 0,
    "actor" JSONB NOT NULL,
    "code" JSONB,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "verdict" TEXT,
    "result" JSONB,
    "failure" TEXT,

    CONSTRAINT "audit_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "housekeeping" (
    "name" TEXT NOT NULL,
    "began_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "outcome" JSONB,

    CONSTRAINT "housekeeping_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE INDEX "audit_run_agreement_id_asked_at_idx" ON "audit_run"("agreement_id", "asked_at");

-- AddForeignKey
ALTER TABLE "audit_run" ADD CONSTRAINT "audit_run_agreement_id_fkey" FOREIGN KEY ("agreement_id") REFERENCES "agreement"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
