-- CreateEnum
CREATE TYPE "ContinuedRate" AS ENUM ('stretched', 'held', 'anew');

-- AlterTable
ALTER TABLE "log_line" ADD COLUMN     "chinese" TEXT;

-- AlterTable
ALTER TABLE "training_run" ADD COLUMN     "continues_from" DOUBLE PRECISION,
ADD COLUMN     "continues_rate" "ContinuedRate";

-- CreateTable
CREATE TABLE "novel_in_chapter" (
    "duplicate_search_id" UUID NOT NULL,
    "novel_id" INTEGER NOT NULL,
    "chapter_id" INTEGER NOT NULL,
    "likeness" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "novel_in_chapter_pkey" PRIMARY KEY ("duplicate_search_id","novel_id","chapter_id")
);

-- CreateTable
CREATE TABLE "question_claim" (
    "question" TEXT NOT NULL,
    "job_id" UUID NOT NULL,
    "epoch" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "question_claim_pkey" PRIMARY KEY ("question")
);

-- CreateIndex
CREATE INDEX "novel_in_chapter_novel_id_idx" ON "novel_in_chapter"("novel_id");

-- CreateIndex
CREATE INDEX "novel_in_chapter_chapter_id_idx" ON "novel_in_chapter"("chapter_id");

-- CreateIndex
CREATE INDEX "question_claim_job_id_idx" ON "question_claim"("job_id");

-- AddForeignKey
ALTER TABLE "novel_in_chapter" ADD CONSTRAINT "novel_in_chapter_duplicate_search_id_fkey" FOREIGN KEY ("duplicate_search_id") REFERENCES "duplicate_search"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "novel_in_chapter" ADD CONSTRAINT "novel_in_chapter_novel_id_fkey" FOREIGN KEY ("novel_id") REFERENCES "novel"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "novel_in_chapter" ADD CONSTRAINT "novel_in_chapter_chapter_id_fkey" FOREIGN KEY ("chapter_id") REFERENCES "chapter"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "question_claim" ADD CONSTRAINT "question_claim_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE CASCADE ON UPDATE CASCADE;
