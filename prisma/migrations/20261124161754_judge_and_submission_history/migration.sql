-- AlterTable
ALTER TABLE "submission" ADD COLUMN     "figures" JSONB,
ADD COLUMN     "made_from_id" UUID,
ADD COLUMN     "mending" JSONB,
ADD COLUMN     "output_prints" INTEGER[] DEFAULT ARRAY[]::INTEGER[],
ADD COLUMN     "stories_print" TEXT,
ADD COLUMN     "try_numbers" INTEGER[] DEFAULT ARRAY[]::INTEGER[];

-- CreateTable
CREATE TABLE "judge_run" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "vote_round_id" UUID NOT NULL,
    "endpoint_id" UUID,
    "model_id" UUID,
    "settings" JSONB NOT NULL,
    "budget" DOUBLE PRECISION,
    "input_price" DOUBLE PRECISION,
    "output_price" DOUBLE PRECISION,
    "currency" TEXT,
    "job_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "judge_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "judge_answer" (
    "judge_run_id" UUID NOT NULL,
    "test_row_id" INTEGER NOT NULL,
    "left_run_id" UUID NOT NULL,
    "right_run_id" UUID NOT NULL,
    "epoch" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "verdict" "Preference",
    "print" TEXT NOT NULL,
    "question" TEXT NOT NULL,
    "is_reused" BOOLEAN NOT NULL DEFAULT false,
    "finish_reason" TEXT,
    "served_model" TEXT,
    "cost" DOUBLE PRECISION,
    "prompt_tokens" INTEGER,
    "completion_tokens" INTEGER,
    "latency_ms" INTEGER NOT NULL,
    "error_code" TEXT,
    "error_params" JSONB,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "judge_answer_pkey" PRIMARY KEY ("judge_run_id","test_row_id","left_run_id","right_run_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "judge_run_job_id_key" ON "judge_run"("job_id");

-- CreateIndex
CREATE INDEX "judge_run_vote_round_id_idx" ON "judge_run"("vote_round_id");

-- CreateIndex
CREATE UNIQUE INDEX "judge_run_project_id_ordinal_key" ON "judge_run"("project_id", "ordinal");

-- CreateIndex
CREATE INDEX "judge_answer_question_idx" ON "judge_answer"("question");

-- AddForeignKey
ALTER TABLE "submission" ADD CONSTRAINT "submission_made_from_id_fkey" FOREIGN KEY ("made_from_id") REFERENCES "submission"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "judge_run" ADD CONSTRAINT "judge_run_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "judge_run" ADD CONSTRAINT "judge_run_vote_round_id_fkey" FOREIGN KEY ("vote_round_id") REFERENCES "vote_round"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "judge_run" ADD CONSTRAINT "judge_run_endpoint_id_fkey" FOREIGN KEY ("endpoint_id") REFERENCES "endpoint"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "judge_run" ADD CONSTRAINT "judge_run_model_id_fkey" FOREIGN KEY ("model_id") REFERENCES "model"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "judge_run" ADD CONSTRAINT "judge_run_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "judge_answer" ADD CONSTRAINT "judge_answer_judge_run_id_fkey" FOREIGN KEY ("judge_run_id") REFERENCES "judge_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "judge_answer" ADD CONSTRAINT "judge_answer_test_row_id_fkey" FOREIGN KEY ("test_row_id") REFERENCES "test_row"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "judge_answer" ADD CONSTRAINT "judge_answer_left_run_id_fkey" FOREIGN KEY ("left_run_id") REFERENCES "story_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "judge_answer" ADD CONSTRAINT "judge_answer_right_run_id_fkey" FOREIGN KEY ("right_run_id") REFERENCES "story_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;
