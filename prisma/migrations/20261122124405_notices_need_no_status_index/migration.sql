-- DropIndex
DROP INDEX "notice_status_idx";

