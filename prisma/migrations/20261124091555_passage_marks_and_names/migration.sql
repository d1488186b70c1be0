-- CreateEnum
CREATE TYPE "PassageEnd" AS ENUM ('chapter', 'scene', 'paragraph', 'sentence', 'quotation', 'clause', 'character');

-- AlterTable
ALTER TABLE "passage_set" ADD COLUMN     "endings" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "mid_scene" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "name" TEXT,
ADD COLUMN     "openings" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "passage" ADD COLUMN     "ending" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "ends_at" "PassageEnd" NOT NULL DEFAULT 'paragraph',
ADD COLUMN     "opening" BOOLEAN NOT NULL DEFAULT false;

-- CreateIndex
CREATE UNIQUE INDEX "passage_set_project_id_name_key" ON "passage_set"("project_id", "name");

-- What was cut before says it too; scenes were not looked for then.
UPDATE "passage" p SET "opening" = p."start_at" = 0, "ending" = p."end_at" = c."characters",
  "ends_at" = (CASE WHEN p."end_at" = c."characters" THEN 'chapter' WHEN p."mid_paragraph" THEN 'sentence' ELSE 'paragraph' END)::"PassageEnd"
FROM "chapter" c WHERE c."id" = p."chapter_id";
UPDATE "passage_set" s SET "openings" = n.openings, "endings" = n.endings, "mid_scene" = n.mid_scene
FROM (SELECT "passage_set_id", count(*) FILTER (WHERE "opening") AS openings, count(*) FILTER (WHERE "ending") AS endings,
  count(*) FILTER (WHERE "ends_at" NOT IN ('chapter', 'scene')) AS mid_scene FROM "passage" GROUP BY 1) n WHERE n."passage_set_id" = s."id";
