-- A course follows its changes of version: the newest whose fact was not withdrawn, else the version before the
-- first. Whoever steers the course writes the change (an item of its own) and then asks for this.
CREATE FUNCTION wall.follow_upgrades(of_space uuid) RETURNS uuid LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE found uuid;
BEGIN
    IF NOT wall.steers(of_space) THEN
        PERFORM wall.refuse('Only the coordinator of the course changes its version.');
    END IF;
    SELECT u.after_id INTO found FROM courses_upgrade u JOIN courses_fact f ON f.item_id = u.fact_id
    WHERE u.space_id = of_space AND NOT EXISTS (SELECT FROM courses_fact w WHERE w.corrects_id = f.item_id)
    ORDER BY f.noted_at DESC, f.item_id DESC LIMIT 1;
    IF found IS NULL THEN
        SELECT u.before_id INTO found FROM courses_upgrade u JOIN courses_fact f ON f.item_id = u.fact_id
        WHERE u.space_id = of_space ORDER BY f.noted_at, f.item_id LIMIT 1;
    END IF;
    IF found IS NOT NULL THEN
        UPDATE courses_course SET version_id = found WHERE space_id = of_space;
    END IF;
    RETURN found;
END $$;

-- The frame of a course says under which versions it ran before, and until when: oldest first.
DROP FUNCTION wall.course_frame(uuid);
DROP FUNCTION wall.frames_of(uuid[]);
CREATE FUNCTION wall.frames_of(of_spaces uuid[]) RETURNS TABLE (
    space uuid, version uuid, through date, opened_on date, owner_unit uuid, owner_authority uuid, people jsonb,
    upgrades jsonb
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT c.space_id, c.version_id, p.through, c.opened_on, i.owner_unit_id, i.owner_authority_id, (
        SELECT coalesce(jsonb_agg(jsonb_build_object('id', x.subject_id, 'born', x.born, 'roles', x.roles,
            'in_focus', x.is_in_focus, 'unit', y.owner_unit_id, 'authority', y.owner_authority_id)
            ORDER BY x.subject_id), '[]')
        FROM courses_courseperson x JOIN access_item y ON y.id = x.item_id WHERE x.space_id = c.space_id), (
        SELECT coalesce(jsonb_agg(jsonb_build_array(u.before_id, f.on_day) ORDER BY f.noted_at, f.item_id), '[]')
        FROM courses_upgrade u JOIN courses_fact f ON f.item_id = u.fact_id
        WHERE u.space_id = c.space_id
            AND NOT EXISTS (SELECT FROM courses_fact w WHERE w.corrects_id = f.item_id))
FROM courses_course c JOIN access_item i ON i.id = c.item_id
LEFT JOIN courses_projection p ON p.space_id = c.space_id
WHERE c.space_id = ANY(of_spaces)
$$;
CREATE FUNCTION wall.course_frame(of_space uuid) RETURNS TABLE (
    space uuid, version uuid, through date, opened_on date, owner_unit uuid, owner_authority uuid, people jsonb,
    upgrades jsonb
) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM wall.demand_reckoning(of_space);
    RETURN QUERY SELECT * FROM wall.frames_of(ARRAY[of_space]);
END $$;

GRANT SELECT ON courses_upgrade TO samspil_guard;
GRANT UPDATE (version_id) ON courses_course TO samspil_guard;
DO $$
DECLARE f record;
BEGIN
    FOR f IN SELECT p.oid::regprocedure AS signature, p.proname::text AS name FROM pg_proc p
        WHERE p.pronamespace = 'wall'::regnamespace
            AND p.proname IN ('follow_upgrades', 'frames_of', 'course_frame')
    LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f.signature);
        EXECUTE format('ALTER FUNCTION %s OWNER TO samspil_guard', f.signature);
        IF f.name <> 'frames_of' THEN
            EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO samspil_app', f.signature);
        END IF;
    END LOOP;
END $$;
