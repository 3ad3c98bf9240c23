-- People and how they sign in.
CREATE TABLE people (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    name_sort TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('patient', 'physio', 'owner')),
    password_hash TEXT,
    created_at TIMESTAMP NOT NULL
);

CREATE TABLE sign_ins (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    token_hash TEXT NOT NULL UNIQUE,
    created_at TIMESTAMP NOT NULL,
    last_seen_at TIMESTAMP NOT NULL
);
CREATE INDEX sign_ins_of_person ON sign_ins (person_id);

-- A one-time link to choose a password; without a person it founds the clinic's first owner.
CREATE TABLE invitations (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id BIGINT REFERENCES people (id) ON DELETE CASCADE,
    token_hash TEXT NOT NULL UNIQUE,
    created_by BIGINT REFERENCES people (id) ON DELETE SET NULL,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    used_at TIMESTAMP
);
CREATE INDEX invitations_of_person ON invitations (person_id);

CREATE TABLE failed_sign_ins (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email TEXT NOT NULL,
    address TEXT NOT NULL,
    failed_at TIMESTAMP NOT NULL
);
CREATE INDEX failed_sign_ins_by_email ON failed_sign_ins (email, failed_at);
CREATE INDEX failed_sign_ins_by_address ON failed_sign_ins (address, failed_at);

-- Who did or saw what. Names are kept as words, so that an entry outlives the person.
CREATE TABLE audit_entries (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at TIMESTAMP NOT NULL,
    actor_id BIGINT,
    actor_name TEXT NOT NULL,
    verb TEXT NOT NULL,
    subject_id BIGINT,
    detail TEXT NOT NULL
);
CREATE INDEX audit_entries_of_subject ON audit_entries (subject_id, at);

-- Patients: a person's details as a patient.
CREATE TABLE patients (
    id BIGINT NOT NULL PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
    physio_id BIGINT NOT NULL REFERENCES people (id),
    sore_side TEXT NOT NULL CHECK (sore_side IN ('left', 'right', 'both')),
    goal TEXT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX patients_of_physio ON patients (physio_id);

-- The usual next-morning pain over the last week, each answer kept with its day.
CREATE TABLE baselines (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    patient_id BIGINT NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
    asked_on DATE NOT NULL,
    pain INTEGER NOT NULL CHECK (pain BETWEEN 0 AND 10),
    recorded_by BIGINT NOT NULL,
    recorded_at TIMESTAMP NOT NULL
);
CREATE INDEX baselines_of_patient ON baselines (patient_id, asked_on);

-- The red-flag questions RF1 to RF14, asked in the clinic or reported by the patient.
CREATE TABLE screenings (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    patient_id BIGINT NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
    asked_in TEXT NOT NULL CHECK (asked_in IN ('clinic', 'report')),
    flags TEXT NOT NULL,
    note TEXT NOT NULL,
    recorded_by BIGINT NOT NULL,
    recorded_at TIMESTAMP NOT NULL
);
CREATE INDEX screenings_of_patient ON screenings (patient_id, recorded_at);

-- A member of staff has looked at a screening with flags and says why the plan may go on.
CREATE TABLE clearances (
    screening_id BIGINT NOT NULL PRIMARY KEY REFERENCES screenings (id) ON DELETE CASCADE,
    reason TEXT NOT NULL,
    cleared_by BIGINT NOT NULL,
    cleared_at TIMESTAMP NOT NULL
);

-- Plans: an editable draft, and immutable versions beside it.
CREATE TABLE plans (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    patient_id BIGINT NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
    created_by BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX plans_of_patient ON plans (patient_id);

CREATE TABLE phases (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    plan_id BIGINT NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    purpose TEXT NOT NULL,
    exit_criteria TEXT NOT NULL
);
CREATE INDEX phases_of_plan ON phases (plan_id, position);

CREATE TABLE prescriptions (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    phase_id BIGINT NOT NULL REFERENCES phases (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    exercise TEXT NOT NULL,
    sets INTEGER NOT NULL,
    work TEXT NOT NULL CHECK (work IN ('reps', 'hold', 'time', 'distance', 'breaths')),
    amount INTEGER NOT NULL,
    hold INTEGER,
    rest INTEGER,
    side TEXT NOT NULL,
    times INTEGER NOT NULL,
    per TEXT NOT NULL CHECK (per IN ('day', 'week')),
    load TEXT NOT NULL,
    note TEXT NOT NULL
);
CREATE INDEX prescriptions_of_phase ON prescriptions (phase_id, position);

-- A published version: a snapshot that never changes.
CREATE TABLE publications (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    plan_id BIGINT NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    content TEXT NOT NULL,
    reason TEXT NOT NULL,
    published_by BIGINT NOT NULL,
    published_at TIMESTAMP NOT NULL,
    UNIQUE (plan_id, version)
);

-- What a plan is, and the phase the patient is in: one row for every change.
CREATE TABLE plan_states (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    plan_id BIGINT NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    state TEXT NOT NULL CHECK (state IN ('running', 'paused', 'finished', 'replaced')),
    phase_id BIGINT NOT NULL,
    reason TEXT NOT NULL,
    set_by BIGINT NOT NULL,
    set_at TIMESTAMP NOT NULL
);
CREATE INDEX plan_states_of_plan ON plan_states (plan_id, id);

-- The diary: what happened, tied to the version it was done under.
CREATE TABLE sessions (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    patient_id BIGINT NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
    plan_id BIGINT NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    done_on DATE NOT NULL,
    ordinal INTEGER NOT NULL,
    pain_during INTEGER CHECK (pain_during BETWEEN 0 AND 10),
    pain_after INTEGER CHECK (pain_after BETWEEN 0 AND 10),
    effort INTEGER CHECK (effort BETWEEN 0 AND 10),
    note TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    UNIQUE (patient_id, done_on, ordinal)
);

CREATE TABLE set_logs (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    session_id BIGINT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    prescription_id BIGINT NOT NULL,
    plan_id BIGINT NOT NULL,
    version INTEGER NOT NULL,
    set_number INTEGER NOT NULL,
    side TEXT NOT NULL CHECK (side IN ('left', 'right', 'both')),
    done BOOLEAN NOT NULL,
    amount INTEGER,
    logged_at TIMESTAMP NOT NULL,
    UNIQUE (session_id, prescription_id, set_number, side)
);

CREATE TABLE skips (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    session_id BIGINT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    prescription_id BIGINT NOT NULL,
    plan_id BIGINT NOT NULL,
    version INTEGER NOT NULL,
    reason TEXT NOT NULL,
    note TEXT NOT NULL,
    logged_at TIMESTAMP NOT NULL,
    UNIQUE (session_id, prescription_id)
);

-- The next-morning answers; every one of them may stay unanswered.
CREATE TABLE check_ins (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    patient_id BIGINT NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
    asked_on DATE NOT NULL,
    pain INTEGER CHECK (pain BETWEEN 0 AND 10),
    stiffness TEXT CHECK (stiffness IN ('none', 'some', 'marked')),
    settled TEXT CHECK (settled IN ('yes', 'no')),
    limp TEXT CHECK (limp IN ('yes', 'no')),
    night_pain TEXT CHECK (night_pain IN ('yes', 'no')),
    note TEXT NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    UNIQUE (patient_id, asked_on)
);

-- What an entry of the diary said before it was corrected.
CREATE TABLE corrections (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    patient_id BIGINT NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
    about TEXT NOT NULL,
    about_day DATE NOT NULL,
    was TEXT NOT NULL,
    became TEXT NOT NULL,
    corrected_by BIGINT NOT NULL,
    corrected_at TIMESTAMP NOT NULL
);
CREATE INDEX corrections_of_patient ON corrections (patient_id, about_day);
