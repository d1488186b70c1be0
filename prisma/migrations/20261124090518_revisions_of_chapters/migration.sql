-- CreateEnum
CREATE TYPE "RevisionKind" AS ENUM ('merged', 'split', 'joined', 'renamed', 'cleaned', 'simplified');

-- DropIndex
DROP INDEX "chapter_novel_id_ordinal_key";

-- AlterTable
ALTER TABLE "novel" ADD COLUMN     "read_place" DOUBLE PRECISION;

-- AlterTable
ALTER TABLE "chapter" ADD COLUMN     "active" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "clutter" JSONB,
ADD COLUMN     "clutter_rules" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "made_by_id" INTEGER,
ADD COLUMN     "place" DOUBLE PRECISION NOT NULL DEFAULT 0,
ADD COLUMN     "replaced_by_id" INTEGER,
ADD COLUMN     "traditional" INTEGER;

-- CreateTable
CREATE TABLE "revision" (
    "id" SERIAL NOT NULL,
    "novel_id" INTEGER NOT NULL,
    "kind" "RevisionKind" NOT NULL,
    "what" JSONB NOT NULL,
    "run_id" UUID,
    "made_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "revision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "revision_run" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "settings" JSONB NOT NULL,
    "job_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "revision_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "kept_clutter" (
    "novel_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "words" TEXT NOT NULL,

    CONSTRAINT "kept_clutter_pkey" PRIMARY KEY ("novel_id","kind","words")
);

-- CreateTable
CREATE TABLE "decision" (
    "id" SERIAL NOT NULL,
    "project_id" UUID NOT NULL,
    "filter" JSONB NOT NULL,
    "word" JSONB NOT NULL,
    "chapters" INTEGER NOT NULL,
    "novels" INTEGER NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "decision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "decision_before" (
    "id" SERIAL NOT NULL,
    "decision_id" INTEGER NOT NULL,
    "novel_id" INTEGER NOT NULL,
    "chapter_id" INTEGER,
    "taking" "Taking" NOT NULL,
    "role" "Role" NOT NULL,
    "register_by_person" "Register",

    CONSTRAINT "decision_before_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "revision_novel_id_id_idx" ON "revision"("novel_id", "id");

-- CreateIndex
CREATE INDEX "revision_run_id_idx" ON "revision"("run_id");

-- CreateIndex
CREATE UNIQUE INDEX "revision_run_job_id_key" ON "revision_run"("job_id");

-- CreateIndex
CREATE INDEX "revision_run_project_id_created_at_idx" ON "revision_run"("project_id", "created_at");

-- CreateIndex
CREATE INDEX "decision_project_id_id_idx" ON "decision"("project_id", "id");

-- CreateIndex
CREATE INDEX "decision_before_decision_id_idx" ON "decision_before"("decision_id");

-- CreateIndex
CREATE INDEX "chapter_novel_id_ordinal_idx" ON "chapter"("novel_id", "ordinal");

-- CreateIndex
CREATE INDEX "chapter_made_by_id_idx" ON "chapter"("made_by_id");

-- CreateIndex
CREATE INDEX "chapter_replaced_by_id_idx" ON "chapter"("replaced_by_id");

-- AddForeignKey
ALTER TABLE "chapter" ADD CONSTRAINT "chapter_made_by_id_fkey" FOREIGN KEY ("made_by_id") REFERENCES "revision"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chapter" ADD CONSTRAINT "chapter_replaced_by_id_fkey" FOREIGN KEY ("replaced_by_id") REFERENCES "revision"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "revision" ADD CONSTRAINT "revision_novel_id_fkey" FOREIGN KEY ("novel_id") REFERENCES "novel"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "revision" ADD CONSTRAINT "revision_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "revision_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "revision_run" ADD CONSTRAINT "revision_run_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "revision_run" ADD CONSTRAINT "revision_run_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "kept_clutter" ADD CONSTRAINT "kept_clutter_novel_id_fkey" FOREIGN KEY ("novel_id") REFERENCES "novel"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decision" ADD CONSTRAINT "decision_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decision_before" ADD CONSTRAINT "decision_before_decision_id_fkey" FOREIGN KEY ("decision_id") REFERENCES "decision"("id") ON DELETE CASCADE ON UPDATE CASCADE;

UPDATE "chapter" SET "place" = "ordinal";
CREATE UNIQUE INDEX "chapter_active_ordinal" ON "chapter" ("novel_id", "ordinal") WHERE "active";
