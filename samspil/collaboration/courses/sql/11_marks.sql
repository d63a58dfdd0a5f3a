-- Every due item carries a mark: a number made of everything it says, which the reckoning makes of its line in the
-- same way (courses/wall.py). The database works it out, whoever writes the row and however; so the marks of a
-- course, taken together, tell whether its rows are what its facts say, and only rows that differ are read.
-- The text of a day does not depend on who asks: that is what makes it immutable.
CREATE FUNCTION wall.due_mark(
    step text, n integer, person uuid, responsible text, outcome text, opens_on date, due_on date, closes_on date,
    lapses_on date, done_on date, detail jsonb, categories integer, subjects uuid[], owner_units uuid[],
    owner_authorities uuid[]
) RETURNS bigint LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp SET datestyle = 'ISO, YMD' AS $$
BEGIN
    RETURN ('x' || left(md5(concat(step, '|', n, '|', person, '|', responsible, '|', outcome, '|', opens_on, '|',
        due_on, '|', closes_on, '|', lapses_on, '|', done_on, '|', detail, '|', categories, '|', subjects, '|',
        owner_units, '|', owner_authorities)), 16))::bit(64)::bigint;
END $$;

REVOKE ALL ON FUNCTION wall.due_mark FROM PUBLIC;

ALTER TABLE courses_dueitem ADD COLUMN mark bigint NOT NULL GENERATED ALWAYS AS (wall.due_mark(
    step::text, n, person_id, responsible::text, outcome::text, opens_on, due_on, closes_on, lapses_on, done_on,
    detail, categories, subjects, owner_units, owner_authorities)) STORED;

ALTER FUNCTION wall.due_mark OWNER TO samspil_guard;
