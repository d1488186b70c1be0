-- CreateEnum
CREATE TYPE "Hub" AS ENUM ('huggingface', 'modelscope');

-- CreateEnum
CREATE TYPE "AdapterSource" AS ENUM ('folder', 'archive');

-- AlterTable
ALTER TABLE "model" ADD COLUMN     "deleted_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "adapter" ADD COLUMN     "deleted_at" TIMESTAMPTZ(3),
ADD COLUMN     "import_id" UUID,
ALTER COLUMN "training_run_id" DROP NOT NULL;

-- CreateTable
CREATE TABLE "model_search_folder" (
    "id" UUID NOT NULL,
    "path" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "model_search_folder_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "hub_access" (
    "hub" "Hub" NOT NULL,
    "base_url" TEXT,
    "token_cipher" BYTEA,
    "token_last_four" TEXT,

    CONSTRAINT "hub_access_pkey" PRIMARY KEY ("hub")
);

-- CreateTable
CREATE TABLE "model_download" (
    "id" UUID NOT NULL,
    "hub" "Hub" NOT NULL,
    "repository" TEXT NOT NULL,
    "revision" TEXT NOT NULL,
    "commit" TEXT,
    "files" JSONB,
    "bytes" BIGINT,
    "model_id" UUID,
    "job_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "model_download_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "adapter_import" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "source" "AdapterSource" NOT NULL,
    "origin" TEXT NOT NULL,
    "base_model_id" UUID NOT NULL,
    "described" JSONB,
    "job_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "adapter_import_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "model_search_folder_path_key" ON "model_search_folder"("path");

-- CreateIndex
CREATE UNIQUE INDEX "model_download_model_id_key" ON "model_download"("model_id");

-- CreateIndex
CREATE UNIQUE INDEX "model_download_job_id_key" ON "model_download"("job_id");

-- CreateIndex
CREATE UNIQUE INDEX "adapter_import_job_id_key" ON "adapter_import"("job_id");

-- CreateIndex
CREATE UNIQUE INDEX "adapter_import_id_key" ON "adapter"("import_id");

-- AddForeignKey
ALTER TABLE "model_download" ADD CONSTRAINT "model_download_model_id_fkey" FOREIGN KEY ("model_id") REFERENCES "model"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "model_download" ADD CONSTRAINT "model_download_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "adapter" ADD CONSTRAINT "adapter_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "adapter_import"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "adapter_import" ADD CONSTRAINT "adapter_import_base_model_id_fkey" FOREIGN KEY ("base_model_id") REFERENCES "model"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "adapter_import" ADD CONSTRAINT "adapter_import_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Of a training run or from elsewhere, never both and never neither.
ALTER TABLE "adapter" ADD CONSTRAINT "adapter_one_origin" CHECK (("training_run_id" IS NULL) <> ("import_id" IS NULL));
