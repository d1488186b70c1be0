-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "Lane" AS ENUM ('cpu', 'gpu');

-- CreateEnum
CREATE TYPE "JobState" AS ENUM ('queued', 'running', 'succeeded', 'failed', 'cancelled');

-- CreateEnum
CREATE TYPE "StopRequest" AS ENUM ('none', 'cancel', 'keep');

-- CreateEnum
CREATE TYPE "EndpointStyle" AS ENUM ('chat', 'completions');

-- CreateEnum
CREATE TYPE "ModelKind" AS ENUM ('base', 'merged');

-- CreateEnum
CREATE TYPE "UploadKind" AS ENUM ('novels', 'test');

-- CreateEnum
CREATE TYPE "UploadState" AS ENUM ('receiving', 'reading', 'ready', 'refused');

-- CreateEnum
CREATE TYPE "Register" AS ENUM ('modern', 'early_vernacular', 'classical');

-- CreateEnum
CREATE TYPE "Taking" AS ENUM ('by_register', 'taken', 'left_out');

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('drawn', 'training', 'validation');

-- CreateEnum
CREATE TYPE "PromptPurpose" AS ENUM ('premise', 'story');

-- CreateEnum
CREATE TYPE "Outcome" AS ENUM ('good', 'refused');

-- CreateEnum
CREATE TYPE "Verdict" AS ENUM ('undecided', 'kept', 'rejected');

-- CreateEnum
CREATE TYPE "Split" AS ENUM ('training', 'validation');

-- CreateTable
CREATE TABLE "job" (
    "id" UUID NOT NULL,
    "project_id" UUID,
    "name" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "lane" "Lane" NOT NULL,
    "state" "JobState" NOT NULL DEFAULT 'queued',
    "idempotency_key" TEXT NOT NULL,
    "epoch" INTEGER NOT NULL DEFAULT 0,
    "owner" TEXT,
    "device" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "max_attempts" INTEGER NOT NULL DEFAULT 10,
    "stop_request" "StopRequest" NOT NULL DEFAULT 'none',
    "progress_done" INTEGER NOT NULL DEFAULT 0,
    "progress_total" INTEGER NOT NULL DEFAULT 0,
    "phase" TEXT,
    "error_code" TEXT,
    "error_params" JSONB,
    "error_text" TEXT,
    "result" JSONB,
    "rung_at" TIMESTAMPTZ(3),
    "queued_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "job_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "log_line" (
    "id" SERIAL NOT NULL,
    "job_id" UUID NOT NULL,
    "epoch" INTEGER NOT NULL,
    "source" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "log_line_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "project" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "project_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "endpoint" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "base_url" TEXT NOT NULL,
    "style" "EndpointStyle" NOT NULL DEFAULT 'chat',
    "key_cipher" BYTEA,
    "key_last_four" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "endpoint_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "model" (
    "id" UUID NOT NULL,
    "kind" "ModelKind" NOT NULL,
    "name" TEXT NOT NULL,
    "directory" TEXT NOT NULL,
    "sha256" TEXT,
    "bytes" BIGINT,
    "parameters" BIGINT,
    "family" TEXT,
    "licence" TEXT,
    "base_id" UUID,
    "adapter_id" UUID,
    "job_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "model_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "upload" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "kind" "UploadKind" NOT NULL,
    "file_name" TEXT NOT NULL,
    "state" "UploadState" NOT NULL DEFAULT 'receiving',
    "bytes" BIGINT NOT NULL DEFAULT 0,
    "sha256" TEXT,
    "encoding" TEXT,
    "accepted" INTEGER NOT NULL DEFAULT 0,
    "rejected" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER NOT NULL DEFAULT 0,
    "error_code" TEXT,
    "error_params" JSONB,
    "job_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "upload_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "upload_rejection" (
    "upload_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "line" INTEGER NOT NULL,
    "code" TEXT NOT NULL,
    "params" JSONB NOT NULL,

    CONSTRAINT "upload_rejection_pkey" PRIMARY KEY ("upload_id","ordinal")
);

-- CreateTable
CREATE TABLE "novel" (
    "id" SERIAL NOT NULL,
    "project_id" UUID NOT NULL,
    "upload_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "characters" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "taking" "Taking" NOT NULL DEFAULT 'by_register',
    "role" "Role" NOT NULL DEFAULT 'drawn',

    CONSTRAINT "novel_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "chapter" (
    "id" SERIAL NOT NULL,
    "novel_id" INTEGER NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "heading" TEXT NOT NULL,
    "heading_evidence" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "characters" INTEGER NOT NULL,
    "measured_register" "Register" NOT NULL,
    "function_density" DOUBLE PRECISION NOT NULL,
    "clause_length" DOUBLE PRECISION NOT NULL,
    "register_by_person" "Register",
    "taking" "Taking" NOT NULL DEFAULT 'by_register',
    "role" "Role" NOT NULL DEFAULT 'drawn',

    CONSTRAINT "chapter_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "test_file" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "upload_id" UUID NOT NULL,
    "row_count" INTEGER NOT NULL,
    "premises" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "test_file_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "test_row" (
    "id" SERIAL NOT NULL,
    "test_file_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "instruction" TEXT NOT NULL,
    "input" TEXT NOT NULL,
    "record" JSON NOT NULL,

    CONSTRAINT "test_row_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "passage_set" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "settings" JSONB NOT NULL,
    "found" INTEGER NOT NULL DEFAULT 0,
    "kept" INTEGER NOT NULL DEFAULT 0,
    "characters" INTEGER NOT NULL DEFAULT 0,
    "job_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "passage_set_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "passage" (
    "id" SERIAL NOT NULL,
    "passage_set_id" UUID NOT NULL,
    "chapter_id" INTEGER NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "start_at" INTEGER NOT NULL,
    "end_at" INTEGER NOT NULL,
    "mid_paragraph" BOOLEAN NOT NULL,

    CONSTRAINT "passage_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "prompt_version" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "purpose" "PromptPurpose" NOT NULL,
    "version" INTEGER NOT NULL,
    "system" TEXT NOT NULL,
    "template" TEXT NOT NULL,
    "examples" JSONB NOT NULL DEFAULT '[]',
    "sha256" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "prompt_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "premise_run" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "passage_set_id" UUID NOT NULL,
    "prompt_version_id" UUID NOT NULL,
    "endpoint_id" UUID,
    "model_id" UUID,
    "settings" JSONB NOT NULL,
    "job_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "premise_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "premise_answer" (
    "premise_run_id" UUID NOT NULL,
    "passage_id" INTEGER NOT NULL,
    "attempt" INTEGER NOT NULL,
    "epoch" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "flaws" TEXT[],
    "prompt_tokens" INTEGER,
    "completion_tokens" INTEGER,
    "latency_ms" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "premise_answer_pkey" PRIMARY KEY ("premise_run_id","passage_id","attempt")
);

-- CreateTable
CREATE TABLE "premise" (
    "id" SERIAL NOT NULL,
    "premise_run_id" UUID NOT NULL,
    "passage_id" INTEGER NOT NULL,
    "outcome" "Outcome" NOT NULL,
    "text" TEXT NOT NULL,
    "flaws" TEXT[],
    "attempts" INTEGER NOT NULL,
    "epoch" INTEGER NOT NULL,
    "edited" TEXT,
    "verdict" "Verdict" NOT NULL DEFAULT 'undecided',
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "premise_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dataset_version" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "premise_run_id" UUID NOT NULL,
    "settings" JSONB NOT NULL,
    "sha256" TEXT,
    "training_pairs" INTEGER NOT NULL DEFAULT 0,
    "validation_pairs" INTEGER NOT NULL DEFAULT 0,
    "characters" INTEGER NOT NULL DEFAULT 0,
    "job_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "dataset_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dataset_pair" (
    "dataset_version_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "premise_id" INTEGER NOT NULL,
    "split" "Split" NOT NULL,
    "premise" TEXT NOT NULL,
    "passage" TEXT NOT NULL,

    CONSTRAINT "dataset_pair_pkey" PRIMARY KEY ("dataset_version_id","ordinal")
);

-- CreateTable
CREATE TABLE "training_run" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "dataset_version_id" UUID NOT NULL,
    "base_model_id" UUID NOT NULL,
    "prompt_version_id" UUID NOT NULL,
    "settings" JSONB NOT NULL,
    "stopped_early" BOOLEAN NOT NULL DEFAULT false,
    "job_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "training_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "metric" (
    "training_run_id" UUID NOT NULL,
    "step" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "value" DOUBLE PRECISION NOT NULL,
    "epoch" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "metric_pkey" PRIMARY KEY ("training_run_id","step","name")
);

-- CreateTable
CREATE TABLE "checkpoint" (
    "training_run_id" UUID NOT NULL,
    "step" INTEGER NOT NULL,
    "epoch" INTEGER NOT NULL,
    "directory" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "checkpoint_pkey" PRIMARY KEY ("training_run_id","step")
);

-- CreateTable
CREATE TABLE "adapter" (
    "id" UUID NOT NULL,
    "training_run_id" UUID NOT NULL,
    "directory" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "adapter_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "story_run" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "test_file_id" UUID NOT NULL,
    "model_id" UUID,
    "endpoint_id" UUID,
    "prompt_version_id" UUID NOT NULL,
    "settings" JSONB NOT NULL,
    "served_name" TEXT,
    "served_sha256" TEXT,
    "job_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "story_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "story" (
    "id" SERIAL NOT NULL,
    "story_run_id" UUID NOT NULL,
    "test_row_id" INTEGER NOT NULL,
    "outcome" "Outcome" NOT NULL,
    "text" TEXT NOT NULL,
    "flaws" TEXT[],
    "finish_reason" TEXT NOT NULL,
    "prompt_tokens" INTEGER,
    "completion_tokens" INTEGER,
    "seed" INTEGER NOT NULL,
    "attempts" INTEGER NOT NULL,
    "latency_ms" INTEGER NOT NULL,
    "epoch" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "story_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "submission" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "story_run_id" UUID NOT NULL,
    "settings" JSONB NOT NULL,
    "path" TEXT,
    "sha256" TEXT,
    "bytes" INTEGER,
    "problems" JSONB,
    "job_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "submission_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "job_idempotency_key_key" ON "job"("idempotency_key");

-- CreateIndex
CREATE INDEX "job_lane_state_queued_at_idx" ON "job"("lane", "state", "queued_at");

-- CreateIndex
CREATE INDEX "job_project_id_queued_at_idx" ON "job"("project_id", "queued_at");

-- CreateIndex
CREATE INDEX "log_line_job_id_id_idx" ON "log_line"("job_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "project_name_key" ON "project"("name");

-- CreateIndex
CREATE UNIQUE INDEX "endpoint_name_key" ON "endpoint"("name");

-- CreateIndex
CREATE UNIQUE INDEX "model_directory_key" ON "model"("directory");

-- CreateIndex
CREATE UNIQUE INDEX "model_adapter_id_key" ON "model"("adapter_id");

-- CreateIndex
CREATE UNIQUE INDEX "model_job_id_key" ON "model"("job_id");

-- CreateIndex
CREATE UNIQUE INDEX "upload_job_id_key" ON "upload"("job_id");

-- CreateIndex
CREATE INDEX "upload_project_id_created_at_idx" ON "upload"("project_id", "created_at");

-- CreateIndex
CREATE INDEX "novel_project_id_idx" ON "novel"("project_id");

-- CreateIndex
CREATE UNIQUE INDEX "novel_upload_id_ordinal_key" ON "novel"("upload_id", "ordinal");

-- CreateIndex
CREATE UNIQUE INDEX "chapter_novel_id_ordinal_key" ON "chapter"("novel_id", "ordinal");

-- CreateIndex
CREATE UNIQUE INDEX "test_file_upload_id_key" ON "test_file"("upload_id");

-- CreateIndex
CREATE UNIQUE INDEX "test_row_test_file_id_ordinal_key" ON "test_row"("test_file_id", "ordinal");

-- CreateIndex
CREATE UNIQUE INDEX "passage_set_job_id_key" ON "passage_set"("job_id");

-- CreateIndex
CREATE UNIQUE INDEX "passage_set_project_id_ordinal_key" ON "passage_set"("project_id", "ordinal");

-- CreateIndex
CREATE INDEX "passage_chapter_id_idx" ON "passage"("chapter_id");

-- CreateIndex
CREATE UNIQUE INDEX "passage_passage_set_id_ordinal_key" ON "passage"("passage_set_id", "ordinal");

-- CreateIndex
CREATE UNIQUE INDEX "prompt_version_project_id_purpose_version_key" ON "prompt_version"("project_id", "purpose", "version");

-- CreateIndex
CREATE UNIQUE INDEX "prompt_version_project_id_purpose_sha256_key" ON "prompt_version"("project_id", "purpose", "sha256");

-- CreateIndex
CREATE UNIQUE INDEX "premise_run_job_id_key" ON "premise_run"("job_id");

-- CreateIndex
CREATE UNIQUE INDEX "premise_run_project_id_ordinal_key" ON "premise_run"("project_id", "ordinal");

-- CreateIndex
CREATE UNIQUE INDEX "premise_premise_run_id_passage_id_key" ON "premise"("premise_run_id", "passage_id");

-- CreateIndex
CREATE UNIQUE INDEX "dataset_version_job_id_key" ON "dataset_version"("job_id");

-- CreateIndex
CREATE UNIQUE INDEX "dataset_version_project_id_ordinal_key" ON "dataset_version"("project_id", "ordinal");

-- CreateIndex
CREATE UNIQUE INDEX "training_run_job_id_key" ON "training_run"("job_id");

-- CreateIndex
CREATE UNIQUE INDEX "training_run_project_id_ordinal_key" ON "training_run"("project_id", "ordinal");

-- CreateIndex
CREATE UNIQUE INDEX "adapter_training_run_id_key" ON "adapter"("training_run_id");

-- CreateIndex
CREATE UNIQUE INDEX "story_run_job_id_key" ON "story_run"("job_id");

-- CreateIndex
CREATE UNIQUE INDEX "story_run_project_id_ordinal_key" ON "story_run"("project_id", "ordinal");

-- CreateIndex
CREATE UNIQUE INDEX "story_story_run_id_test_row_id_key" ON "story"("story_run_id", "test_row_id");

-- CreateIndex
CREATE UNIQUE INDEX "submission_job_id_key" ON "submission"("job_id");

-- CreateIndex
CREATE UNIQUE INDEX "submission_project_id_ordinal_key" ON "submission"("project_id", "ordinal");

-- AddForeignKey
ALTER TABLE "job" ADD CONSTRAINT "job_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "log_line" ADD CONSTRAINT "log_line_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "model" ADD CONSTRAINT "model_base_id_fkey" FOREIGN KEY ("base_id") REFERENCES "model"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "model" ADD CONSTRAINT "model_adapter_id_fkey" FOREIGN KEY ("adapter_id") REFERENCES "adapter"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "model" ADD CONSTRAINT "model_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "upload" ADD CONSTRAINT "upload_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "upload" ADD CONSTRAINT "upload_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "upload_rejection" ADD CONSTRAINT "upload_rejection_upload_id_fkey" FOREIGN KEY ("upload_id") REFERENCES "upload"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "novel" ADD CONSTRAINT "novel_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "novel" ADD CONSTRAINT "novel_upload_id_fkey" FOREIGN KEY ("upload_id") REFERENCES "upload"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chapter" ADD CONSTRAINT "chapter_novel_id_fkey" FOREIGN KEY ("novel_id") REFERENCES "novel"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "test_file" ADD CONSTRAINT "test_file_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "test_file" ADD CONSTRAINT "test_file_upload_id_fkey" FOREIGN KEY ("upload_id") REFERENCES "upload"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "test_row" ADD CONSTRAINT "test_row_test_file_id_fkey" FOREIGN KEY ("test_file_id") REFERENCES "test_file"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "passage_set" ADD CONSTRAINT "passage_set_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "passage_set" ADD CONSTRAINT "passage_set_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "passage" ADD CONSTRAINT "passage_passage_set_id_fkey" FOREIGN KEY ("passage_set_id") REFERENCES "passage_set"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "passage" ADD CONSTRAINT "passage_chapter_id_fkey" FOREIGN KEY ("chapter_id") REFERENCES "chapter"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "prompt_version" ADD CONSTRAINT "prompt_version_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "premise_run" ADD CONSTRAINT "premise_run_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "premise_run" ADD CONSTRAINT "premise_run_passage_set_id_fkey" FOREIGN KEY ("passage_set_id") REFERENCES "passage_set"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "premise_run" ADD CONSTRAINT "premise_run_prompt_version_id_fkey" FOREIGN KEY ("prompt_version_id") REFERENCES "prompt_version"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "premise_run" ADD CONSTRAINT "premise_run_endpoint_id_fkey" FOREIGN KEY ("endpoint_id") REFERENCES "endpoint"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "premise_run" ADD CONSTRAINT "premise_run_model_id_fkey" FOREIGN KEY ("model_id") REFERENCES "model"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "premise_run" ADD CONSTRAINT "premise_run_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "premise_answer" ADD CONSTRAINT "premise_answer_premise_run_id_fkey" FOREIGN KEY ("premise_run_id") REFERENCES "premise_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "premise" ADD CONSTRAINT "premise_premise_run_id_fkey" FOREIGN KEY ("premise_run_id") REFERENCES "premise_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "premise" ADD CONSTRAINT "premise_passage_id_fkey" FOREIGN KEY ("passage_id") REFERENCES "passage"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dataset_version" ADD CONSTRAINT "dataset_version_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dataset_version" ADD CONSTRAINT "dataset_version_premise_run_id_fkey" FOREIGN KEY ("premise_run_id") REFERENCES "premise_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dataset_version" ADD CONSTRAINT "dataset_version_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dataset_pair" ADD CONSTRAINT "dataset_pair_dataset_version_id_fkey" FOREIGN KEY ("dataset_version_id") REFERENCES "dataset_version"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "training_run" ADD CONSTRAINT "training_run_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "training_run" ADD CONSTRAINT "training_run_dataset_version_id_fkey" FOREIGN KEY ("dataset_version_id") REFERENCES "dataset_version"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "training_run" ADD CONSTRAINT "training_run_base_model_id_fkey" FOREIGN KEY ("base_model_id") REFERENCES "model"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "training_run" ADD CONSTRAINT "training_run_prompt_version_id_fkey" FOREIGN KEY ("prompt_version_id") REFERENCES "prompt_version"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "training_run" ADD CONSTRAINT "training_run_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "metric" ADD CONSTRAINT "metric_training_run_id_fkey" FOREIGN KEY ("training_run_id") REFERENCES "training_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "checkpoint" ADD CONSTRAINT "checkpoint_training_run_id_fkey" FOREIGN KEY ("training_run_id") REFERENCES "training_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "adapter" ADD CONSTRAINT "adapter_training_run_id_fkey" FOREIGN KEY ("training_run_id") REFERENCES "training_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "story_run" ADD CONSTRAINT "story_run_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "story_run" ADD CONSTRAINT "story_run_test_file_id_fkey" FOREIGN KEY ("test_file_id") REFERENCES "test_file"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "story_run" ADD CONSTRAINT "story_run_model_id_fkey" FOREIGN KEY ("model_id") REFERENCES "model"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "story_run" ADD CONSTRAINT "story_run_endpoint_id_fkey" FOREIGN KEY ("endpoint_id") REFERENCES "endpoint"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "story_run" ADD CONSTRAINT "story_run_prompt_version_id_fkey" FOREIGN KEY ("prompt_version_id") REFERENCES "prompt_version"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "story_run" ADD CONSTRAINT "story_run_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "story" ADD CONSTRAINT "story_story_run_id_fkey" FOREIGN KEY ("story_run_id") REFERENCES "story_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "story" ADD CONSTRAINT "story_test_row_id_fkey" FOREIGN KEY ("test_row_id") REFERENCES "test_row"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "submission" ADD CONSTRAINT "submission_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "submission" ADD CONSTRAINT "submission_story_run_id_fkey" FOREIGN KEY ("story_run_id") REFERENCES "story_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "submission" ADD CONSTRAINT "submission_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Not in the schema language: one running job per device, also between machines.
CREATE UNIQUE INDEX "job_one_per_device" ON "job" ("device") WHERE "state" = 'running' AND "device" IS NOT NULL;

-- Passages read ranges of a chapter: stored uncompressed, PostgreSQL fetches only the part it needs.
ALTER TABLE "chapter" ALTER COLUMN "text" SET STORAGE EXTERNAL;
