-- The lowest validation loss of a run is asked for by the list of runs and whenever checkpoints are thinned: one look, however long the run is.
CREATE INDEX "metric_validation_loss" ON "metric" ("training_run_id", "value", "step") WHERE "name" = 'validation_loss';
