DROP TABLE programme_archivals;
