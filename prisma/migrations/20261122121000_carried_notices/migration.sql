-- CreateIndex
CREATE INDEX "notice_carried_by_idx" ON "notice"("carried_by");
