-- AlterTable
ALTER TABLE "device" ADD COLUMN     "gpus" INTEGER NOT NULL DEFAULT 0;

-- Runs and presets that there are were made for one device of one machine.
UPDATE "training_run" SET "settings" = '{"devices": 1, "machines": 1}'::jsonb || "settings";
UPDATE "training_preset" SET "settings" = '{"devices": 1, "machines": 1}'::jsonb || "settings";
