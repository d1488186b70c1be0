-- CreateEnum
CREATE TYPE "SampleEnding" AS ENUM ('whole', 'length', 'time');

-- AlterTable
ALTER TABLE "job" ADD COLUMN     "queue_place" DOUBLE PRECISION NOT NULL DEFAULT (EXTRACT(epoch FROM clock_timestamp()) * 1000);

-- AlterTable
ALTER TABLE "training_run" ADD COLUMN     "name" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "tags" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- CreateTable
CREATE TABLE "sample_premise" (
    "training_run_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "premise" TEXT NOT NULL,
    "pair_ordinal" INTEGER,

    CONSTRAINT "sample_premise_pkey" PRIMARY KEY ("training_run_id","ordinal")
);

-- CreateTable
CREATE TABLE "written_sample" (
    "training_run_id" UUID NOT NULL,
    "step" INTEGER NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "tokens" INTEGER NOT NULL,
    "ending" "SampleEnding" NOT NULL,
    "seconds" DOUBLE PRECISION NOT NULL,
    "epoch" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "written_sample_pkey" PRIMARY KEY ("training_run_id","step","ordinal")
);

-- CreateIndex
CREATE INDEX "job_lane_state_queue_place_idx" ON "job"("lane", "state", "queue_place");

-- AddForeignKey
ALTER TABLE "sample_premise" ADD CONSTRAINT "sample_premise_training_run_id_fkey" FOREIGN KEY ("training_run_id") REFERENCES "training_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "written_sample" ADD CONSTRAINT "written_sample_training_run_id_fkey" FOREIGN KEY ("training_run_id") REFERENCES "training_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Waiting work keeps the order in which it came.
UPDATE "job" SET "queue_place" = EXTRACT(epoch FROM "queued_at") * 1000;

-- Runs from before there were samples have written none.
UPDATE "training_run" SET "settings" = "settings" || '{"samples": 0, "samplePremises": [], "sampleTokens": 128, "sampleTemperature": 0, "sampleSeconds": 60}'::jsonb
WHERE NOT "settings" ? 'samples';
