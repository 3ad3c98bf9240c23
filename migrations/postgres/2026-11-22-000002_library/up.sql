-- What readers ask about an article. The e-mail address is for the answer alone and is never shown.
CREATE TABLE questions (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    article TEXT NOT NULL,
    words TEXT NOT NULL,
    email TEXT NOT NULL,
    asked_at TIMESTAMP NOT NULL
);
CREATE INDEX questions_of_article ON questions (article, id);

-- A question as it is published, without a name, and its answer.
CREATE TABLE answers (
    question_id BIGINT NOT NULL PRIMARY KEY REFERENCES questions (id) ON DELETE CASCADE,
    wording TEXT NOT NULL,
    words TEXT NOT NULL,
    answered_by BIGINT NOT NULL,
    answered_at TIMESTAMP NOT NULL
);

-- A question that is not published, and why.
CREATE TABLE refusals (
    question_id BIGINT NOT NULL PRIMARY KEY REFERENCES questions (id) ON DELETE CASCADE,
    reason TEXT NOT NULL,
    refused_by BIGINT NOT NULL,
    refused_at TIMESTAMP NOT NULL
);

-- Somebody would like an appointment. Flags are the keys of the red-flag questions answered with yes.
CREATE TABLE appointment_requests (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name TEXT NOT NULL,
    contact TEXT NOT NULL,
    about TEXT NOT NULL,
    times TEXT NOT NULL,
    flags TEXT NOT NULL,
    asked_at TIMESTAMP NOT NULL
);

-- A request has been seen to, and how.
CREATE TABLE appointment_replies (
    request_id BIGINT NOT NULL PRIMARY KEY REFERENCES appointment_requests (id) ON DELETE CASCADE,
    note TEXT NOT NULL,
    replied_by BIGINT NOT NULL,
    replied_at TIMESTAMP NOT NULL
);

-- How often an article was read on a day: a number, and nothing about who read it.
CREATE TABLE views (
    article TEXT NOT NULL,
    day DATE NOT NULL,
    times BIGINT NOT NULL,
    PRIMARY KEY (article, day)
);
CREATE INDEX views_of_day ON views (day);
