-- Who may read the log. Run by a migration of `access`, which owns the ledger and wall.ctx():
--     migrations.RunSQL(audit.sql.text("read_policy"), audit.sql.text("read_policy_undo"))
-- Needs of wall.ctx(): account, citizen, role, permissions, authority, holders, blocked, mask, led_units, led_mask,
-- receives, day; and of access_ledger and access_space that the actor reads its own rows.
--
-- 1. The privacy officer reads everything about information of its own authority, and its authority's events
--    that showed nobody (searches, refusals).
-- 2. The citizen reads everything about its own subject.
-- 3. Staff with log.view and standing read changes and exports of their own authority's information in the
--    categories they stand for, never who looked: that is shown to the citizen and the privacy officer.

CREATE POLICY log_subject_read ON log_subject FOR SELECT TO samspil_app USING (coalesce((SELECT CASE
    WHEN c.role = 'privacy-officer' THEN log_subject.owner = c.authority
    WHEN log_subject.subject = ANY(c.blocked) OR log_subject.space = ANY(c.blocked) THEN false
    WHEN c.citizen THEN (
        SELECT true FROM access_ledger l
        WHERE l.holder = c.account AND l.subject_id = log_subject.subject AND l.kind = 'own-record'
            AND l.starts <= c.day AND l.ends > c.day
        LIMIT 1)
    ELSE 'log.view' = ANY(c.permissions) AND log_subject.owner = c.authority
        AND log_subject.kind IN ('change', 'export')
        AND CASE WHEN log_subject.space IS NULL THEN (
            SELECT true FROM access_ledger l
            WHERE l.holder = ANY(c.holders) AND l.subject_id = log_subject.subject AND l.space_id IS NULL
                AND l.kind IN ('own-record', 'break-glass')
                AND l.starts <= c.day AND l.ends > c.day AND (l.until IS NULL OR l.until > now())
                AND l.categories & c.mask & log_subject.categories = log_subject.categories
            LIMIT 1)
        ELSE coalesce((
            SELECT true FROM access_ledger l
            WHERE l.holder = ANY(c.holders) AND l.space_id = log_subject.space
                AND (l.kind IN ('team', 'break-glass') OR l.kind = 'inbox' AND c.receives
                    AND (l.subject_id IS NULL OR l.subject_id = log_subject.subject))
                AND l.starts <= c.day AND l.ends > c.day AND (l.until IS NULL OR l.until > now())
                AND l.categories & c.mask & log_subject.categories = log_subject.categories
            LIMIT 1), false)
            OR (c.led_mask & log_subject.categories = log_subject.categories AND coalesce((
                SELECT s.lead_unit_id = ANY(c.led_units) FROM access_space s
                WHERE s.id = log_subject.space LIMIT 1), false))
        END
    END
    FROM wall.ctx() c), false));

-- An event is read by whoever reads one of its subjects.
CREATE POLICY log_event_read ON log_event FOR SELECT TO samspil_app USING (coalesce((SELECT CASE
    WHEN log_event.subjects = 0 THEN c.role = 'privacy-officer' AND log_event.authority = c.authority
    ELSE (
        SELECT true FROM log_subject s WHERE s.event = log_event.id AND s.at = log_event.at LIMIT 1)
    END
    FROM wall.ctx() c), false));

GRANT SELECT ON log_event, log_subject TO samspil_app;
