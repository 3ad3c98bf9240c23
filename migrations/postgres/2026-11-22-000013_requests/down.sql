DROP TABLE change_answers;
DROP TABLE change_requests;
