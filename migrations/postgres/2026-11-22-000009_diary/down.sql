ALTER TABLE corrections DROP COLUMN prescription_id;
ALTER TABLE corrections DROP COLUMN ordinal;
DROP TABLE exercise_notes;
ALTER TABLE set_logs DROP COLUMN load;
ALTER TABLE set_logs DROP COLUMN hold;
