"""The SQL of variants and publications: rows that never change, and the only two ways to write them."""

NEVER_CHANGED = """
CREATE FUNCTION programmes_row_stands() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'a row of % never changes', TG_TABLE_NAME USING ERRCODE = 'check_violation',
        CONSTRAINT = TG_TABLE_NAME || '_never_changes';
END $$;
REVOKE ALL ON FUNCTION programmes_row_stands() FROM PUBLIC;
CREATE TRIGGER adoption_never_changes BEFORE UPDATE OR DELETE ON programmes_adoption
    FOR EACH ROW EXECUTE FUNCTION programmes_row_stands();
CREATE TRIGGER publication_never_changes BEFORE UPDATE OR DELETE ON programmes_publication
    FOR EACH ROW EXECUTE FUNCTION programmes_row_stands();
"""

FUNCTIONS = """
-- A new version of how the authority of the one who asks runs a model. Ids, number and authority are found
-- here and never handed in. The same content again runs under the row there is.
CREATE FUNCTION wall.adopt_model(
    of_base uuid, as_hash text, as_definition jsonb, as_variant jsonb, by_initiative text, for_reason text,
    from_day date, stops boolean, OUT adoption uuid
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    c wall.context := wall.staff();
    b programmes_programmeversion;
    last programmes_adoption;
    under uuid;
BEGIN
    IF NOT 'model.adopt' = ANY(c.permissions) OR c.authority IS NULL THEN
        RAISE EXCEPTION 'only who adopts models may do this' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT * INTO b FROM programmes_programmeversion v WHERE v.id = of_base AND v.base_id IS NULL;
    IF b.id IS NULL THEN
        RAISE EXCEPTION 'no such version' USING ERRCODE = 'insufficient_privilege';
    END IF;
    -- One writer of an authority's adoptions at a time: what is chosen in one model may depend on another.
    PERFORM pg_advisory_xact_lock(hashtextextended('programmes_adoption' || c.authority::text, 0));
    SELECT * INTO last FROM programmes_adoption a
    WHERE a.authority_id = c.authority AND a.key = b.key ORDER BY a.number DESC LIMIT 1;
    IF from_day < c.day OR from_day < last.starts THEN
        RAISE EXCEPTION 'an adoption begins today or later, and not before the one it follows'
            USING ERRCODE = 'check_violation';
    END IF;
    under := CASE WHEN as_hash = b.content_hash THEN b.id ELSE (
        SELECT v.id FROM programmes_programmeversion v
        WHERE v.base_id = b.id AND v.authority_id = c.authority AND v.content_hash = as_hash) END;
    IF under IS NULL THEN
        under := wall.new_id();
        INSERT INTO programmes_programmeversion
            (id, key, version, content_hash, definition, loaded_at, base_id, authority_id)
        VALUES (under, b.key, b.version, as_hash, as_definition, now(), b.id, c.authority);
    END IF;
    adoption := wall.new_id();
    INSERT INTO programmes_adoption (id, authority_id, key, number, base_id, runs_id, variant, content_hash,
        initiative, reason, starts, is_end, made_at)
    VALUES (adoption, c.authority, b.key, coalesce(last.number, 0) + 1, b.id, under, as_variant, as_hash,
        by_initiative, for_reason, from_day, stops, now());
END $$;

-- The owner of a model, named in the definition, publishes a version of it: once.
CREATE FUNCTION wall.publish_version(of_version uuid, as_words text, OUT publication uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    c wall.context := wall.staff();
    v programmes_programmeversion;
BEGIN
    SELECT * INTO v FROM programmes_programmeversion x WHERE x.id = of_version AND x.base_id IS NULL;
    IF NOT 'model.publish' = ANY(c.permissions) OR v.id IS NULL OR NOT EXISTS (
        SELECT FROM organisations_authority a
        WHERE a.id = c.authority AND a.name = v.definition #>> '{owner,name}') THEN
        RAISE EXCEPTION 'only the owner of a model publishes it' USING ERRCODE = 'insufficient_privilege';
    END IF;
    publication := wall.new_id();
    INSERT INTO programmes_publication
        (id, version_id, content_hash, supersedes_id, words, published_on, made_at)
    VALUES (publication, v.id, v.content_hash, (
        SELECT x.id FROM programmes_programmeversion x
        WHERE x.key = v.key AND x.base_id IS NULL AND x.version = v.definition ->> 'supersedes'
    ), as_words, c.day, now());
END $$;

DO $$
DECLARE f text;
BEGIN
    FOREACH f IN ARRAY ARRAY[
        'wall.adopt_model(uuid, text, jsonb, jsonb, text, text, date, boolean)',
        'wall.publish_version(uuid, text)'
    ] LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO samspil_app', f);
        EXECUTE format('ALTER FUNCTION %s OWNER TO samspil_guard', f);
    END LOOP;
END $$;
"""
UNDO = """
DROP FUNCTION wall.adopt_model(uuid, text, jsonb, jsonb, text, text, date, boolean);
DROP FUNCTION wall.publish_version(uuid, text);
"""
