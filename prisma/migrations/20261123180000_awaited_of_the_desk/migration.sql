-- What has no time set and is a coordinator's to do: few among many (api/today/conditions.ts, word for word).
CREATE INDEX "awaited_of_the_desk_idx" ON "awaited"("number") WHERE "due_at" IS NULL AND 'coordinator' = ANY ("waits_for");
