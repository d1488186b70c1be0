-- CreateTable
CREATE TABLE "story_score" (
    "story_id" INTEGER NOT NULL,
    "rules" INTEGER NOT NULL,
    "measures" JSONB NOT NULL,

    CONSTRAINT "story_score_pkey" PRIMARY KEY ("story_id")
);

-- CreateTable
CREATE TABLE "story_scoring" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "story_run_id" UUID NOT NULL,
    "dataset_version_id" UUID,
    "settings" JSONB NOT NULL,
    "rules" INTEGER NOT NULL,
    "summary" JSONB,
    "profile" JSONB,
    "job_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "story_scoring_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "style_profile" (
    "dataset_version_id" UUID NOT NULL,
    "split" "Split" NOT NULL,
    "novel" TEXT NOT NULL,
    "characters" INTEGER NOT NULL,
    "profile" JSONB NOT NULL,

    CONSTRAINT "style_profile_pkey" PRIMARY KEY ("dataset_version_id","split","novel")
);

-- CreateIndex
CREATE UNIQUE INDEX "story_scoring_story_run_id_key" ON "story_scoring"("story_run_id");

-- CreateIndex
CREATE UNIQUE INDEX "story_scoring_job_id_key" ON "story_scoring"("job_id");

-- AddForeignKey
ALTER TABLE "story_score" ADD CONSTRAINT "story_score_story_id_fkey" FOREIGN KEY ("story_id") REFERENCES "story"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "story_scoring" ADD CONSTRAINT "story_scoring_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "story_scoring" ADD CONSTRAINT "story_scoring_story_run_id_fkey" FOREIGN KEY ("story_run_id") REFERENCES "story_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "story_scoring" ADD CONSTRAINT "story_scoring_dataset_version_id_fkey" FOREIGN KEY ("dataset_version_id") REFERENCES "dataset_version"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "story_scoring" ADD CONSTRAINT "story_scoring_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "style_profile" ADD CONSTRAINT "style_profile_dataset_version_id_fkey" FOREIGN KEY ("dataset_version_id") REFERENCES "dataset_version"("id") ON DELETE CASCADE ON UPDATE CASCADE;
