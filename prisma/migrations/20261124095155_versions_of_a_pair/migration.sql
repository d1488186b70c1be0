-- CreateIndex
CREATE INDEX "dataset_pair_premise_id_idx" ON "dataset_pair"("premise_id");

-- CreateIndex
CREATE INDEX "dataset_pair_imported_pair_id_idx" ON "dataset_pair"("imported_pair_id");
