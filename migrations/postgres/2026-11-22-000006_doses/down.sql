UPDATE usual_doses SET times = 3, per = 'week' WHERE per NOT IN ('day', 'week');
ALTER TABLE usual_doses
    DROP COLUMN tempo,
    DROP COLUMN weekdays,
    DROP CONSTRAINT usual_doses_per_check,
    ADD CONSTRAINT usual_doses_per_check CHECK (per IN ('day', 'week'));

UPDATE prescriptions SET times = 3, per = 'week' WHERE per NOT IN ('day', 'week');
ALTER TABLE prescriptions
    DROP COLUMN with_previous,
    DROP COLUMN tempo,
    DROP COLUMN weekdays,
    DROP CONSTRAINT prescriptions_per_check,
    ADD CONSTRAINT prescriptions_per_check CHECK (per IN ('day', 'week')),
    ALTER COLUMN id SET GENERATED ALWAYS;

DELETE FROM phases WHERE plan_id IS NULL;
ALTER TABLE phases
    DROP CONSTRAINT phases_of_one,
    DROP COLUMN exit,
    DROP COLUMN entry,
    DROP COLUMN stage,
    DROP COLUMN programme_id,
    ALTER COLUMN plan_id SET NOT NULL,
    ALTER COLUMN id SET GENERATED ALWAYS;
DROP TABLE programmes;
