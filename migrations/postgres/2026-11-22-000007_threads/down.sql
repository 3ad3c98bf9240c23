DROP TABLE message_readings;
DROP TABLE messages;
DROP TABLE threads;
