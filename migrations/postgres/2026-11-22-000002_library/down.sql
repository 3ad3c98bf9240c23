DROP TABLE views;
DROP TABLE appointment_replies;
DROP TABLE appointment_requests;
DROP TABLE refusals;
DROP TABLE answers;
DROP TABLE questions;
