-- DropForeignKey
ALTER TABLE "trainee" DROP CONSTRAINT "trainee_session_id_fkey";

-- DropTable
DROP TABLE "trainee";

-- DropTable
DROP TABLE "training_session";

-- DropTable
DROP TABLE "visit";

-- CreateIndex
CREATE INDEX "answer_invitee_id_idx" ON "answer"("invitee_id");

-- CreateIndex
CREATE INDEX "feedback_customer_id_idx" ON "feedback"("customer_id");

-- CreateIndex
CREATE INDEX "invitee_customer_id_idx" ON "invitee"("customer_id");

-- CreateIndex
CREATE INDEX "invitee_message_id_idx" ON "invitee"("message_id");

