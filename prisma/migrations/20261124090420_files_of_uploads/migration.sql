-- CreateEnum
CREATE TYPE "UploadFileState" AS ENUM ('taken', 'refused', 'skipped');

-- AlterTable
ALTER TABLE "upload" ADD COLUMN     "fingerprint" TEXT;

-- AlterTable
ALTER TABLE "upload_rejection" ADD COLUMN     "file_ordinal" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "novel" ADD COLUMN     "file_ordinal" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "upload_file" (
    "upload_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "state" "UploadFileState" NOT NULL,
    "form" TEXT,
    "bytes" BIGINT NOT NULL DEFAULT 0,
    "encoding" TEXT,
    "plausibility" DOUBLE PRECISION,
    "mojibake" TEXT,
    "chosen_encoding" TEXT,
    "accepted" INTEGER NOT NULL DEFAULT 0,
    "rejected" INTEGER NOT NULL DEFAULT 0,
    "damaged" INTEGER NOT NULL DEFAULT 0,
    "damaged_lines" INTEGER[] DEFAULT ARRAY[]::INTEGER[],
    "error_code" TEXT,
    "error_params" JSONB,

    CONSTRAINT "upload_file_pkey" PRIMARY KEY ("upload_id","ordinal")
);

-- AddForeignKey
ALTER TABLE "upload_file" ADD CONSTRAINT "upload_file_upload_id_fkey" FOREIGN KEY ("upload_id") REFERENCES "upload"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Every upload that was read so far was one file of records.
INSERT INTO "upload_file" ("upload_id", "ordinal", "name", "state", "form", "bytes", "encoding", "accepted", "rejected", "damaged_lines")
SELECT "id", 0, "file_name", (CASE "state" WHEN 'ready' THEN 'taken' ELSE 'refused' END)::"UploadFileState", 'records', "bytes", "encoding", "accepted", "rejected", '{}'
FROM "upload" WHERE "state" IN ('ready', 'refused') AND "encoding" IS NOT NULL;
