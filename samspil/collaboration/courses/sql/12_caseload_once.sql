-- The same answers as in 9_caseload.sql. A definition is some 20 KB compressed, and reading one is the dearest
-- act here: it is read once for each version, not four times for each course.
CREATE OR REPLACE FUNCTION wall.caseload(whose text) RETURNS TABLE (
    course bigint, space uuid, version uuid, parts text, facts text, weighing uuid[]
) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    posts uuid[] := wall.caseload_posts(whose);
    salt text := gen_random_uuid()::text;
BEGIN
    RETURN QUERY
    WITH near AS MATERIALIZED (
        SELECT k.space_id, k.version_id FROM courses_course k
        WHERE k.space_id IN (SELECT p.space_id FROM courses_participant p WHERE p.membership_id = ANY(posts))
    ), read AS MATERIALIZED (
        SELECT v.id, d.baton, d.caseload FROM programmes_programmeversion v,
            LATERAL jsonb_to_record(v.definition) d(baton jsonb, caseload jsonb)
        WHERE v.id IN (SELECT n.version_id FROM near n)
    ), asked AS MATERIALIZED (
        SELECT r.id, ARRAY['course.opened', 'course.closed', 'fact.withdrawn']
            || ARRAY(SELECT jsonb_array_elements_text(r.baton->'on'))
            || ARRAY(SELECT w->>'fact' FROM jsonb_array_elements(r.caseload->'weights') w) AS kinds,
            ARRAY(SELECT w->>'fact' FROM jsonb_array_elements(r.caseload->'weights') w) AS weights,
            ARRAY['role', 'to_role']
            || ARRAY(SELECT jsonb_object_keys(w->'where')
                FROM jsonb_array_elements(r.caseload->'weights') w) AS named
        FROM read r
    )
    SELECT row_number() OVER (ORDER BY n.space_id), CASE WHEN whose = 'own' THEN n.space_id END, n.version_id,
        (SELECT string_agg(concat_ws(E'\t',
                CASE WHEN NOT p.membership_id = ANY(posts) THEN ''
                    WHEN whose = 'authority' THEN md5(salt || p.membership_id::text)
                    ELSE p.membership_id::text END,
                CASE WHEN p.membership_id = ANY(posts) THEN p.unit_id::text ELSE '' END,
                p.role, p.starts, p.ends, coalesce(p.accepted_on::text, '')), E'\n' ORDER BY p.id)
            FROM courses_participant p WHERE p.space_id = n.space_id),
        (SELECT string_agg(concat_ws(E'\t', f.item_id, f.kind, f.on_day, extract(epoch FROM f.noted_at),
                coalesce(f.corrects_id::text, ''), coalesce((SELECT jsonb_object_agg(e.key, e.value)
                    FROM jsonb_each(f.attributes) e WHERE e.key = ANY(a.named)), '{}')), E'\n')
            FROM courses_fact f WHERE f.space_id = n.space_id AND f.kind = ANY(a.kinds)),
        ARRAY(SELECT f.item_id FROM courses_fact f WHERE f.space_id = n.space_id AND f.kind = ANY(a.weights))
    FROM near n JOIN asked a ON a.id = n.version_id;
END $$;
