-- CreateEnum
CREATE TYPE "PlayState" AS ENUM ('waiting', 'writing', 'written', 'stopped', 'failed');

-- CreateTable
CREATE TABLE "play" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "premise" TEXT NOT NULL,
    "instruction" TEXT NOT NULL DEFAULT '',
    "test_row_id" INTEGER,
    "dataset_version_id" UUID,
    "pair_ordinal" INTEGER,
    "reference" TEXT,
    "reference_title" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "play_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "play_column" (
    "play_id" UUID NOT NULL,
    "place" INTEGER NOT NULL,
    "model_id" UUID,
    "adapter_id" UUID,
    "endpoint_id" UUID,
    "prompt_version_id" UUID NOT NULL,
    "settings" JSONB NOT NULL,
    "writer_name" TEXT NOT NULL,
    "state" "PlayState" NOT NULL DEFAULT 'waiting',
    "stop_requested" BOOLEAN NOT NULL DEFAULT false,
    "text" TEXT NOT NULL DEFAULT '',
    "pieces" INTEGER NOT NULL DEFAULT 0,
    "prompt_tokens" INTEGER,
    "completion_tokens" INTEGER,
    "first_token_ms" INTEGER,
    "writing_ms" INTEGER,
    "finish_reason" TEXT,
    "served_name" TEXT,
    "served_sha256" TEXT,
    "served_base_sha256" TEXT,
    "epoch" INTEGER NOT NULL DEFAULT 0,
    "error_code" TEXT,
    "error_params" JSONB,
    "job_id" UUID NOT NULL,

    CONSTRAINT "play_column_pkey" PRIMARY KEY ("play_id","place")
);

-- CreateTable
CREATE TABLE "kept_result" (
    "id" UUID NOT NULL,
    "play_id" UUID NOT NULL,
    "place" INTEGER NOT NULL,
    "training_run_id" UUID,
    "story_run_id" UUID,
    "note" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "kept_result_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "play_project_id_ordinal_key" ON "play"("project_id", "ordinal");

-- CreateIndex
CREATE INDEX "play_column_job_id_idx" ON "play_column"("job_id");

-- CreateIndex
CREATE INDEX "kept_result_training_run_id_idx" ON "kept_result"("training_run_id");

-- CreateIndex
CREATE INDEX "kept_result_story_run_id_idx" ON "kept_result"("story_run_id");

-- CreateIndex
CREATE UNIQUE INDEX "kept_result_play_id_place_training_run_id_key" ON "kept_result"("play_id", "place", "training_run_id");

-- CreateIndex
CREATE UNIQUE INDEX "kept_result_play_id_place_story_run_id_key" ON "kept_result"("play_id", "place", "story_run_id");

-- AddForeignKey
ALTER TABLE "play" ADD CONSTRAINT "play_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "play" ADD CONSTRAINT "play_test_row_id_fkey" FOREIGN KEY ("test_row_id") REFERENCES "test_row"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "play" ADD CONSTRAINT "play_dataset_version_id_fkey" FOREIGN KEY ("dataset_version_id") REFERENCES "dataset_version"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "play_column" ADD CONSTRAINT "play_column_play_id_fkey" FOREIGN KEY ("play_id") REFERENCES "play"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "play_column" ADD CONSTRAINT "play_column_model_id_fkey" FOREIGN KEY ("model_id") REFERENCES "model"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "play_column" ADD CONSTRAINT "play_column_adapter_id_fkey" FOREIGN KEY ("adapter_id") REFERENCES "adapter"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "play_column" ADD CONSTRAINT "play_column_endpoint_id_fkey" FOREIGN KEY ("endpoint_id") REFERENCES "endpoint"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "play_column" ADD CONSTRAINT "play_column_prompt_version_id_fkey" FOREIGN KEY ("prompt_version_id") REFERENCES "prompt_version"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "play_column" ADD CONSTRAINT "play_column_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "kept_result" ADD CONSTRAINT "kept_result_play_id_place_fkey" FOREIGN KEY ("play_id", "place") REFERENCES "play_column"("play_id", "place") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "kept_result" ADD CONSTRAINT "kept_result_training_run_id_fkey" FOREIGN KEY ("training_run_id") REFERENCES "training_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "kept_result" ADD CONSTRAINT "kept_result_story_run_id_fkey" FOREIGN KEY ("story_run_id") REFERENCES "story_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;
