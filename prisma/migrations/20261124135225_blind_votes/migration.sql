-- CreateEnum
CREATE TYPE "Preference" AS ENUM ('left', 'right', 'both_good', 'both_bad', 'skipped');

-- CreateTable
CREATE TABLE "vote_round" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "test_file_id" UUID NOT NULL,
    "seed" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "vote_round_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "vote_round_run" (
    "vote_round_id" UUID NOT NULL,
    "place" INTEGER NOT NULL,
    "story_run_id" UUID NOT NULL,

    CONSTRAINT "vote_round_run_pkey" PRIMARY KEY ("vote_round_id","place")
);

-- CreateTable
CREATE TABLE "vote" (
    "id" SERIAL NOT NULL,
    "vote_round_id" UUID NOT NULL,
    "voter" TEXT NOT NULL,
    "test_row_id" INTEGER NOT NULL,
    "left_run_id" UUID NOT NULL,
    "right_run_id" UUID NOT NULL,
    "preference" "Preference" NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "print" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "vote_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "vote_round_project_id_ordinal_key" ON "vote_round"("project_id", "ordinal");

-- CreateIndex
CREATE UNIQUE INDEX "vote_round_run_vote_round_id_story_run_id_key" ON "vote_round_run"("vote_round_id", "story_run_id");

-- CreateIndex
CREATE UNIQUE INDEX "vote_vote_round_id_voter_test_row_id_left_run_id_right_run__key" ON "vote"("vote_round_id", "voter", "test_row_id", "left_run_id", "right_run_id");

-- AddForeignKey
ALTER TABLE "vote_round" ADD CONSTRAINT "vote_round_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "vote_round" ADD CONSTRAINT "vote_round_test_file_id_fkey" FOREIGN KEY ("test_file_id") REFERENCES "test_file"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "vote_round_run" ADD CONSTRAINT "vote_round_run_vote_round_id_fkey" FOREIGN KEY ("vote_round_id") REFERENCES "vote_round"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "vote_round_run" ADD CONSTRAINT "vote_round_run_story_run_id_fkey" FOREIGN KEY ("story_run_id") REFERENCES "story_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "vote" ADD CONSTRAINT "vote_vote_round_id_fkey" FOREIGN KEY ("vote_round_id") REFERENCES "vote_round"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "vote" ADD CONSTRAINT "vote_test_row_id_fkey" FOREIGN KEY ("test_row_id") REFERENCES "test_row"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "vote" ADD CONSTRAINT "vote_left_run_id_fkey" FOREIGN KEY ("left_run_id") REFERENCES "story_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "vote" ADD CONSTRAINT "vote_right_run_id_fkey" FOREIGN KEY ("right_run_id") REFERENCES "story_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;
