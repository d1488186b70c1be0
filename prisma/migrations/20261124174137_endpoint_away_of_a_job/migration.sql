-- What is away is known only while it is asked; no row is worth keeping.
DELETE FROM "endpoint_away";
-- AlterTable
ALTER TABLE "endpoint_away" DROP CONSTRAINT "endpoint_away_pkey",
ADD COLUMN     "job_id" UUID NOT NULL,
ADD CONSTRAINT "endpoint_away_pkey" PRIMARY KEY ("job_id", "url");

-- CreateIndex
CREATE INDEX "endpoint_away_endpoint_id_idx" ON "endpoint_away"("endpoint_id");

-- AddForeignKey
ALTER TABLE "endpoint_away" ADD CONSTRAINT "endpoint_away_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE CASCADE ON UPDATE CASCADE;
