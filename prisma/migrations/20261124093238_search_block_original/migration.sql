-- AlterTable
ALTER TABLE "search_block" ADD COLUMN     "original" TEXT;

-- Blocks are read to be searched through, many at once: not packing them makes that twice as fast.
ALTER TABLE "search_block" ALTER COLUMN "text" SET STORAGE EXTERNAL;
