-- AlterTable
ALTER TABLE "premise_run" ADD COLUMN     "pairs_checked" JSONB;

-- AlterTable
ALTER TABLE "pair_import" ADD COLUMN     "pairs_checked" JSONB;
