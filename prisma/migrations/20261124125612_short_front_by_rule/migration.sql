-- A short front was left out by a stored word, which a word on its novel could not change. It is left out by rule now.
UPDATE "chapter" SET "taking" = 'by_register' WHERE "heading_evidence" = 'front' AND "characters" < 200 AND "taking" = 'left_out';
