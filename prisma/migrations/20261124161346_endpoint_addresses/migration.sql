-- AlterTable
ALTER TABLE "endpoint" ADD COLUMN     "other_urls" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "story_try" ADD COLUMN     "address" TEXT;

-- CreateTable
CREATE TABLE "endpoint_away" (
    "endpoint_id" UUID NOT NULL,
    "url" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "error_code" TEXT NOT NULL,
    "error_params" JSONB NOT NULL,

    CONSTRAINT "endpoint_away_pkey" PRIMARY KEY ("endpoint_id","url")
);

-- AddForeignKey
ALTER TABLE "endpoint_away" ADD CONSTRAINT "endpoint_away_endpoint_id_fkey" FOREIGN KEY ("endpoint_id") REFERENCES "endpoint"("id") ON DELETE CASCADE ON UPDATE CASCADE;
