-- A fact has the category of its kind. Some kinds may also stand under others: who does not read a kind's own
-- category, and holds the baton all the same, notes it under one of these. What stood before stays where it is.
CREATE OR REPLACE FUNCTION wall.fact_fits() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    k courses_fact_kind;
BEGIN
    SELECT * INTO k FROM courses_fact_kind x WHERE x.kind = NEW.kind;
    IF k.kind IS NULL OR jsonb_typeof(NEW.attributes) <> 'object'
        OR NOT ARRAY(SELECT jsonb_object_keys(NEW.attributes)) <@ k.attributes::text[] THEN
        RAISE EXCEPTION 'the vocabulary has no such fact' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'fact_is_in_the_vocabulary';
    END IF;
    IF EXISTS (
        SELECT FROM jsonb_path_query(NEW.attributes, 'strict $.**') v
        WHERE jsonb_typeof(v) = 'string' AND (v #>> '{}') !~ '^[^[:space:]]{1,100}$') THEN
        RAISE EXCEPTION 'a fact holds no text' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'fact_holds_no_text';
    END IF;
    IF NOT EXISTS (
        SELECT FROM access_item i WHERE i.id = NEW.item_id
            AND (i.category = k.category OR i.category = ANY(k.also))) THEN
        RAISE EXCEPTION 'a fact has a category of its kind' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'fact_has_its_category';
    END IF;
    IF NEW.corrects_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM courses_fact f WHERE f.item_id = NEW.corrects_id AND f.space_id = NEW.space_id
            AND NEW.kind IN (f.kind, 'fact.withdrawn')) THEN
        RAISE EXCEPTION 'a correction is of the same kind and course' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'correction_fits';
    END IF;
    RETURN NEW;
END $$;
