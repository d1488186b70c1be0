-- CreateEnum
CREATE TYPE "PauseReason" AS ENUM ('asked', 'budget');

-- AlterEnum
ALTER TYPE "JobState" ADD VALUE 'paused';

-- AlterEnum
ALTER TYPE "StopRequest" ADD VALUE 'pause';

-- AlterEnum
ALTER TYPE "Outcome" ADD VALUE 'failed';

-- AlterTable
ALTER TABLE "job" ADD COLUMN     "pause_reason" "PauseReason";

-- AlterTable
ALTER TABLE "endpoint" ADD COLUMN     "json_schema_reason" TEXT,
ADD COLUMN     "requests_per_minute" INTEGER,
ADD COLUMN     "takes_json_schema" BOOLEAN,
ADD COLUMN     "tokens_per_minute" INTEGER;

-- AlterTable
ALTER TABLE "premise_run" ADD COLUMN     "budget" DOUBLE PRECISION,
ADD COLUMN     "concurrency" INTEGER,
ADD COLUMN     "currency" TEXT,
ADD COLUMN     "expected" INTEGER,
ADD COLUMN     "extra_tries" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "input_price" DOUBLE PRECISION,
ADD COLUMN     "output_price" DOUBLE PRECISION;

-- AlterTable
ALTER TABLE "premise_answer" ADD COLUMN     "cost" DOUBLE PRECISION,
ADD COLUMN     "finish_reason" TEXT,
ADD COLUMN     "is_reused" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "question" TEXT,
ADD COLUMN     "served_model" TEXT;

-- AlterTable
ALTER TABLE "premise" ADD COLUMN     "error_code" TEXT,
ADD COLUMN     "error_params" JSONB,
ADD COLUMN     "score" SMALLINT;

-- CreateTable
CREATE TABLE "model_price" (
    "endpoint_id" UUID NOT NULL,
    "model" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "input" DOUBLE PRECISION NOT NULL,
    "output" DOUBLE PRECISION NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "model_price_pkey" PRIMARY KEY ("endpoint_id","model")
);

-- CreateTable
CREATE TABLE "premise_score" (
    "premise_id" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "score" SMALLINT,
    "text" TEXT NOT NULL,
    "prompt_tokens" INTEGER,
    "completion_tokens" INTEGER,
    "cost" DOUBLE PRECISION,
    "latency_ms" INTEGER NOT NULL,
    "epoch" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "premise_score_pkey" PRIMARY KEY ("premise_id")
);

-- CreateIndex
CREATE INDEX "premise_answer_question_idx" ON "premise_answer"("question");

-- CreateIndex
CREATE INDEX "premise_answer_premise_run_id_at_idx" ON "premise_answer"("premise_run_id", "at");

-- AddForeignKey
ALTER TABLE "model_price" ADD CONSTRAINT "model_price_endpoint_id_fkey" FOREIGN KEY ("endpoint_id") REFERENCES "endpoint"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "premise_score" ADD CONSTRAINT "premise_score_premise_id_fkey" FOREIGN KEY ("premise_id") REFERENCES "premise"("id") ON DELETE CASCADE ON UPDATE CASCADE;
