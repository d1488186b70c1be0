-- CreateEnum
CREATE TYPE "DuplicateLevel" AS ENUM ('novel', 'chapter', 'passage');

-- CreateEnum
CREATE TYPE "DuplicateDecision" AS ENUM ('undecided', 'one_kept', 'all_kept');

-- CreateEnum
CREATE TYPE "PremiseStyle" AS ENUM ('sentence', 'outline', 'opening', 'theme');

-- AlterTable
ALTER TABLE "chapter" ADD COLUMN     "indexed" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "prompt_version" ADD COLUMN     "note" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "styles" JSONB NOT NULL DEFAULT '[]';

-- AlterTable
ALTER TABLE "premise" ADD COLUMN     "leak_of" TEXT,
ADD COLUMN     "passage_group" INTEGER,
ADD COLUMN     "premise_group" INTEGER,
ADD COLUMN     "style" "PremiseStyle" NOT NULL DEFAULT 'sentence';

-- AlterTable
ALTER TABLE "dataset_version" ADD COLUMN     "balance" JSONB,
ADD COLUMN     "name" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "sources" JSONB NOT NULL DEFAULT '[]',
ALTER COLUMN "premise_run_id" DROP NOT NULL;

-- AlterTable
ALTER TABLE "dataset_pair" ADD COLUMN     "chapter" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "imported_pair_id" INTEGER,
ADD COLUMN     "novel" TEXT NOT NULL DEFAULT '',
ALTER COLUMN "premise_id" DROP NOT NULL;

-- CreateTable
CREATE TABLE "duplicate_search" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "passage_set_id" UUID,
    "settings" JSONB NOT NULL,
    "stamp" TEXT NOT NULL,
    "novels" INTEGER,
    "chapters" INTEGER,
    "passages" INTEGER,
    "job_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "duplicate_search_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "duplicate_group" (
    "id" SERIAL NOT NULL,
    "duplicate_search_id" UUID NOT NULL,
    "level" "DuplicateLevel" NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "within" BOOLEAN NOT NULL DEFAULT false,
    "decision" "DuplicateDecision" NOT NULL DEFAULT 'undecided',
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "duplicate_group_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "duplicate_member" (
    "group_id" INTEGER NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "novel_id" INTEGER,
    "chapter_id" INTEGER,
    "passage_id" INTEGER,
    "characters" INTEGER NOT NULL,
    "likeness" DOUBLE PRECISION NOT NULL,
    "exact" BOOLEAN NOT NULL,
    "left_out" BOOLEAN NOT NULL DEFAULT false,
    "taking_before" "Taking",

    CONSTRAINT "duplicate_member_pkey" PRIMARY KEY ("group_id","ordinal")
);

-- CreateTable
CREATE TABLE "search_block" (
    "chapter_id" INTEGER NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "novel_id" INTEGER NOT NULL,
    "project_id" UUID NOT NULL,
    "start_at" INTEGER NOT NULL,
    "end_at" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "grams" INTEGER[],

    CONSTRAINT "search_block_pkey" PRIMARY KEY ("chapter_id","ordinal")
);

-- CreateTable
CREATE TABLE "premise_trial" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "passage_set_id" UUID NOT NULL,
    "passage_ids" INTEGER[],
    "sides" JSONB NOT NULL,
    "job_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "premise_trial_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "premise_trial_answer" (
    "premise_trial_id" UUID NOT NULL,
    "side" INTEGER NOT NULL,
    "passage_id" INTEGER NOT NULL,
    "epoch" INTEGER NOT NULL,
    "style" "PremiseStyle" NOT NULL,
    "text" TEXT NOT NULL,
    "flaws" TEXT[],
    "served_model" TEXT NOT NULL,
    "prompt_tokens" INTEGER,
    "completion_tokens" INTEGER,
    "latency_ms" INTEGER NOT NULL,
    "error_code" TEXT,
    "error_params" JSONB,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "premise_trial_answer_pkey" PRIMARY KEY ("premise_trial_id","side","passage_id")
);

-- CreateTable
CREATE TABLE "pair_import" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "file_name" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "sha256" TEXT NOT NULL,
    "asked" TEXT,
    "format" TEXT,
    "encoding" TEXT,
    "accepted" INTEGER NOT NULL DEFAULT 0,
    "rejected" INTEGER NOT NULL DEFAULT 0,
    "job_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "pair_import_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "pair_import_rejection" (
    "pair_import_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "line" INTEGER NOT NULL,
    "code" TEXT NOT NULL,
    "params" JSONB NOT NULL,

    CONSTRAINT "pair_import_rejection_pkey" PRIMARY KEY ("pair_import_id","ordinal")
);

-- CreateTable
CREATE TABLE "imported_pair" (
    "id" SERIAL NOT NULL,
    "pair_import_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "line" INTEGER NOT NULL,
    "premise" TEXT NOT NULL,
    "passage" TEXT NOT NULL,
    "characters" INTEGER NOT NULL,
    "novel" TEXT NOT NULL DEFAULT '',
    "chapter" TEXT NOT NULL DEFAULT '',
    "register" "Register" NOT NULL,
    "role" "Role" NOT NULL DEFAULT 'drawn',
    "edited" TEXT,
    "verdict" "Verdict" NOT NULL DEFAULT 'undecided',
    "premise_group" INTEGER,
    "passage_group" INTEGER,
    "leak_of" TEXT,

    CONSTRAINT "imported_pair_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "pair_decision" (
    "id" SERIAL NOT NULL,
    "project_id" UUID NOT NULL,
    "premise_run_id" UUID,
    "pair_import_id" UUID,
    "act" TEXT NOT NULL,
    "filter" JSONB,
    "pairs" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "pair_decision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "pair_change" (
    "decision_id" INTEGER NOT NULL,
    "pair_id" INTEGER NOT NULL,
    "verdict_before" "Verdict" NOT NULL,
    "verdict_after" "Verdict" NOT NULL,
    "edited_before" TEXT,
    "edited_after" TEXT,

    CONSTRAINT "pair_change_pkey" PRIMARY KEY ("decision_id","pair_id")
);

-- CreateTable
CREATE TABLE "pair_check" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "premise_run_id" UUID,
    "pair_import_id" UUID,
    "job_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "pair_check_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "token_count" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "dataset_version_id" UUID NOT NULL,
    "model_id" UUID NOT NULL,
    "prompt_version_id" UUID NOT NULL,
    "prompt_tokens" INTEGER[],
    "answer_tokens" INTEGER[],
    "job_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "token_count_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "duplicate_search_job_id_key" ON "duplicate_search"("job_id");

-- CreateIndex
CREATE UNIQUE INDEX "duplicate_search_project_id_ordinal_key" ON "duplicate_search"("project_id", "ordinal");

-- CreateIndex
CREATE UNIQUE INDEX "duplicate_group_duplicate_search_id_level_ordinal_key" ON "duplicate_group"("duplicate_search_id", "level", "ordinal");

-- CreateIndex
CREATE INDEX "duplicate_member_novel_id_idx" ON "duplicate_member"("novel_id");

-- CreateIndex
CREATE INDEX "duplicate_member_chapter_id_idx" ON "duplicate_member"("chapter_id");

-- CreateIndex
CREATE INDEX "duplicate_member_passage_id_idx" ON "duplicate_member"("passage_id");

-- CreateIndex
CREATE INDEX "search_block_project_id_idx" ON "search_block"("project_id");

-- CreateIndex
CREATE INDEX "search_block_novel_id_idx" ON "search_block"("novel_id");

-- CreateIndex
CREATE INDEX "search_block_grams_idx" ON "search_block" USING GIN ("grams" array_ops);

-- CreateIndex
CREATE UNIQUE INDEX "premise_trial_job_id_key" ON "premise_trial"("job_id");

-- CreateIndex
CREATE UNIQUE INDEX "premise_trial_project_id_ordinal_key" ON "premise_trial"("project_id", "ordinal");

-- CreateIndex
CREATE UNIQUE INDEX "pair_import_job_id_key" ON "pair_import"("job_id");

-- CreateIndex
CREATE UNIQUE INDEX "pair_import_project_id_ordinal_key" ON "pair_import"("project_id", "ordinal");

-- CreateIndex
CREATE UNIQUE INDEX "imported_pair_pair_import_id_ordinal_key" ON "imported_pair"("pair_import_id", "ordinal");

-- CreateIndex
CREATE INDEX "pair_decision_premise_run_id_id_idx" ON "pair_decision"("premise_run_id", "id");

-- CreateIndex
CREATE INDEX "pair_decision_pair_import_id_id_idx" ON "pair_decision"("pair_import_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "pair_check_job_id_key" ON "pair_check"("job_id");

-- CreateIndex
CREATE INDEX "pair_check_premise_run_id_created_at_idx" ON "pair_check"("premise_run_id", "created_at");

-- CreateIndex
CREATE INDEX "pair_check_pair_import_id_created_at_idx" ON "pair_check"("pair_import_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "token_count_job_id_key" ON "token_count"("job_id");

-- CreateIndex
CREATE UNIQUE INDEX "token_count_dataset_version_id_model_id_prompt_version_id_key" ON "token_count"("dataset_version_id", "model_id", "prompt_version_id");

-- AddForeignKey
ALTER TABLE "duplicate_search" ADD CONSTRAINT "duplicate_search_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "duplicate_search" ADD CONSTRAINT "duplicate_search_passage_set_id_fkey" FOREIGN KEY ("passage_set_id") REFERENCES "passage_set"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "duplicate_search" ADD CONSTRAINT "duplicate_search_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "duplicate_group" ADD CONSTRAINT "duplicate_group_duplicate_search_id_fkey" FOREIGN KEY ("duplicate_search_id") REFERENCES "duplicate_search"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "duplicate_member" ADD CONSTRAINT "duplicate_member_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "duplicate_group"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "duplicate_member" ADD CONSTRAINT "duplicate_member_novel_id_fkey" FOREIGN KEY ("novel_id") REFERENCES "novel"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "duplicate_member" ADD CONSTRAINT "duplicate_member_chapter_id_fkey" FOREIGN KEY ("chapter_id") REFERENCES "chapter"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "duplicate_member" ADD CONSTRAINT "duplicate_member_passage_id_fkey" FOREIGN KEY ("passage_id") REFERENCES "passage"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "search_block" ADD CONSTRAINT "search_block_chapter_id_fkey" FOREIGN KEY ("chapter_id") REFERENCES "chapter"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "search_block" ADD CONSTRAINT "search_block_novel_id_fkey" FOREIGN KEY ("novel_id") REFERENCES "novel"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "search_block" ADD CONSTRAINT "search_block_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "premise_trial" ADD CONSTRAINT "premise_trial_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "premise_trial" ADD CONSTRAINT "premise_trial_passage_set_id_fkey" FOREIGN KEY ("passage_set_id") REFERENCES "passage_set"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "premise_trial" ADD CONSTRAINT "premise_trial_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "premise_trial_answer" ADD CONSTRAINT "premise_trial_answer_premise_trial_id_fkey" FOREIGN KEY ("premise_trial_id") REFERENCES "premise_trial"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pair_import" ADD CONSTRAINT "pair_import_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pair_import" ADD CONSTRAINT "pair_import_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pair_import_rejection" ADD CONSTRAINT "pair_import_rejection_pair_import_id_fkey" FOREIGN KEY ("pair_import_id") REFERENCES "pair_import"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "imported_pair" ADD CONSTRAINT "imported_pair_pair_import_id_fkey" FOREIGN KEY ("pair_import_id") REFERENCES "pair_import"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pair_decision" ADD CONSTRAINT "pair_decision_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pair_decision" ADD CONSTRAINT "pair_decision_premise_run_id_fkey" FOREIGN KEY ("premise_run_id") REFERENCES "premise_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pair_decision" ADD CONSTRAINT "pair_decision_pair_import_id_fkey" FOREIGN KEY ("pair_import_id") REFERENCES "pair_import"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pair_change" ADD CONSTRAINT "pair_change_decision_id_fkey" FOREIGN KEY ("decision_id") REFERENCES "pair_decision"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pair_check" ADD CONSTRAINT "pair_check_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pair_check" ADD CONSTRAINT "pair_check_premise_run_id_fkey" FOREIGN KEY ("premise_run_id") REFERENCES "premise_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pair_check" ADD CONSTRAINT "pair_check_pair_import_id_fkey" FOREIGN KEY ("pair_import_id") REFERENCES "pair_import"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pair_check" ADD CONSTRAINT "pair_check_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "token_count" ADD CONSTRAINT "token_count_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "token_count" ADD CONSTRAINT "token_count_dataset_version_id_fkey" FOREIGN KEY ("dataset_version_id") REFERENCES "dataset_version"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "token_count" ADD CONSTRAINT "token_count_model_id_fkey" FOREIGN KEY ("model_id") REFERENCES "model"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "token_count" ADD CONSTRAINT "token_count_prompt_version_id_fkey" FOREIGN KEY ("prompt_version_id") REFERENCES "prompt_version"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "token_count" ADD CONSTRAINT "token_count_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE CASCADE ON UPDATE CASCADE;
