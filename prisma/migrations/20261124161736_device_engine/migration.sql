-- CreateEnum
CREATE TYPE "EngineState" AS ENUM ('starting', 'ready', 'stopping', 'stopped', 'failed');

-- AlterTable
ALTER TABLE "job" ADD COLUMN     "engine_model_id" UUID;

-- CreateTable
CREATE TABLE "engine" (
    "device" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "run_id" UUID NOT NULL,
    "state" "EngineState" NOT NULL,
    "model_directory" TEXT NOT NULL,
    "served_name" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "context" INTEGER NOT NULL,
    "adapter_rank" INTEGER NOT NULL DEFAULT 0,
    "adapters" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "tensor_parallel" INTEGER NOT NULL DEFAULT 1,
    "data_parallel" INTEGER NOT NULL DEFAULT 1,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ready_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "idle_until" TIMESTAMPTZ(3),
    "deaths" INTEGER NOT NULL DEFAULT 0,
    "retry_at" TIMESTAMPTZ(3),
    "error_code" TEXT,
    "error_params" JSONB,
    "error_text" TEXT,
    "stop_requested" BOOLEAN NOT NULL DEFAULT false,
    "requests_running" INTEGER NOT NULL DEFAULT 0,
    "requests_waiting" INTEGER NOT NULL DEFAULT 0,
    "cache_use" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "prompt_rate" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "answer_rate" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "engine_pkey" PRIMARY KEY ("device")
);

-- CreateTable
CREATE TABLE "serving" (
    "id" UUID NOT NULL,
    "model_id" UUID NOT NULL,
    "adapter_ids" UUID[] DEFAULT ARRAY[]::UUID[],
    "context" INTEGER NOT NULL,
    "job_id" UUID NOT NULL,
    "key_cipher" BYTEA NOT NULL,
    "host" TEXT,
    "port" INTEGER,
    "served_names" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "requests" INTEGER NOT NULL DEFAULT 0,
    "refused" INTEGER NOT NULL DEFAULT 0,
    "in_flight" INTEGER NOT NULL DEFAULT 0,
    "prompt_tokens" BIGINT NOT NULL DEFAULT 0,
    "completion_tokens" BIGINT NOT NULL DEFAULT 0,
    "last_request_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "serving_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "serving_model_id_key" ON "serving"("model_id");

-- CreateIndex
CREATE UNIQUE INDEX "serving_job_id_key" ON "serving"("job_id");

-- AddForeignKey
ALTER TABLE "serving" ADD CONSTRAINT "serving_model_id_fkey" FOREIGN KEY ("model_id") REFERENCES "model"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "serving" ADD CONSTRAINT "serving_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Which of a device's jobs may run side by side: those that want its engine with one and the same model. Any other has the device to itself.
CREATE EXTENSION IF NOT EXISTS btree_gist;
DROP INDEX "job_one_per_device";
ALTER TABLE "job" ADD CONSTRAINT "job_one_use_per_device" EXCLUDE USING gist ("device" WITH =, (coalesce("engine_model_id", "id")) WITH <>) WHERE ("state" = 'running' AND "device" IS NOT NULL);
