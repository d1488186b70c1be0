-- CreateTable
CREATE TABLE "metric_stretch" (
    "training_run_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "width" INTEGER NOT NULL,
    "first_step" INTEGER NOT NULL,
    "count" INTEGER NOT NULL,
    "sum" DOUBLE PRECISION NOT NULL,
    "low" DOUBLE PRECISION NOT NULL,
    "low_step" INTEGER NOT NULL,
    "high" DOUBLE PRECISION NOT NULL,
    "high_step" INTEGER NOT NULL,

    CONSTRAINT "metric_stretch_pkey" PRIMARY KEY ("training_run_id","width","first_step","name")
);

-- AddForeignKey
ALTER TABLE "metric_stretch" ADD CONSTRAINT "metric_stretch_training_run_id_fkey" FOREIGN KEY ("training_run_id") REFERENCES "training_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;
