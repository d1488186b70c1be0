-- AlterTable
ALTER TABLE "upload" ADD COLUMN     "waiting_words" JSONB;
