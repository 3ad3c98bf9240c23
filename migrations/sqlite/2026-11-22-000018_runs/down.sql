DROP TABLE readiness_ticks;
DROP TABLE ladder_words;
DROP TABLE ladder_archivals;
DROP TABLE ladders;
DROP TABLE runs;
