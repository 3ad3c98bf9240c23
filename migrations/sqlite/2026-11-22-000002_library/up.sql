-- What readers ask about an article. The e-mail address is for the answer alone and is never shown.
CREATE TABLE questions (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    article TEXT NOT NULL,
    words TEXT NOT NULL,
    email TEXT NOT NULL,
    asked_at TEXT NOT NULL
) STRICT;
CREATE INDEX questions_of_article ON questions (article, id);

-- A question as it is published, without a name, and its answer. A correction is a row of its own; the newest counts.
CREATE TABLE answers (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    question_id INTEGER NOT NULL REFERENCES questions (id) ON DELETE CASCADE,
    wording TEXT NOT NULL,
    words TEXT NOT NULL,
    answered_by INTEGER NOT NULL,
    answered_at TEXT NOT NULL
) STRICT;
CREATE INDEX answers_of_question ON answers (question_id, id);

-- An answer that is not shown any more, and why.
CREATE TABLE withdrawals (
    answer_id INTEGER NOT NULL PRIMARY KEY REFERENCES answers (id) ON DELETE CASCADE,
    reason TEXT NOT NULL,
    withdrawn_by INTEGER NOT NULL,
    withdrawn_at TEXT NOT NULL
) STRICT;

-- A question that is not published, and why.
CREATE TABLE refusals (
    question_id INTEGER NOT NULL PRIMARY KEY REFERENCES questions (id) ON DELETE CASCADE,
    reason TEXT NOT NULL,
    refused_by INTEGER NOT NULL,
    refused_at TEXT NOT NULL
) STRICT;

-- Somebody would like an appointment. One of telephone and e-mail may be empty. Flags are the keys of
-- the red-flag questions answered with yes.
CREATE TABLE appointment_requests (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    telephone TEXT NOT NULL,
    email TEXT NOT NULL,
    about TEXT NOT NULL,
    times TEXT NOT NULL,
    flags TEXT NOT NULL,
    asked_at TEXT NOT NULL
) STRICT;

-- A request has been seen to, and how. A second note is a row of its own.
CREATE TABLE appointment_replies (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    request_id INTEGER NOT NULL REFERENCES appointment_requests (id) ON DELETE CASCADE,
    note TEXT NOT NULL,
    replied_by INTEGER NOT NULL,
    replied_at TEXT NOT NULL
) STRICT;
CREATE INDEX appointment_replies_of_request ON appointment_replies (request_id, id);

-- How often an article was read on a day: a number, and nothing about who read it.
CREATE TABLE views (
    article TEXT NOT NULL,
    day TEXT NOT NULL,
    times INTEGER NOT NULL,
    PRIMARY KEY (article, day)
) STRICT;
CREATE INDEX views_of_day ON views (day);
