ALTER TABLE exercise_notes DROP COLUMN pain;
