DROP TABLE exercise_archivals;
DROP TABLE exercise_revisions;
DROP TABLE own_exercises;
