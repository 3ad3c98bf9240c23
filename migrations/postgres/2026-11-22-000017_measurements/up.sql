-- One test done on one day, with what was found; twice on a day is two. A mistake is struck out and entered anew: both stay.
CREATE TABLE measurements (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    patient_id BIGINT NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
    test TEXT NOT NULL,
    measured_on DATE NOT NULL,
    note TEXT NOT NULL,
    entered_by BIGINT NOT NULL,
    entered_at TIMESTAMP NOT NULL
);
CREATE INDEX measurements_of_patient ON measurements (patient_id, measured_on, id);

-- What was written down of one side: a number, or words. It counts when what the test asks to be kept still was kept still: only then is it
-- compared with others.
CREATE TABLE measured_values (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    measurement_id BIGINT NOT NULL REFERENCES measurements (id) ON DELETE CASCADE,
    measure TEXT NOT NULL,
    side TEXT NOT NULL CHECK (side IN ('left', 'right', 'both')),
    value INTEGER,
    words TEXT NOT NULL,
    counts BOOLEAN NOT NULL,
    UNIQUE (measurement_id, measure, side)
);

CREATE TABLE struck_measurements (
    measurement_id BIGINT NOT NULL PRIMARY KEY REFERENCES measurements (id) ON DELETE CASCADE,
    reason TEXT NOT NULL,
    struck_by BIGINT NOT NULL,
    struck_at TIMESTAMP NOT NULL
);

-- What a clinician says about a stress injury of the bone: the newest counts, unless a warning sign was reported after it.
CREATE TABLE bone_stress_exclusions (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    patient_id BIGINT NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
    excluded TEXT NOT NULL CHECK (excluded IN ('yes', 'no')),
    words TEXT NOT NULL,
    decided_by BIGINT NOT NULL,
    decided_at TIMESTAMP NOT NULL
);
CREATE INDEX bone_stress_exclusions_of_patient ON bone_stress_exclusions (patient_id, id);

-- What a patient wants to do again, in their own words, three at a time.
CREATE TABLE activities (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    patient_id BIGINT NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
    words TEXT NOT NULL,
    chosen_by BIGINT NOT NULL,
    chosen_at TIMESTAMP NOT NULL
);
CREATE INDEX activities_of_patient ON activities (patient_id, id);

CREATE TABLE activity_ends (
    activity_id BIGINT NOT NULL PRIMARY KEY REFERENCES activities (id) ON DELETE CASCADE,
    reason TEXT NOT NULL,
    ended_by BIGINT NOT NULL,
    ended_at TIMESTAMP NOT NULL
);

-- How well it goes, 0 to 10; of several on one day the last counts.
CREATE TABLE activity_scores (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    activity_id BIGINT NOT NULL REFERENCES activities (id) ON DELETE CASCADE,
    scored_on DATE NOT NULL,
    score INTEGER NOT NULL CHECK (score BETWEEN 0 AND 10),
    scored_by BIGINT NOT NULL,
    scored_at TIMESTAMP NOT NULL
);
CREATE INDEX activity_scores_of_activity ON activity_scores (activity_id, scored_on, id);

-- How things are compared with the start of the plan, from -3, much worse, to 3, much better.
CREATE TABLE felt_changes (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    patient_id BIGINT NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
    felt_on DATE NOT NULL,
    step INTEGER NOT NULL CHECK (step BETWEEN -3 AND 3),
    words TEXT NOT NULL,
    said_by BIGINT NOT NULL,
    said_at TIMESTAMP NOT NULL
);
CREATE INDEX felt_changes_of_patient ON felt_changes (patient_id, felt_on, id);

-- The score of a questionnaire done on paper, in tenths of a point.
CREATE TABLE paper_scores (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    patient_id BIGINT NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    part TEXT NOT NULL,
    done_on DATE NOT NULL,
    tenths INTEGER NOT NULL,
    most_tenths INTEGER NOT NULL,
    entered_by BIGINT NOT NULL,
    entered_at TIMESTAMP NOT NULL
);
CREATE INDEX paper_scores_of_patient ON paper_scores (patient_id, done_on, id);

CREATE TABLE struck_paper_scores (
    paper_score_id BIGINT NOT NULL PRIMARY KEY REFERENCES paper_scores (id) ON DELETE CASCADE,
    reason TEXT NOT NULL,
    struck_by BIGINT NOT NULL,
    struck_at TIMESTAMP NOT NULL
);

-- Test, train, test again: which exercise helps this person. The order of the probes is kept as it was drawn.
CREATE TABLE experiments (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    patient_id BIGINT NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
    side TEXT NOT NULL CHECK (side IN ('left', 'right')),
    ordering TEXT NOT NULL CHECK (ordering IN ('fixed', 'shuffled')),
    probes TEXT NOT NULL,
    words TEXT NOT NULL,
    begun_on DATE NOT NULL,
    begun_by BIGINT NOT NULL,
    begun_at TIMESTAMP NOT NULL
);
CREATE INDEX experiments_of_patient ON experiments (patient_id, id);

-- What was measured at one moment of it. Entered again is a correction: the newest counts, the others are its history.
CREATE TABLE experiment_readings (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    experiment_id BIGINT NOT NULL REFERENCES experiments (id) ON DELETE CASCADE,
    moment TEXT NOT NULL,
    taken_on DATE NOT NULL,
    left_angle INTEGER,
    right_angle INTEGER,
    back_flat TEXT CHECK (back_flat IN ('yes', 'no')),
    tightness INTEGER CHECK (tightness BETWEEN 0 AND 10),
    pain INTEGER CHECK (pain BETWEEN 0 AND 10),
    left_bridge INTEGER,
    right_bridge INTEGER,
    left_plank INTEGER,
    right_plank INTEGER,
    entered_by BIGINT NOT NULL,
    entered_at TIMESTAMP NOT NULL
);
CREATE INDEX experiment_readings_of_experiment ON experiment_readings (experiment_id, id);

CREATE TABLE experiment_decisions (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    experiment_id BIGINT NOT NULL REFERENCES experiments (id) ON DELETE CASCADE,
    about TEXT NOT NULL,
    chosen TEXT NOT NULL,
    words TEXT NOT NULL,
    decided_by BIGINT NOT NULL,
    decided_at TIMESTAMP NOT NULL
);
CREATE INDEX experiment_decisions_of_experiment ON experiment_decisions (experiment_id, id);

CREATE TABLE experiment_ends (
    experiment_id BIGINT NOT NULL PRIMARY KEY REFERENCES experiments (id) ON DELETE CASCADE,
    outcome TEXT NOT NULL,
    reason TEXT NOT NULL,
    ended_by BIGINT NOT NULL,
    ended_at TIMESTAMP NOT NULL
);
