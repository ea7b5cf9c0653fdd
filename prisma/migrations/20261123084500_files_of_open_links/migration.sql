-- AlterTable
ALTER TABLE "survey_link" ADD COLUMN     "file_bytes" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "files" INTEGER NOT NULL DEFAULT 0;
