-- A due item has no item of its own: it rests on facts of several categories, people and units, and shows only
-- where all of them do. The same rule as on access_item, with "all" for "the": see access/sql/4_policies.sql.
ALTER TABLE courses_dueitem ENABLE ROW LEVEL SECURITY;
ALTER TABLE courses_dueitem FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON courses_dueitem FOR SELECT TO samspil_app USING (coalesce((SELECT
    c.membership IS NOT NULL
    AND NOT courses_dueitem.space_id = ANY(c.blocked)
    AND NOT courses_dueitem.subjects && c.blocked
    -- (a) standing and (b) every category
    AND courses_dueitem.categories & ~(coalesce((
            SELECT bit_or(l.categories) & c.mask FROM access_ledger l
            WHERE l.holder = ANY(c.holders) AND l.space_id = courses_dueitem.space_id
                AND l.kind IN ('team', 'break-glass')
                AND l.starts <= c.day AND l.ends > c.day AND (l.until IS NULL OR l.until > now())), 0)
        | CASE WHEN c.led_mask <> 0 AND coalesce((
            SELECT s.lead_unit_id = ANY(c.led_units) FROM access_space s
            WHERE s.id = courses_dueitem.space_id LIMIT 1), false) THEN c.led_mask ELSE 0 END) = 0
    -- (c) basis, from every unit, for every person and category
    AND (courses_dueitem.owner_units <@ ARRAY[c.unit] OR (
        SELECT bool_and(o.unit = c.unit
            OR (o.authority = c.authority AND courses_dueitem.categories & ~c.open_mask = 0)
            OR (
                SELECT bool_and(courses_dueitem.categories & ~coalesce((
                    SELECT bit_or(b.categories) FROM access_ledger b
                    WHERE b.holder = ANY(c.holders) AND b.subject_id = x.subject
                        AND b.kind IN ('consent', 'statute') AND b.purpose = 'coordination'
                        AND b.starts <= c.day AND b.ends > c.day
                        AND (b.giver_id IS NULL OR b.giver_id = o.unit)), 0) = 0)
                FROM unnest(courses_dueitem.subjects) x(subject)))
        FROM unnest(courses_dueitem.owner_units, courses_dueitem.owner_authorities) o(unit, authority)))
    FROM wall.ctx() c), false));

ALTER TABLE courses_projection ENABLE ROW LEVEL SECURITY;
ALTER TABLE courses_projection FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON courses_projection FOR SELECT TO samspil_app USING (coalesce((
    SELECT true FROM access_space s WHERE s.id = courses_projection.space_id LIMIT 1), false));

-- Who takes part is seen by who stands in the space. The coordinator and the leader of the leading unit choose;
-- one accepts for oneself.
ALTER TABLE courses_participant ENABLE ROW LEVEL SECURITY;
ALTER TABLE courses_participant FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON courses_participant FOR SELECT TO samspil_app USING (coalesce((
    SELECT true FROM access_space s WHERE s.id = courses_participant.space_id LIMIT 1), false));
CREATE FUNCTION wall.steers(of_space uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE c wall.context := wall.staff();
BEGIN
    RETURN wall.has_baton(c, of_space) OR wall.leads(c, of_space);
END $$;
CREATE POLICY chosen ON courses_participant FOR INSERT TO samspil_app WITH CHECK (
    wall.steers(space_id) AND accepted_on IS NULL AND coalesce((
        SELECT true FROM organisations_membership m
        WHERE m.id = courses_participant.membership_id AND m.unit_id = courses_participant.unit_id), false));
CREATE POLICY ended ON courses_participant FOR UPDATE TO samspil_app
    USING (wall.steers(space_id)) WITH CHECK (wall.steers(space_id));
CREATE POLICY accepted ON courses_participant FOR UPDATE TO samspil_app
    USING (membership_id = (SELECT c.membership FROM wall.ctx() c))
    WITH CHECK (membership_id = (SELECT c.membership FROM wall.ctx() c) AND coalesce((
        SELECT true FROM access_space s WHERE s.id = courses_participant.space_id LIMIT 1), false));

GRANT SELECT ON courses_dueitem, courses_projection, courses_participant TO samspil_app;
GRANT INSERT ON courses_participant TO samspil_app;
GRANT UPDATE (accepted_on, ends) ON courses_participant TO samspil_app;
GRANT SELECT ON courses_fact_kind TO samspil_app;
GRANT SELECT ON courses_fact_kind, courses_participant TO samspil_guard;
GRANT SELECT, INSERT, UPDATE, DELETE ON courses_dueitem, courses_projection TO samspil_guard;

-- Every function belongs to the guard; PUBLIC calls none, the application those named here.
DO $$
DECLARE
    f record;
    for_app text[] := ARRAY['course_facts', 'course_frame', 'put_due', 'reckons', 'steers'];
BEGIN
    FOR f IN SELECT p.oid::regprocedure AS signature, p.proname::text AS name FROM pg_proc p
        WHERE p.pronamespace = 'wall'::regnamespace AND p.proname IN ('fact_fits', 'fact_stands', 'reckons', 'demand_reckoning',
            'facts_of', 'course_facts', 'frames_of', 'course_frame', 'write_due', 'put_due', 'steers')
    LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f.signature);
        EXECUTE format('ALTER FUNCTION %s OWNER TO samspil_guard', f.signature);
        IF f.name = ANY(for_app) THEN
            EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO samspil_app', f.signature);
        END IF;
    END LOOP;
END $$;
