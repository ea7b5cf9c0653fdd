-- AlterTable
ALTER TABLE "answer_draft" ADD COLUMN     "workflow_id" TEXT;

-- CreateIndex
CREATE INDEX "answer_draft_workflow_id_idx" ON "answer_draft"("workflow_id");

