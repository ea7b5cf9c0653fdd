-- DropIndex
DROP INDEX "agreement_status_idx";

-- CreateTable
CREATE TABLE "agreement_search" (
    "agreement_id" UUID NOT NULL,
    "words" TEXT NOT NULL,
    "grams" TEXT[],

    CONSTRAINT "agreement_search_pkey" PRIMARY KEY ("agreement_id")
);

-- CreateTable
CREATE TABLE "bulk_job" (
    "id" UUID NOT NULL,
    "act" TEXT NOT NULL,
    "by" JSONB NOT NULL,
    "options" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "stopped_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "bulk_job_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bulk_line" (
    "job_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "agreement_id" UUID NOT NULL,
    "about" JSONB NOT NULL,
    "draft" JSONB,
    "fingerprint" VARCHAR(64),
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "reason" JSONB,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "bulk_line_pkey" PRIMARY KEY ("job_id","number")
);

-- CreateIndex
CREATE INDEX "agreement_search_grams_idx" ON "agreement_search" USING GIN ("grams");

-- CreateIndex
CREATE INDEX "bulk_job_created_at_id_idx" ON "bulk_job"("created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "bulk_job_finished_at_idx" ON "bulk_job"("finished_at");

-- CreateIndex
CREATE INDEX "bulk_line_job_id_status_number_idx" ON "bulk_line"("job_id", "status", "number");

-- CreateIndex
CREATE INDEX "bulk_line_fingerprint_idx" ON "bulk_line"("fingerprint");

-- CreateIndex
CREATE INDEX "agreement_status_created_at_id_idx" ON "agreement"("status", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "agreement_template_created_at_id_idx" ON "agreement"("template", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "agreement_started_at_id_idx" ON "agreement"("started_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "agreement_expires_on_id_idx" ON "agreement"("expires_on", "id");

-- AddForeignKey
ALTER TABLE "agreement_search" ADD CONSTRAINT "agreement_search_agreement_id_fkey" FOREIGN KEY ("agreement_id") REFERENCES "agreement"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bulk_line" ADD CONSTRAINT "bulk_line_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "bulk_job"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Every sign and every two that follow each other. Trigrams (pg_trgm) would know neither a Chinese word of two signs nor,
-- under the locale C, any Chinese sign at all.
CREATE FUNCTION "agreement_grams"("words" TEXT) RETURNS TEXT[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(DISTINCT gram), '{}') FROM (
    SELECT sign AS gram FROM unnest(string_to_array(words, NULL)) AS sign
    UNION ALL
    SELECT sign || follower FROM (
      SELECT sign, lead(sign) OVER (ORDER BY place) AS follower
      FROM unnest(string_to_array(words, NULL)) WITH ORDINALITY AS one (sign, place)) AS pair
    WHERE follower IS NOT NULL) AS all_grams
$$;

-- What an agreement is found by: names and addresses of its draft, and its id.
CREATE FUNCTION "agreement_words"("id" UUID, "draft" JSONB) RETURNS TEXT
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT lower(concat_ws(E'\n', id::text, (
    SELECT string_agg(DISTINCT word #>> '{}', E'\n') FROM (
      SELECT jsonb_path_query(draft, '$.parties.*.name') AS word
      UNION ALL SELECT jsonb_path_query(draft, '$.parties.*.contact')
      UNION ALL SELECT jsonb_path_query(draft, '$.parties.*.email')
      UNION ALL SELECT jsonb_path_query(draft, '$.seats.*.name')
      UNION ALL SELECT jsonb_path_query(draft, '$.seats.*.email')
      UNION ALL SELECT jsonb_path_query(draft, '$.coordinator.name')
      UNION ALL SELECT jsonb_path_query(draft, '$.coordinator.email')) AS named)))
$$;

CREATE FUNCTION "note_agreement_search"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
DECLARE
  said TEXT := agreement_words(NEW.id, NEW.draft);
BEGIN
  INSERT INTO agreement_search (agreement_id, words, grams) VALUES (NEW.id, said, agreement_grams(said))
  ON CONFLICT (agreement_id) DO UPDATE SET words = EXCLUDED.words, grams = EXCLUDED.grams
  WHERE agreement_search.words <> EXCLUDED.words;
  RETURN NULL;
END
$$;

CREATE TRIGGER "agreement_search_noted" AFTER INSERT OR UPDATE OF "draft" ON "agreement"
FOR EACH ROW EXECUTE FUNCTION "note_agreement_search"();

INSERT INTO "agreement_search" ("agreement_id", "words", "grams")
SELECT id, said, agreement_grams(said) FROM (SELECT id, agreement_words(id, draft) AS said FROM "agreement") AS one;
