-- CreateEnum
CREATE TYPE "TryKind" AS ENUM ('written', 'continued', 'edited');

-- AlterTable
ALTER TABLE "story_run" ADD COLUMN     "preview_rows" INTEGER[] DEFAULT ARRAY[]::INTEGER[];

-- AlterTable
ALTER TABLE "story" ADD COLUMN     "characters" INTEGER,
ADD COLUMN     "chosen_by_person" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "repetition" DOUBLE PRECISION,
ADD COLUMN     "try_number" INTEGER NOT NULL DEFAULT 1;

-- CreateTable
CREATE TABLE "story_try" (
    "id" SERIAL NOT NULL,
    "story_run_id" UUID NOT NULL,
    "test_row_id" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "kind" "TryKind" NOT NULL,
    "from_number" INTEGER,
    "story_rewrite_id" UUID,
    "seed" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "outcome" "Outcome" NOT NULL,
    "flaws" TEXT[],
    "finish_reason" TEXT NOT NULL,
    "prompt_tokens" INTEGER,
    "completion_tokens" INTEGER,
    "latency_ms" INTEGER NOT NULL,
    "epoch" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "story_try_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "story_rewrite" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "story_run_id" UUID NOT NULL,
    "settings" JSONB NOT NULL,
    "job_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "story_rewrite_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "story_try_story_rewrite_id_test_row_id_idx" ON "story_try"("story_rewrite_id", "test_row_id");

-- CreateIndex
CREATE UNIQUE INDEX "story_try_story_run_id_test_row_id_number_key" ON "story_try"("story_run_id", "test_row_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "story_rewrite_job_id_key" ON "story_rewrite"("job_id");

-- CreateIndex
CREATE INDEX "story_rewrite_story_run_id_idx" ON "story_rewrite"("story_run_id");

-- AddForeignKey
ALTER TABLE "story_try" ADD CONSTRAINT "story_try_story_run_id_fkey" FOREIGN KEY ("story_run_id") REFERENCES "story_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "story_try" ADD CONSTRAINT "story_try_test_row_id_fkey" FOREIGN KEY ("test_row_id") REFERENCES "test_row"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "story_try" ADD CONSTRAINT "story_try_story_rewrite_id_fkey" FOREIGN KEY ("story_rewrite_id") REFERENCES "story_rewrite"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "story_rewrite" ADD CONSTRAINT "story_rewrite_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "story_rewrite" ADD CONSTRAINT "story_rewrite_story_run_id_fkey" FOREIGN KEY ("story_run_id") REFERENCES "story_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "story_rewrite" ADD CONSTRAINT "story_rewrite_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Stories from before: what is there is their first try, whatever came before it was not kept.
INSERT INTO "story_try" ("story_run_id", "test_row_id", "number", "kind", "seed", "text", "outcome", "flaws", "finish_reason", "prompt_tokens", "completion_tokens", "latency_ms", "epoch", "at")
SELECT "story_run_id", "test_row_id", 1, 'written', "seed", "text", "outcome", "flaws", "finish_reason", "prompt_tokens", "completion_tokens", "latency_ms", "epoch", "at" FROM "story";
UPDATE "story" SET "attempts" = 1;
