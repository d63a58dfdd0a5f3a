-- How much a coordinator carries. A course is counted for the one who coordinates it, also where the leader of
-- that person has no part in it: then without the course's id, without anybody of the family, and with those
-- attributes of facts alone by which the model weighs. Which facts are needed, the model itself says.
CREATE FUNCTION wall.caseload_posts(whose text) RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    c wall.context := wall.staff();
    units uuid[];
BEGIN
    IF whose = 'own' THEN
        RETURN ARRAY[c.membership];
    END IF;
    IF NOT 'caseload.view' = ANY(c.permissions) OR c.led_units = '{}' THEN
        PERFORM wall.refuse('Only a leader sees how much the colleagues carry.');
    END IF;
    IF whose = 'led' THEN
        -- The units whose nearest leader is the one who asks: a unit with a leader of its own is that one's.
        SELECT array_agg(u) INTO units FROM unnest(c.led_units) u WHERE NOT EXISTS (
            SELECT FROM organisations_membership m, unnest(wall.units_below(m.unit_id)) below
            WHERE m.role = 'leader' AND m.starts <= c.day AND m.ends > c.day AND m.unit_id = ANY(c.led_units)
                AND m.unit_id <> (SELECT o.unit_id FROM organisations_membership o WHERE o.id = c.membership)
                AND below = u);
        RETURN (SELECT coalesce(array_agg(m.id), '{}') FROM organisations_membership m
            WHERE m.unit_id = ANY(units));
    END IF;
    RETURN (SELECT coalesce(array_agg(m.id), '{}') FROM organisations_membership m
        WHERE m.authority_id = c.authority);
END $$;

CREATE FUNCTION wall.caseload(whose text) RETURNS TABLE (
    course bigint, space uuid, version uuid, parts text, facts text, weighing uuid[]
) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    posts uuid[] := wall.caseload_posts(whose);
    salt text := gen_random_uuid()::text;
BEGIN
    RETURN QUERY
    WITH near AS (
        SELECT DISTINCT p.space_id AS id FROM courses_participant p WHERE p.membership_id = ANY(posts)
    ), asked AS (
        SELECT k.space_id, k.version_id, ARRAY['course.opened', 'course.closed', 'fact.withdrawn']
            || ARRAY(SELECT jsonb_array_elements_text(v.definition->'baton'->'on'))
            || ARRAY(SELECT w->>'fact' FROM jsonb_array_elements(v.definition->'caseload'->'weights') w) AS kinds,
            ARRAY(SELECT w->>'fact' FROM jsonb_array_elements(v.definition->'caseload'->'weights') w) AS weights,
            ARRAY['role', 'to_role']
            || ARRAY(SELECT jsonb_object_keys(w->'where')
                FROM jsonb_array_elements(v.definition->'caseload'->'weights') w) AS named
        FROM near JOIN courses_course k ON k.space_id = near.id
        JOIN programmes_programmeversion v ON v.id = k.version_id
    )
    SELECT row_number() OVER (ORDER BY a.space_id), CASE WHEN whose = 'own' THEN a.space_id END, a.version_id,
        (SELECT string_agg(concat_ws(E'\t',
                CASE WHEN NOT p.membership_id = ANY(posts) THEN ''
                    WHEN whose = 'authority' THEN md5(salt || p.membership_id::text)
                    ELSE p.membership_id::text END,
                CASE WHEN p.membership_id = ANY(posts) THEN p.unit_id::text ELSE '' END,
                p.role, p.starts, p.ends, coalesce(p.accepted_on::text, '')), E'\n' ORDER BY p.id)
            FROM courses_participant p WHERE p.space_id = a.space_id),
        (SELECT string_agg(concat_ws(E'\t', f.item_id, f.kind, f.on_day, extract(epoch FROM f.noted_at),
                coalesce(f.corrects_id::text, ''), coalesce((SELECT jsonb_object_agg(e.key, e.value)
                    FROM jsonb_each(f.attributes) e WHERE e.key = ANY(a.named)), '{}')), E'\n')
            FROM courses_fact f WHERE f.space_id = a.space_id AND f.kind = ANY(a.kinds)),
        ARRAY(SELECT f.item_id FROM courses_fact f WHERE f.space_id = a.space_id AND f.kind = ANY(a.weights))
    FROM asked a;
END $$;

DO $$
DECLARE f text;
BEGIN
    FOREACH f IN ARRAY ARRAY['wall.caseload_posts(text)', 'wall.caseload(text)'] LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
        EXECUTE format('ALTER FUNCTION %s OWNER TO samspil_guard', f);
    END LOOP;
    GRANT EXECUTE ON FUNCTION wall.caseload(text) TO samspil_app;
END $$;
GRANT SELECT ON programmes_programmeversion, courses_caseloadceiling TO samspil_guard;

-- A ceiling is no secret inside the authority; who leads a unit sets it, in the own name. Nothing is changed later.
ALTER TABLE courses_caseloadceiling ENABLE ROW LEVEL SECURITY;
ALTER TABLE courses_caseloadceiling FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON courses_caseloadceiling FOR SELECT TO samspil_app USING (
    authority_id = (SELECT c.authority FROM wall.ctx() c));
CREATE POLICY set ON courses_caseloadceiling FOR INSERT TO samspil_app WITH CHECK (
    coalesce((SELECT authority_id = c.authority AND set_by_id = c.membership AND unit_id = ANY(c.led_units)
        AND 'caseload.set' = ANY(c.permissions) FROM wall.ctx() c), false));
GRANT SELECT, INSERT ON courses_caseloadceiling TO samspil_app;
