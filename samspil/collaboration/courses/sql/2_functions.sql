-- What is due is reckoned from all facts of a course, also those the actor does not see. These functions show
-- the reckoning of them what it needs and no more: no text, no attribute that the vocabulary does not mark
-- `clock`. Only courses/due.py calls them.

-- Standing for the reckoning: a member of the team, or the leader of the leading unit.
CREATE FUNCTION wall.reckons(of_space uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN wall.held_in(wall.staff(), of_space, ARRAY['team', 'leader']) <> 0;
END $$;

CREATE FUNCTION wall.demand_reckoning(of_space uuid) RETURNS void LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT wall.reckons(of_space) THEN
        PERFORM wall.refuse('You do not stand in this space.');
    END IF;
END $$;

CREATE FUNCTION wall.facts_of(of_spaces uuid[], of_kinds text[]) RETURNS TABLE (
    space uuid, id uuid, kind text, on_day date, at timestamptz, noted_at timestamptz, by_role text,
    attributes jsonb, corrects uuid, owner_unit uuid, owner_authority uuid, subjects uuid[]
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT f.space_id, f.item_id, f.kind::text, f.on_day, f.at, f.noted_at, f.by_role::text,
    CASE WHEN f.attributes = '{}' THEN f.attributes ELSE (
        SELECT coalesce(jsonb_object_agg(a.key, a.value), '{}') FROM jsonb_each(f.attributes) a
        WHERE a.key = ANY(k.clock::text[])) END,
    f.corrects_id, i.owner_unit_id, i.owner_authority_id, i.subjects
FROM courses_fact f JOIN courses_fact_kind k ON k.kind = f.kind JOIN access_item i ON i.id = f.item_id
WHERE f.space_id = ANY(of_spaces) AND (of_kinds IS NULL OR f.kind = ANY(of_kinds))
$$;

CREATE FUNCTION wall.course_facts(of_space uuid, of_kinds text[] DEFAULT NULL) RETURNS TABLE (
    space uuid, id uuid, kind text, on_day date, at timestamptz, noted_at timestamptz, by_role text,
    attributes jsonb, corrects uuid, owner_unit uuid, owner_authority uuid, subjects uuid[]
) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM wall.demand_reckoning(of_space);
    RETURN QUERY SELECT * FROM wall.facts_of(ARRAY[of_space], of_kinds);
END $$;

-- What the reckoning knows of the course itself: its version, its people with roles and birth dates.
CREATE FUNCTION wall.frames_of(of_spaces uuid[]) RETURNS TABLE (
    space uuid, version uuid, through date, opened_on date, owner_unit uuid, owner_authority uuid, people jsonb
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT c.space_id, c.version_id, p.through, c.opened_on, i.owner_unit_id, i.owner_authority_id, (
        SELECT coalesce(jsonb_agg(jsonb_build_object('id', x.subject_id, 'born', x.born, 'roles', x.roles,
            'in_focus', x.is_in_focus, 'unit', y.owner_unit_id, 'authority', y.owner_authority_id)
            ORDER BY x.subject_id), '[]')
        FROM courses_courseperson x JOIN access_item y ON y.id = x.item_id WHERE x.space_id = c.space_id)
FROM courses_course c JOIN access_item i ON i.id = c.item_id
LEFT JOIN courses_projection p ON p.space_id = c.space_id
WHERE c.space_id = ANY(of_spaces)
$$;

CREATE FUNCTION wall.course_frame(of_space uuid) RETURNS TABLE (
    space uuid, version uuid, through date, opened_on date, owner_unit uuid, owner_authority uuid, people jsonb
) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM wall.demand_reckoning(of_space);
    RETURN QUERY SELECT * FROM wall.frames_of(ARRAY[of_space]);
END $$;

-- Put the due items of these steps (NULL: of all) in the place of what stood there; rows that are the same stay.
CREATE FUNCTION wall.write_due(of_space uuid, up_to date, of_steps text[], due jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    DELETE FROM courses_dueitem d
    WHERE d.space_id = of_space AND (of_steps IS NULL OR d.step = ANY(of_steps)) AND NOT EXISTS (
        SELECT FROM jsonb_to_recordset(due) r(step text, n integer, person uuid)
        WHERE r.step = d.step AND r.n = d.n AND r.person IS NOT DISTINCT FROM d.person_id);
    INSERT INTO courses_dueitem AS d (id, space_id, step, n, person_id, responsible, outcome, opens_on, due_on,
        closes_on, lapses_on, done_on, detail, categories, subjects, owner_units, owner_authorities)
    SELECT wall.new_id(), of_space, r.step, r.n, r.person, r.responsible, r.outcome, r.opens_on, r.due_on,
        r.closes_on, r.lapses_on, r.done_on, r.detail, r.categories, r.subjects, r.owner_units, r.owner_authorities
    FROM jsonb_to_recordset(due) r(step text, n integer, person uuid, responsible text, outcome text,
        opens_on date, due_on date, closes_on date, lapses_on date, done_on date, detail jsonb, categories integer,
        subjects uuid[], owner_units uuid[], owner_authorities uuid[])
    WHERE of_steps IS NULL OR r.step = ANY(of_steps)
    ON CONFLICT ON CONSTRAINT due_item_once DO UPDATE SET
        responsible = excluded.responsible, outcome = excluded.outcome, opens_on = excluded.opens_on,
        due_on = excluded.due_on, closes_on = excluded.closes_on, lapses_on = excluded.lapses_on,
        done_on = excluded.done_on, detail = excluded.detail, categories = excluded.categories,
        subjects = excluded.subjects, owner_units = excluded.owner_units,
        owner_authorities = excluded.owner_authorities
    WHERE (d.responsible, d.outcome, d.opens_on, d.due_on, d.closes_on, d.lapses_on, d.done_on, d.detail,
            d.categories, d.subjects, d.owner_units, d.owner_authorities)
        IS DISTINCT FROM (excluded.responsible, excluded.outcome, excluded.opens_on, excluded.due_on,
            excluded.closes_on, excluded.lapses_on, excluded.done_on, excluded.detail, excluded.categories,
            excluded.subjects, excluded.owner_units, excluded.owner_authorities);
    IF of_steps IS NULL THEN
        INSERT INTO courses_projection (space_id, through) VALUES (of_space, up_to)
        ON CONFLICT (space_id) DO UPDATE SET through = excluded.through;
    END IF;
END $$;

CREATE FUNCTION wall.put_due(of_space uuid, up_to date, of_steps text[], due jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM wall.demand_reckoning(of_space);
    IF EXISTS (
        SELECT FROM (
            SELECT DISTINCT unnest(r.subjects) AS id FROM jsonb_to_recordset(due) r(subjects uuid[])) s
        WHERE NOT EXISTS (
            SELECT FROM access_item_subject p JOIN access_item i ON i.id = p.item_id
            WHERE p.subject_id = s.id AND i.space_id = of_space))
    OR EXISTS (
        SELECT FROM (
            SELECT DISTINCT o.unit, o.authority
            FROM jsonb_to_recordset(due) r(owner_units uuid[], owner_authorities uuid[]),
                unnest(r.owner_units, r.owner_authorities) o(unit, authority)) o
        WHERE NOT EXISTS (
            SELECT FROM access_item i WHERE i.space_id = of_space AND i.owner_unit_id = o.unit
                AND i.owner_authority_id = o.authority)) THEN
        PERFORM wall.refuse('What is due rests on the facts of its own space.');
    END IF;
    PERFORM wall.write_due(of_space, up_to, of_steps, due);
END $$;
