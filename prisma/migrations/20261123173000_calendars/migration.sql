-- AlterTable
ALTER TABLE "agreement" ADD COLUMN     "calendar_declined" VARCHAR(20),
ADD COLUMN     "calendar_id" VARCHAR(20),
ADD COLUMN     "calendar_version" VARCHAR(20);

-- Agreements that were started before pin the calendar that they carry.
UPDATE "agreement" SET "calendar_id" = compiled -> 'calendar' ->> 'id', "calendar_version" = compiled -> 'calendar' ->> 'version'
WHERE compiled IS NOT NULL;

-- Who pins which version, and whom a newer one concerns (api/calendars/redatings.ts). Prisma's schema knows no partial index.
CREATE INDEX "agreement_calendar_idx" ON "agreement" ("calendar_id", "calendar_version", "created_at", "id")
WHERE status IN ('starting', 'awaiting-signatures', 'active', 'suspended');

-- CreateTable
CREATE TABLE "calendar_version" (
    "id" VARCHAR(20) NOT NULL,
    "version" VARCHAR(20) NOT NULL,
    "hash" VARCHAR(64) NOT NULL,
    "calendar" JSONB NOT NULL,
    "previous" VARCHAR(20) NOT NULL,
    "notice" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" TEXT NOT NULL,

    CONSTRAINT "calendar_version_pkey" PRIMARY KEY ("id","version")
);
