-- AlterTable
ALTER TABLE "training_run" ADD COLUMN     "continues_id" UUID,
ADD COLUMN     "continues_step" INTEGER,
ADD COLUMN     "note" TEXT NOT NULL DEFAULT '';

-- AddForeignKey
ALTER TABLE "training_run" ADD CONSTRAINT "training_run_continues_id_fkey" FOREIGN KEY ("continues_id") REFERENCES "training_run"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Runs made before these settings existed were trained as if they had had these values.
UPDATE "training_run" SET "settings" =
  '{"method": "lora", "neftuneAlpha": 0, "warmupSteps": 0, "maxGradNorm": 1, "patience": 0, "adapterFrom": "last"}'::jsonb || "settings";
UPDATE "job" SET "result" =
  '{"best_validation_loss": null, "best_step": null, "out_of_patience": false}'::jsonb || jsonb_build_object('adapter_step', "result" -> 'steps') || "result"
  WHERE "name" = 'train-adapter' AND "result" ? 'steps';
