-- Who withdrew a link, so that its holder cannot renew what was withdrawn on purpose.
ALTER TABLE "action_link" ADD COLUMN "revoked_by" TEXT;
-- Which address was replaced, or was sent a fresh link.
ALTER TABLE "access_log" ADD COLUMN "address_hash" VARCHAR(64);
