-- CreateTable
CREATE TABLE "answer_file" (
    "id" UUID NOT NULL,
    "workflow_id" TEXT NOT NULL,
    "question" TEXT NOT NULL,
    "holder" UUID,
    "respondent" TEXT,
    "file_name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "sha256" VARCHAR(64) NOT NULL,
    "held_at" TIMESTAMPTZ(3),

    CONSTRAINT "answer_file_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "answer_file_workflow_id_respondent_idx" ON "answer_file"("workflow_id", "respondent");

-- CreateIndex
CREATE INDEX "answer_file_holder_question_idx" ON "answer_file"("holder", "question");

-- CreateIndex
CREATE INDEX "answer_file_held_at_idx" ON "answer_file"("held_at");

