DROP TABLE confirmations;
DROP TABLE proposal_answers;
ALTER TABLE phases DROP COLUMN programme;
