-- Who may read the log. Run by a migration of `access`, which owns the ledger and wall.ctx():
--     migrations.RunSQL(audit.sql.text("read_policy"), audit.sql.text("read_policy_undo"))
-- Needs: wall.ctx() with account, membership, unit, authority, role; access_ledger readable for own holders.
--
-- 1. The citizen reads everything about its own subject.
-- 2. The privacy officer reads everything about information of its own authority, and its authority's events
--    that showed nobody (searches, refusals).
-- 3. Staff with log.view and standing read changes and exports of their own authority's information in the
--    categories they stand for, never who looked: that is shown to the citizen and the privacy officer.

CREATE POLICY log_subject_read ON log_subject FOR SELECT TO samspil_app USING (
    coalesce((
        SELECT true FROM access_ledger l
        WHERE l.holder = (SELECT c.account FROM wall.ctx() c) AND l.subject_id = log_subject.subject
            AND l.kind = 'own-record' AND l.holder_kind = 'account'
            AND l.starts <= (now() AT TIME ZONE 'Europe/Copenhagen')::date
            AND l.ends > (now() AT TIME ZONE 'Europe/Copenhagen')::date LIMIT 1
    ), false)
    OR (
        owner = (SELECT c.authority FROM wall.ctx() c WHERE c.role = 'privacy-officer')
    )
    OR (
        kind IN ('change', 'export')
        AND owner = (SELECT c.authority FROM wall.ctx() c
            WHERE c.role IN ('caseworker', 'clinician', 'leader'))
        AND NOT coalesce((
            SELECT true FROM access_ledger l
            WHERE l.holder IN ((SELECT c.account FROM wall.ctx() c), (SELECT c.membership FROM wall.ctx() c),
                    (SELECT c.unit FROM wall.ctx() c))
                AND l.kind = 'block' AND (l.subject_id = log_subject.subject OR l.space_id = log_subject.space)
                AND l.starts <= (now() AT TIME ZONE 'Europe/Copenhagen')::date
                AND l.ends > (now() AT TIME ZONE 'Europe/Copenhagen')::date LIMIT 1
        ), false)
        AND (
            coalesce((
                SELECT true FROM access_ledger l
                WHERE l.holder IN ((SELECT c.membership FROM wall.ctx() c), (SELECT c.unit FROM wall.ctx() c))
                    AND l.subject_id = log_subject.subject
                    AND l.kind IN ('team', 'leader', 'inbox', 'own-record', 'break-glass')
                    AND l.categories & log_subject.categories = log_subject.categories
                    AND l.starts <= (now() AT TIME ZONE 'Europe/Copenhagen')::date
                    AND l.ends > (now() AT TIME ZONE 'Europe/Copenhagen')::date
                    AND (l.until IS NULL OR l.until > now()) LIMIT 1
            ), false)
            OR coalesce((
                SELECT true FROM access_ledger l
                WHERE l.holder IN ((SELECT c.membership FROM wall.ctx() c), (SELECT c.unit FROM wall.ctx() c))
                    AND l.space_id = log_subject.space
                    AND l.kind IN ('team', 'leader', 'inbox', 'break-glass')
                    AND l.categories & log_subject.categories = log_subject.categories
                    AND l.starts <= (now() AT TIME ZONE 'Europe/Copenhagen')::date
                    AND l.ends > (now() AT TIME ZONE 'Europe/Copenhagen')::date
                    AND (l.until IS NULL OR l.until > now()) LIMIT 1
            ), false)
        )
    )
);

-- An event is read by whoever reads one of its subjects.
CREATE POLICY log_event_read ON log_event FOR SELECT TO samspil_app USING (
    coalesce((
        SELECT true FROM log_subject s WHERE s.event = log_event.id AND s.at = log_event.at LIMIT 1
    ), false)
    OR (
        subjects = 0 AND authority = (SELECT c.authority FROM wall.ctx() c WHERE c.role = 'privacy-officer')
    )
);

GRANT SELECT ON log_event, log_subject TO samspil_app;
