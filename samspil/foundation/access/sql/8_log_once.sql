-- The same row of the log as in 6_log.sql. The items are looked up once: counted and told from the same look.
CREATE OR REPLACE FUNCTION wall.write_log(
    new_event uuid, authority uuid, unit uuid, account uuid, membership uuid, role text,
    route text, act text, kind text, reason text, criterion text, space uuid, outcome text, about uuid,
    subjects uuid[], owners uuid[], categories integer[], items uuid[]
) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    found integer;
    all_subjects uuid[];
    all_owners uuid[];
    all_categories integer[];
BEGIN
    WITH known AS MATERIALIZED (
        SELECT i.subjects AS about, i.owner_authority_id AS owner, i.category
        FROM access_item i WHERE i.id = ANY(write_log.items)
    ), told AS (
        SELECT s.subject, s.owner, bit_or(s.categories) AS categories
        FROM (
            SELECT x.subject, k.owner, k.category AS categories FROM known k, unnest(k.about) x(subject)
            UNION ALL
            SELECT u.subject, u.owner, u.categories
            FROM unnest(write_log.subjects, write_log.owners, write_log.categories) u(subject, owner, categories)
        ) s GROUP BY s.subject, s.owner
    )
    SELECT (SELECT count(*) FROM known), coalesce(array_agg(t.subject), '{}'), coalesce(array_agg(t.owner), '{}'),
        coalesce(array_agg(t.categories), '{}')
    INTO found, all_subjects, all_owners, all_categories FROM told t;
    IF found <> cardinality(write_log.items) THEN
        RETURN false;
    END IF;
    PERFORM audit.append(new_event, authority, unit, account, membership, role, route, act, kind, reason,
        criterion, space, outcome, about, all_subjects, all_owners, all_categories);
    RETURN true;
END $$;
