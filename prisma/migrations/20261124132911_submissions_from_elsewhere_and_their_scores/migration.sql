-- AlterTable
ALTER TABLE "story_run" ALTER COLUMN "prompt_version_id" DROP NOT NULL;

-- AlterTable
ALTER TABLE "submission" ADD COLUMN     "challenge_note" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "challenge_score" DOUBLE PRECISION;
