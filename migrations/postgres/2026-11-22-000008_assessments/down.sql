DROP TABLE overrides;
DROP TABLE assessments;
ALTER TABLE screenings DROP COLUMN contraindications;
