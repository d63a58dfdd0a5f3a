-- What was corrected and must not be read on: a note that was moved to another matter, a child's words that were
-- not what the child said. The row stays, and is its author's alone again. Only the unit that wrote it may, and
-- only once the one who corrects has written what stands in its place.
CREATE FUNCTION wall.put_away(of_item uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    c wall.context := wall.staff();
    i access_item;
BEGIN
    SELECT * INTO i FROM access_item x WHERE x.id = of_item FOR UPDATE;
    IF i.id IS NULL OR i.owner_unit_id IS DISTINCT FROM c.unit OR i.subjects && c.blocked
        OR wall.held_in(c, i.space_id, ARRAY['team', 'leader']) & i.category = 0
        OR NOT EXISTS (
            SELECT 1 FROM access_item n WHERE n.author_id = c.account AND n.owner_unit_id = c.unit AND n.id IN (
                SELECT x.item_id FROM journal_note x WHERE x.supersedes_id = of_item
                UNION ALL SELECT x.item_id FROM journal_childview x WHERE x.supersedes_id = of_item))
    THEN
        PERFORM wall.refuse('Only what is corrected is put away.');
    END IF;
    UPDATE access_item SET released_at = NULL WHERE id = of_item;
END $$;
ALTER FUNCTION wall.put_away(uuid) OWNER TO samspil_guard;
REVOKE ALL ON FUNCTION wall.put_away(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION wall.put_away(uuid) TO samspil_app;

-- A view that takes the place of another: the other must be seen, else the key would tell whether it exists.
CREATE POLICY corrects_what_is_seen ON journal_childview AS RESTRICTIVE FOR INSERT TO samspil_app
WITH CHECK (supersedes_id IS NULL OR coalesce(
    (SELECT true FROM access_item t WHERE t.id = journal_childview.supersedes_id LIMIT 1), false));
-- What a view takes the place of never changes after it is written: only the answer about showing it does.
REVOKE UPDATE ON journal_childview FROM samspil_app;
GRANT UPDATE (answer, asked_on) ON journal_childview TO samspil_app;
