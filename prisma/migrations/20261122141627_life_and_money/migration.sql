-- AlterTable
ALTER TABLE "ledger_line" ADD COLUMN     "about" TEXT,
ADD COLUMN     "excluded_days" INTEGER;

