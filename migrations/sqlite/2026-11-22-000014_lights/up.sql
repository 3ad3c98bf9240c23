-- How much one exercise hurt: the light names it, and its own chart shows it.
ALTER TABLE exercise_notes ADD COLUMN pain INTEGER;
