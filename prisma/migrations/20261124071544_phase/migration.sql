-- AlterTable
ALTER TABLE "job" ADD COLUMN     "phase_at" TIMESTAMPTZ(3),
ADD COLUMN     "phase_done" INTEGER NOT NULL DEFAULT 0;
