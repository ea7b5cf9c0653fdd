-- CreateIndex
CREATE INDEX "notice_agreement_id_seat_at_idx" ON "notice"("agreement_id", "seat", "at");
