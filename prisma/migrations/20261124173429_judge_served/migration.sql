-- AlterTable
ALTER TABLE "judge_run" ADD COLUMN     "served_name" TEXT,
ADD COLUMN     "served_sha256" TEXT;
