DROP TABLE views;
DROP TABLE appointment_replies;
DROP TABLE appointment_requests;
DROP TABLE refusals;
DROP TABLE IF EXISTS withdrawals;
DROP TABLE answers;
DROP TABLE questions;
