-- CreateTable
CREATE TABLE "device" (
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "cores" INTEGER NOT NULL,
    "memory_bytes" BIGINT NOT NULL,
    "gpu_bytes" BIGINT,
    "has_native_bfloat16" BOOLEAN NOT NULL,
    "has_bitsandbytes" BOOLEAN NOT NULL DEFAULT false,
    "float32_rate" DOUBLE PRECISION,
    "bfloat16_rate" DOUBLE PRECISION,
    "measured_at" TIMESTAMPTZ(3),
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "device_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "training_preset" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "settings" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "training_preset_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "training_preset_name_key" ON "training_preset"("name");

-- Settings of the runs that there are, as they are said now: recomputing activations was a yes or no.
UPDATE "training_run"
SET "settings" = "settings"
  || jsonb_build_object('gradientCheckpointing', CASE WHEN ("settings" ->> 'gradientCheckpointing')::boolean THEN 'on' ELSE 'off' END)
  || jsonb_build_object('packing', COALESCE("settings" -> 'packing', 'false'::jsonb), 'fitBatch', COALESCE("settings" -> 'fitBatch', 'false'::jsonb))
WHERE jsonb_typeof("settings" -> 'gradientCheckpointing') = 'boolean';
