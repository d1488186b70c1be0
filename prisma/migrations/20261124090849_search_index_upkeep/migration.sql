-- Exactly one subject a member.
ALTER TABLE "duplicate_member" ADD CONSTRAINT "duplicate_member_one_subject" CHECK (num_nonnulls("novel_id", "chapter_id", "passage_id") = 1);

-- What the worker has still to index is found at once, however many chapters there are.
CREATE INDEX "chapter_not_indexed" ON "chapter" ("id") WHERE NOT "indexed";

-- A chapter whose text changes is not found by its old text: its blocks go at once, and the worker makes them anew.
CREATE FUNCTION "forget_search_blocks"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM "search_block" WHERE "chapter_id" = NEW."id";
  NEW."indexed" := false;
  RETURN NEW;
END $$;
CREATE TRIGGER "chapter_text_changed" BEFORE UPDATE OF "text" ON "chapter"
  FOR EACH ROW WHEN (OLD."text" IS DISTINCT FROM NEW."text") EXECUTE FUNCTION "forget_search_blocks"();
