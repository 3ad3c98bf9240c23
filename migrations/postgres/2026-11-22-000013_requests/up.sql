-- A patient is done with an exercise or with the plan, or it does not suit them. The plan itself is not changed by it.
CREATE TABLE change_requests (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    plan_id BIGINT NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    -- The slot of that version; nothing when it is about the whole plan.
    prescription_id BIGINT,
    -- The name of the exercise as the patient read it; empty for the whole plan.
    about TEXT NOT NULL,
    matter TEXT NOT NULL CHECK (matter IN ('finished', 'too-hard', 'too-easy', 'does-not-suit', 'other')),
    words TEXT NOT NULL,
    asked_at TIMESTAMP NOT NULL
);
CREATE INDEX change_requests_of_plan ON change_requests (plan_id, id);

-- What a physio said to it; one answer settles it.
CREATE TABLE change_answers (
    request_id BIGINT NOT NULL PRIMARY KEY REFERENCES change_requests (id) ON DELETE CASCADE,
    words TEXT NOT NULL,
    answered_by BIGINT NOT NULL,
    answered_at TIMESTAMP NOT NULL
);
