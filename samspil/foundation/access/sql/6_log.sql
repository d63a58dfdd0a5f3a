-- What a page has shown, written by the items it has loaded: whom they are about, whose they are and of which
-- category is looked up here, by the one who writes the log, and told to nobody. False, and nothing is written,
-- where an item is not known yet to others (it was made in a transaction that goes on): then who asks looks it up.
CREATE FUNCTION wall.write_log(
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
    SELECT count(*) INTO found FROM access_item i WHERE i.id = ANY(write_log.items);
    IF found <> cardinality(write_log.items) THEN
        RETURN false;
    END IF;
    SELECT coalesce(array_agg(g.subject), '{}'), coalesce(array_agg(g.owner), '{}'),
        coalesce(array_agg(g.categories), '{}')
    INTO all_subjects, all_owners, all_categories
    FROM (
        SELECT s.subject, s.owner, bit_or(s.categories) AS categories
        FROM (
            SELECT x.subject, i.owner_authority_id AS owner, i.category AS categories
            FROM access_item i, unnest(i.subjects) x(subject) WHERE i.id = ANY(write_log.items)
            UNION ALL
            SELECT u.subject, u.owner, u.categories
            FROM unnest(write_log.subjects, write_log.owners, write_log.categories) u(subject, owner, categories)
        ) s GROUP BY s.subject, s.owner
    ) g;
    PERFORM audit.append(new_event, authority, unit, account, membership, role, route, act, kind, reason,
        criterion, space, outcome, about, all_subjects, all_owners, all_categories);
    RETURN true;
END $$;
REVOKE ALL ON FUNCTION wall.write_log(uuid,uuid,uuid,uuid,uuid,text,text,text,text,text,text,uuid,text,uuid,
    uuid[],uuid[],int[],uuid[]) FROM PUBLIC;
ALTER FUNCTION wall.write_log(uuid,uuid,uuid,uuid,uuid,text,text,text,text,text,text,uuid,text,uuid,
    uuid[],uuid[],int[],uuid[]) OWNER TO samspil_guard;
GRANT EXECUTE ON FUNCTION wall.write_log(uuid,uuid,uuid,uuid,uuid,text,text,text,text,text,text,uuid,text,uuid,
    uuid[],uuid[],int[],uuid[]) TO samspil_door;
