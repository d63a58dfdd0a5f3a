-- The rule, once. Everything else asks whether the item is seen.
-- Scalar look-ups with LIMIT 1: each is one index probe; EXISTS would read the whole ledger of the actor.

ALTER TABLE access_item ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_item FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON access_item FOR SELECT TO samspil_app USING (coalesce((SELECT
    -- A block beats everything.
    NOT coalesce(access_item.space_id = ANY(c.blocked), false)
    AND NOT access_item.subjects && c.blocked
    AND CASE
    -- Not yet released: the author's alone.
    WHEN access_item.released_at IS NULL THEN access_item.author_id = c.account
    -- A citizen: an own record or custody for every subject, and the allow-list of that audience.
    WHEN c.citizen THEN (
        SELECT bool_and(coalesce((
            SELECT true FROM access_ledger l JOIN wall.audience a
                ON a.standing = l.kind AND a.item_kind = access_item.kind
            WHERE l.holder = c.account AND l.subject_id = x.subject AND l.kind IN ('own-record', 'custody')
                AND l.starts <= c.day AND l.ends > c.day
                AND l.categories & a.categories & access_item.category <> 0
                AND (l.kind = 'own-record' OR l.authority_id = access_item.owner_authority_id)
            LIMIT 1), false))
        FROM unnest(access_item.subjects) x(subject))
    ELSE (
        -- (a) standing and (b) category
        CASE WHEN access_item.space_id IS NOT NULL THEN
            coalesce((
                SELECT true FROM access_ledger l
                WHERE l.holder = ANY(c.holders) AND l.space_id = access_item.space_id
                    AND (l.kind IN ('team', 'break-glass') OR l.kind = 'inbox' AND c.receives
                        AND (l.subject_id IS NULL OR l.subject_id = ANY(access_item.subjects)))
                    AND l.starts <= c.day AND l.ends > c.day AND (l.until IS NULL OR l.until > now())
                    AND l.categories & c.mask & access_item.category <> 0
                LIMIT 1), false)
            OR (c.led_mask & access_item.category <> 0 AND coalesce((
                SELECT s.lead_unit_id = ANY(c.led_units) FROM access_space s
                WHERE s.id = access_item.space_id LIMIT 1), false))
        ELSE
            coalesce((
                SELECT true FROM access_ledger l
                WHERE l.holder = ANY(c.holders) AND l.subject_id = ANY(access_item.subjects)
                    AND l.space_id IS NULL AND l.kind IN ('own-record', 'break-glass')
                    AND l.starts <= c.day AND l.ends > c.day AND (l.until IS NULL OR l.until > now())
                    AND l.categories & c.mask & access_item.category <> 0
                LIMIT 1), false)
        END
        -- (c) basis
        AND (
            access_item.owner_unit_id = c.unit
            OR (access_item.owner_authority_id = c.authority AND access_item.category & c.open_mask <> 0)
            OR (
                SELECT bool_and(coalesce((
                    SELECT true FROM access_ledger b
                    WHERE b.holder = ANY(c.holders) AND b.subject_id = x.subject
                        AND b.kind IN ('consent', 'statute')
                        AND b.starts <= c.day AND b.ends > c.day
                        AND b.categories & access_item.category <> 0
                        AND (b.giver_id IS NULL OR b.giver_id = access_item.owner_unit_id)
                        AND (b.purpose = 'coordination' OR b.purpose = 'referral' AND c.receives
                            AND coalesce((
                                SELECT true FROM access_ledger l
                                WHERE l.holder = ANY(c.holders) AND l.space_id = access_item.space_id
                                    AND l.kind = 'inbox'
                                    AND (l.subject_id IS NULL OR l.subject_id = ANY(access_item.subjects))
                                    AND l.starts <= c.day AND l.ends > c.day
                                    AND l.categories & c.mask & access_item.category <> 0
                                LIMIT 1), false))
                    LIMIT 1), false))
                FROM unnest(access_item.subjects) x(subject))
        )
    ) END
    FROM wall.ctx() c), false));

ALTER TABLE access_ledger ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_ledger FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON access_ledger FOR SELECT TO samspil_app USING (
    holder = ANY((SELECT c.holders FROM wall.ctx() c)::uuid[]));

ALTER TABLE access_space ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_space FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON access_space FOR SELECT TO samspil_app USING (coalesce((SELECT
    NOT access_space.id = ANY(c.blocked)
    AND (access_space.lead_unit_id = ANY(c.led_units) OR coalesce((
        SELECT true FROM access_ledger l
        WHERE l.holder = ANY(c.holders) AND l.space_id = access_space.id
            AND (l.kind IN ('team', 'break-glass') OR l.kind = 'inbox' AND c.receives)
            AND l.starts <= c.day AND l.ends > c.day AND (l.until IS NULL OR l.until > now())
            AND l.categories & c.mask <> 0
        LIMIT 1), false))
    FROM wall.ctx() c), false));

ALTER TABLE access_item_subject ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_item_subject FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON access_item_subject FOR SELECT TO samspil_app USING (
    coalesce((SELECT true FROM access_item i WHERE i.id = access_item_subject.item_id LIMIT 1), false));

-- A subject is seen by who holds a relation to it, or sees an item about it.
ALTER TABLE access_subject ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_subject FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON access_subject FOR SELECT TO samspil_app USING (coalesce((SELECT
    NOT access_subject.id = ANY(c.blocked)
    AND (coalesce((
        SELECT true FROM access_ledger l
        WHERE l.holder = ANY(c.holders) AND l.subject_id = access_subject.id
            AND l.kind IN ('own-record', 'custody', 'break-glass')
            AND l.starts <= c.day AND l.ends > c.day AND (l.until IS NULL OR l.until > now())
            AND l.categories & c.mask <> 0
        LIMIT 1), false)
    OR coalesce((
        SELECT true FROM access_item_subject p WHERE p.subject_id = access_subject.id LIMIT 1), false))
    FROM wall.ctx() c), false));
