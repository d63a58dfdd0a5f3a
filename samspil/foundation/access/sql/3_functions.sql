-- The only ways to write what the wall knows. Each reads who asks from the context, never from an argument.

CREATE FUNCTION wall.staff() RETURNS wall.context LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE c wall.context := wall.ctx();
BEGIN
    IF c.membership IS NULL THEN
        PERFORM wall.refuse('Only somebody who acts for a unit may do this.');
    END IF;
    RETURN c;
END $$;

CREATE FUNCTION wall.leads(c wall.context, of_space uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
SELECT coalesce((SELECT s.lead_unit_id = ANY(c.led_units) FROM access_space s WHERE s.id = of_space), false)
    AND c.led_mask <> 0 AND NOT of_space = ANY(c.blocked)
$$;

-- The categories for which the actor stands in a space, through relations of these kinds.
CREATE FUNCTION wall.held_in(c wall.context, of_space uuid, kinds text[]) RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT CASE WHEN of_space = ANY(c.blocked) THEN 0 ELSE
    coalesce((
        SELECT bit_or(l.categories & c.mask) FROM access_ledger l
        WHERE l.holder = ANY(c.holders) AND l.space_id = of_space AND l.kind = ANY(kinds)
            AND (l.kind <> 'inbox' OR c.receives)
            AND l.starts <= c.day AND l.ends > c.day AND (l.until IS NULL OR l.until > now())), 0)
    | CASE WHEN 'leader' = ANY(kinds) AND wall.leads(c, of_space) THEN c.led_mask ELSE 0 END
END
$$;

-- The categories for which the actor stands towards a subject outside any space.
CREATE FUNCTION wall.held_about(c wall.context, of_subject uuid, kinds text[]) RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT CASE WHEN of_subject = ANY(c.blocked) THEN 0 ELSE coalesce((
    SELECT bit_or(l.categories & c.mask) FROM access_ledger l
    WHERE l.holder = ANY(c.holders) AND l.subject_id = of_subject AND l.space_id IS NULL AND l.kind = ANY(kinds)
        AND l.starts <= c.day AND l.ends > c.day AND (l.until IS NULL OR l.until > now())), 0)
END
$$;

-- Is a subject one of the space's, that is, is something released there about it, or the actor's own draft?
CREATE FUNCTION wall.is_in_space(c wall.context, of_subject uuid, of_space uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT EXISTS (
    SELECT FROM access_item_subject p JOIN access_item i ON i.id = p.item_id
    WHERE p.subject_id = of_subject AND i.space_id = of_space
        AND (i.released_at IS NOT NULL OR i.author_id = c.account))
$$;

CREATE FUNCTION wall.has_baton(c wall.context, of_space uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT NOT of_space = ANY(c.blocked) AND EXISTS (
    SELECT FROM access_ledger l WHERE l.holder = c.membership AND l.space_id = of_space AND l.kind = 'team'
        AND l.baton = 'held' AND l.starts <= c.day AND l.ends > c.day)
$$;

CREATE FUNCTION wall.authority_of(kind text, holder uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT CASE kind
    WHEN 'membership' THEN (SELECT m.authority_id FROM organisations_membership m
        WHERE m.id = holder AND m.ends > wall.today())
    WHEN 'unit' THEN (SELECT u.authority_id FROM organisations_unit u WHERE u.id = holder AND u.ends > wall.today())
    WHEN 'authority' THEN (SELECT a.id FROM organisations_authority a WHERE a.id = holder AND a.ends > wall.today())
END
$$;

-- --- one judge for each kind: NULL means yes, a text says why not ------------------------------------------

CREATE FUNCTION wall.judge_team(c wall.context, r access_ledger) RETURNS text LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE widest integer;
BEGIN
    IF r.holder_kind <> 'membership' OR r.space_id IS NULL OR r.subject_id IS NOT NULL THEN
        RETURN 'A team relation binds a membership to a space.';
    END IF;
    IF NOT (wall.leads(c, r.space_id) OR wall.has_baton(c, r.space_id)) THEN
        RETURN 'Only the coordinator or the leader of the leading unit chooses the team.';
    END IF;
    SELECT k.categories INTO widest FROM organisations_membership m JOIN wall.role_mask k ON k.role = m.role
    WHERE m.id = r.holder AND m.ends > c.day;
    IF widest IS NULL OR r.categories & ~widest <> 0 THEN
        RETURN 'The role of this colleague does not include all of these categories.';
    END IF;
    IF r.holder = c.membership
        AND r.categories & ~wall.held_in(c, r.space_id, ARRAY['team', 'leader']) <> 0 THEN
        RETURN 'Nobody gives themselves more than they have.';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION wall.judge_leader(c wall.context, r access_ledger) RETURNS text LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE m record;
BEGIN
    IF r.holder_kind <> 'membership' OR r.space_id IS NOT NULL OR r.subject_id IS NOT NULL THEN
        RETURN 'A leader leads the unit of the own membership.';
    END IF;
    SELECT x.authority_id, x.role, k.categories, f.account_id, a.is_demo INTO m
    FROM organisations_membership x JOIN wall.role_mask k ON k.role = x.role
    JOIN organisations_staff f ON f.id = x.staff_id LEFT JOIN accounts_account a ON a.id = f.account_id
    WHERE x.id = r.holder AND x.ends > c.day;
    IF m IS NULL OR m.role <> 'leader' OR r.categories & ~m.categories <> 0 THEN
        RETURN 'The role of this colleague does not include this.';
    END IF;
    IF c.system = 'demo' THEN
        RETURN CASE WHEN m.is_demo THEN NULL ELSE 'The demonstration touches invented people only.' END;
    END IF;
    IF NOT 'membership.manage' = ANY(c.permissions) OR m.authority_id IS DISTINCT FROM c.authority
        OR m.account_id = c.account THEN
        RETURN 'Only an administrator of the organisation makes leaders, and never of themselves.';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION wall.judge_inbox(c wall.context, r access_ledger) RETURNS text LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF r.holder_kind <> 'unit' OR r.space_id IS NULL OR wall.authority_of('unit', r.holder) IS NULL THEN
        RETURN 'A referral is sent to one unit, from a space.';
    END IF;
    IF NOT 'referral.send' = ANY(c.permissions)
        OR r.categories & ~wall.held_in(c, r.space_id, ARRAY['team']) <> 0 THEN
        RETURN 'Only a member of the team sends a referral, and only what that member may see.';
    END IF;
    IF r.subject_id IS NOT NULL AND NOT wall.is_in_space(c, r.subject_id, r.space_id) THEN
        RETURN 'This person is not part of the space.';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION wall.judge_custody(c wall.context, r access_ledger) RETURNS text LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF r.holder_kind <> 'account' OR r.subject_id IS NULL OR r.space_id IS NOT NULL
        OR NOT EXISTS (SELECT FROM accounts_account a WHERE a.id = r.holder AND a.is_citizen) THEN
        RETURN 'Custody binds the account of a citizen to a child.';
    END IF;
    IF NOT 'person.create' = ANY(c.permissions)
        OR wall.held_about(c, r.subject_id, ARRAY['own-record']) & 1 = 0
        OR NOT EXISTS (
            SELECT FROM access_item i WHERE i.id = r.source AND i.kind = 'tie' AND i.released_at IS NOT NULL
                AND i.owner_unit_id = c.unit AND r.subject_id = ANY(i.subjects)) THEN
        RETURN 'Custody follows from a registered tie of the own unit.';
    END IF;
    RETURN NULL;
END $$;

-- What one unit may share with another on a consent or a law, that other may share back: the same person, purpose
-- and space, no category more, no day longer. The new row names the one it answers as its source.
CREATE FUNCTION wall.confirms(c wall.context, r access_ledger) RETURNS boolean LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT r.holder_kind = 'unit'
    AND r.categories & ~wall.held_in(c, r.space_id, ARRAY['team', 'inbox']) = 0
    AND EXISTS (
        SELECT FROM access_ledger s
        WHERE s.id = r.source AND s.kind = r.kind AND s.space_id = r.space_id AND s.subject_id = r.subject_id
            AND s.purpose = r.purpose AND s.giver_id = r.holder AND s.giver_id <> c.unit
            AND (s.holder_kind = 'unit' AND s.holder = c.unit
                OR s.holder_kind = 'authority' AND s.holder = c.authority)
            AND s.starts <= c.day AND s.ends > c.day
            AND r.categories & ~s.categories = 0 AND r.ends <= s.ends)
$$;

CREATE FUNCTION wall.judge_basis(c wall.context, r access_ledger) RETURNS text LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF r.subject_id IS NULL OR r.purpose = '' OR r.holder_kind NOT IN ('unit', 'authority')
        OR wall.authority_of(r.holder_kind, r.holder) IS NULL THEN
        RETURN 'A basis names a person, a receiver, categories and a purpose.';
    END IF;
    IF r.subject_id = ANY(c.blocked) THEN
        RETURN 'This is refused.';
    END IF;
    IF c.citizen THEN
        RETURN CASE WHEN r.kind = 'consent' AND r.space_id IS NULL AND EXISTS (
            SELECT FROM access_ledger l WHERE l.holder = c.account AND l.subject_id = r.subject_id
                AND l.kind = 'own-record' AND l.starts <= c.day AND l.ends > c.day)
            THEN NULL ELSE 'A citizen consents for the own person.' END;
    END IF;
    IF NOT 'basis.register' = ANY(c.permissions) OR r.space_id IS NULL
        OR r.categories & ~wall.held_in(c, r.space_id, ARRAY['team']) <> 0 AND NOT wall.confirms(c, r) THEN
        RETURN 'Only a member of the team registers a basis, and only for what that member may see.';
    END IF;
    IF NOT wall.is_in_space(c, r.subject_id, r.space_id) THEN
        RETURN 'This person is not part of the space.';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION wall.judge_break_glass(c wall.context, r access_ledger) RETURNS text LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF r.holder_kind <> 'membership' OR r.holder IS DISTINCT FROM c.membership
        OR (r.space_id IS NULL) = (r.subject_id IS NULL) OR r.categories & ~c.mask <> 0 THEN
        RETURN 'Emergency access is for oneself, to one space or person, within the role.';
    END IF;
    IF length(btrim(r.reason)) < 10 THEN
        RETURN 'Emergency access needs a reason.';
    END IF;
    IF r.until IS NULL OR r.until > now() + interval '4 hours' OR r.until <= now() THEN
        RETURN 'Emergency access lasts four hours at most.';
    END IF;
    -- The second time within a day, by the same person in whatever post, a leader must stand behind it.
    IF EXISTS (
        SELECT FROM access_ledger l WHERE l.kind = 'break-glass' AND l.made_by_id = c.account
            AND l.made_at > now() - interval '24 hours'
            AND (l.space_id = r.space_id OR l.subject_id = r.subject_id))
    AND NOT EXISTS (
        SELECT FROM organisations_membership m JOIN organisations_staff f ON f.id = m.staff_id,
            wall.led_by(m.id) led
        WHERE m.id = r.approved_by AND f.account_id <> c.account AND m.authority_id = c.authority
            AND (c.unit = ANY(led.units) OR (
                SELECT own.unit_id FROM organisations_membership own WHERE own.id = c.membership) = ANY(led.units))
    ) THEN
        RETURN 'The second emergency access within a day needs the name of the leader.';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION wall.judge_block(c wall.context, r access_ledger) RETURNS text LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF r.holder_kind NOT IN ('membership', 'unit', 'account') OR (r.space_id IS NULL) = (r.subject_id IS NULL) THEN
        RETURN 'A block keeps one membership, unit or account from one space or person.';
    END IF;
    -- Custody in doubt: the unit that keeps the child's record closes at once.
    IF r.holder_kind = 'account' AND r.subject_id IS NOT NULL AND 'person.create' = ANY(c.permissions)
        AND wall.held_about(c, r.subject_id, ARRAY['own-record']) <> 0 AND EXISTS (
            SELECT FROM access_ledger l WHERE l.holder = r.holder AND l.subject_id = r.subject_id
                AND l.kind = 'custody') THEN
        RETURN NULL;
    END IF;
    IF NOT 'block.set' = ANY(c.permissions) THEN
        RETURN 'Only the privacy officer sets a block.';
    END IF;
    -- An officer answers for the own authority: its staff and units anywhere, anybody towards its own people.
    IF c.authority = wall.authority_of(r.holder_kind, r.holder)
        OR EXISTS (SELECT FROM organisations_staff f WHERE f.account_id = r.holder AND f.authority_id = c.authority)
        OR EXISTS (
            SELECT FROM access_ledger l JOIN organisations_unit u ON u.id = l.holder
            WHERE l.subject_id = r.subject_id AND l.kind = 'own-record' AND u.authority_id = c.authority)
        OR EXISTS (
            SELECT FROM access_space s JOIN organisations_unit u ON u.id = s.lead_unit_id
            WHERE s.id = r.space_id AND u.authority_id = c.authority) THEN
        RETURN NULL;
    END IF;
    RETURN 'The privacy officer answers for the own authority.';
END $$;

CREATE FUNCTION wall.judge(c wall.context, r access_ledger) RETURNS text LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF r.categories IS NULL OR r.categories < 1 OR r.categories > 511 OR r.starts > r.ends
        OR r.ends > date '3000-01-01' THEN
        RETURN 'The categories or the dates make no sense.';
    END IF;
    IF c.system <> '' AND NOT EXISTS (
        SELECT FROM wall.system_kind k WHERE k.system = c.system AND k.kind = r.kind) THEN
        RETURN 'The system itself gives no such relation.';
    END IF;
    IF c.membership IS NULL AND c.system = '' AND NOT (c.citizen AND r.kind = 'consent') THEN
        RETURN 'Only somebody who acts for a unit may do this.';
    END IF;
    RETURN CASE r.kind
        WHEN 'team' THEN wall.judge_team(c, r)
        WHEN 'leader' THEN wall.judge_leader(c, r)
        WHEN 'inbox' THEN wall.judge_inbox(c, r)
        WHEN 'custody' THEN wall.judge_custody(c, r)
        WHEN 'consent' THEN wall.judge_basis(c, r)
        WHEN 'statute' THEN wall.judge_basis(c, r)
        WHEN 'break-glass' THEN wall.judge_break_glass(c, r)
        WHEN 'block' THEN wall.judge_block(c, r)
        ELSE 'Nobody gives this relation by hand.'
    END;
END $$;

CREATE FUNCTION wall.grant_relation(
    kind text, holder_kind text, holder uuid, categories integer, of_space uuid, of_subject uuid, purpose text,
    starts date, ends date, until timestamptz, reason text, approved_by uuid, source uuid
) RETURNS uuid LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    c wall.context := wall.ctx();
    r access_ledger;
    why text;
BEGIN
    r.id := wall.new_id();
    r.kind := kind;
    r.holder_kind := holder_kind;
    r.holder := holder;
    r.categories := CASE WHEN kind = 'block' THEN 511 ELSE categories END;
    r.space_id := of_space;
    r.subject_id := of_subject;
    r.purpose := coalesce(purpose, '');
    r.giver_id := c.unit;
    r.authority_id := c.authority;
    -- Nothing is opened for a day that has passed.
    r.starts := greatest(coalesce(starts, c.day), c.day);
    r.ends := coalesce(ends, date '3000-01-01');
    IF kind = 'break-glass' THEN
        r.until := until;
        r.starts := c.day;
        r.ends := (until AT TIME ZONE 'Europe/Copenhagen')::date + 1;
    END IF;
    r.baton := '';
    r.made_by_id := c.account;
    r.made_at := now();
    r.approved_by := approved_by;
    r.reason := coalesce(reason, '');
    r.source := source;
    why := wall.judge(c, r);
    IF why IS NOT NULL THEN
        PERFORM wall.refuse(why);
    END IF;
    INSERT INTO access_ledger SELECT (r).*;
    RETURN r.id;
END $$;

-- Only ever shorter, from today on. Who may end is who might have given, the unit that answers, and the citizen.
CREATE FUNCTION wall.end_relation(of_relation uuid, on_day date) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    c wall.context := wall.ctx();
    r access_ledger;
    allowed boolean;
BEGIN
    SELECT * INTO r FROM access_ledger l WHERE l.id = of_relation FOR UPDATE;
    allowed := coalesce(CASE r.kind
        WHEN 'team' THEN wall.leads(c, r.space_id) OR wall.has_baton(c, r.space_id) AND r.holder <> c.membership
            OR r.holder = c.membership AND r.baton <> 'held'
        WHEN 'leader' THEN 'membership.manage' = ANY(c.permissions)
            AND wall.authority_of('membership', r.holder) = c.authority
        WHEN 'inbox' THEN r.giver_id = c.unit AND wall.held_in(c, r.space_id, ARRAY['team', 'leader']) <> 0
            OR r.holder = c.unit AND c.receives
        WHEN 'custody' THEN r.authority_id = c.authority
            AND wall.held_about(c, r.subject_id, ARRAY['own-record']) <> 0
        WHEN 'break-glass' THEN r.holder = c.membership
            OR 'block.set' = ANY(c.permissions) AND wall.authority_of('membership', r.holder) = c.authority
        WHEN 'block' THEN r.authority_id = c.authority AND 'block.set' = ANY(c.permissions)
        WHEN 'consent' THEN NOT c.citizen AND r.giver_id = c.unit AND 'basis.register' = ANY(c.permissions)
                AND wall.held_in(c, r.space_id, ARRAY['team', 'leader', 'inbox']) <> 0
            OR c.citizen AND EXISTS (
                SELECT FROM access_ledger l WHERE l.holder = c.account AND l.subject_id = r.subject_id
                    AND l.kind = 'own-record' AND l.starts <= c.day AND l.ends > c.day)
        WHEN 'statute' THEN r.giver_id = c.unit AND 'basis.register' = ANY(c.permissions)
            AND wall.held_in(c, r.space_id, ARRAY['team', 'leader', 'inbox']) <> 0
        ELSE false
    END, false);
    IF NOT allowed THEN
        PERFORM wall.refuse('You cannot end this relation.');
    END IF;
    IF on_day IS NULL OR on_day < c.day THEN
        PERFORM wall.refuse('A relation ends today or later.');
    END IF;
    UPDATE access_ledger l SET
        ends = least(l.ends, greatest(on_day, l.starts)),
        until = CASE WHEN on_day = c.day THEN least(l.until, now()) ELSE l.until END,
        baton = CASE WHEN l.baton = 'offered' THEN '' ELSE l.baton END
    WHERE l.id = of_relation;
END $$;

-- The baton is offered by who has it (or the leader, when that person is gone) and taken by who accepts.
CREATE FUNCTION wall.offer_baton(of_space uuid, to_membership uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE c wall.context := wall.staff();
BEGIN
    IF NOT (wall.has_baton(c, of_space) OR wall.leads(c, of_space)) THEN
        PERFORM wall.refuse('Only the coordinator or the leader of the leading unit hands the coordination over.');
    END IF;
    UPDATE access_ledger SET baton = '' WHERE space_id = of_space AND baton = 'offered';
    -- With a referral it is offered to the unit that receives it: `join_team` hands it to a person there.
    UPDATE access_ledger SET baton = 'offered'
    WHERE space_id = of_space AND holder = to_membership AND baton = ''
        AND (kind = 'team' OR kind = 'inbox' AND subject_id IS NULL) AND starts <= c.day AND ends > c.day;
    IF NOT FOUND THEN
        PERFORM wall.refuse('The next coordinator must stand in the team.');
    END IF;
END $$;

CREATE FUNCTION wall.take_baton(of_space uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    c wall.context := wall.staff();
    offered uuid;
BEGIN
    SELECT l.id INTO offered FROM access_ledger l
    WHERE l.space_id = of_space AND l.kind = 'team' AND l.holder = c.membership AND l.baton = 'offered'
        AND l.starts <= c.day AND l.ends > c.day
    FOR UPDATE;
    IF offered IS NULL OR of_space = ANY(c.blocked) THEN
        PERFORM wall.refuse('The coordination has not been offered to you.');
    END IF;
    UPDATE access_ledger SET baton = '' WHERE space_id = of_space AND baton = 'held';
    UPDATE access_ledger SET baton = 'held' WHERE id = offered;
END $$;

-- A referral is accepted: somebody of the unit that received it lets a colleague of that unit, or itself, into the
-- team, no wider than the referral and the role. The one who is to coordinate is offered what the unit was offered.
CREATE FUNCTION wall.join_team(of_space uuid, of_membership uuid, of_categories integer, coordinates boolean)
RETURNS uuid LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    c wall.context := wall.staff();
    inbox access_ledger;
    widest integer;
    made uuid := wall.new_id();
BEGIN
    SELECT * INTO inbox FROM access_ledger l
    WHERE l.holder = c.unit AND l.space_id = of_space AND l.kind = 'inbox' AND l.subject_id IS NULL
        AND l.starts <= c.day AND l.ends > c.day
    ORDER BY l.baton DESC, l.id DESC LIMIT 1 FOR UPDATE;
    IF inbox.id IS NULL OR NOT c.receives OR of_space = ANY(c.blocked) THEN
        PERFORM wall.refuse('Only the unit that received the referral joins the team, and only while it waits.');
    END IF;
    SELECT k.categories INTO widest FROM organisations_membership m JOIN wall.role_mask k ON k.role = m.role
    WHERE m.id = of_membership AND m.authority_id = c.authority AND wall.sharing_unit(m.unit_id) = c.unit
        AND m.starts <= c.day AND m.ends > c.day;
    IF widest IS NULL OR coalesce(of_categories, 0) < 1 OR of_categories & ~(widest & inbox.categories) <> 0 THEN
        PERFORM wall.refuse('The referral or the role of this colleague does not include all of these categories.');
    END IF;
    IF EXISTS (
        SELECT FROM access_ledger l WHERE l.holder = of_membership AND l.space_id = of_space AND l.kind = 'team'
            AND l.starts <= c.day AND l.ends > c.day) THEN
        PERFORM wall.refuse('This colleague stands in the team already.');
    END IF;
    IF coordinates AND inbox.baton <> 'offered' THEN
        PERFORM wall.refuse('The coordination has not been offered to your unit.');
    END IF;
    IF coordinates THEN
        UPDATE access_ledger SET baton = '' WHERE id = inbox.id;
    END IF;
    INSERT INTO access_ledger (id, kind, holder_kind, holder, space_id, categories, purpose, giver_id,
        authority_id, starts, ends, baton, made_by_id, made_at, reason, source)
    VALUES (made, 'team', 'membership', of_membership, of_space, of_categories, '', c.unit, c.authority,
        c.day, '3000-01-01', CASE WHEN coordinates THEN 'offered' ELSE '' END, c.account, now(), '', inbox.id);
    RETURN made;
END $$;

-- --- subjects, spaces, items --------------------------------------------------------------------------------

CREATE FUNCTION wall.new_subject() RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    c wall.context := wall.staff();
    made uuid := wall.new_id();
BEGIN
    IF NOT 'person.create' = ANY(c.permissions) THEN
        PERFORM wall.refuse('Your role does not include making a record of a person.');
    END IF;
    INSERT INTO access_subject (id) VALUES (made);
    INSERT INTO access_ledger (id, kind, holder_kind, holder, subject_id, categories, purpose, giver_id,
        authority_id, starts, ends, baton, made_by_id, made_at, reason)
    VALUES (wall.new_id(), 'own-record', 'unit', c.unit, made, 511, '', c.unit, c.authority,
        c.day, '3000-01-01', '', c.account, now(), '');
    RETURN made;
END $$;

-- The own unit leads what it opens; who opens it is its first coordinator.
CREATE FUNCTION wall.new_space(lead_unit uuid) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    c wall.context := wall.staff();
    made uuid := wall.new_id();
BEGIN
    IF NOT 'space.open' = ANY(c.permissions) OR c.mask = 0 OR coalesce(lead_unit, c.unit) <> c.unit THEN
        PERFORM wall.refuse('You open spaces that your own unit leads.');
    END IF;
    INSERT INTO access_space (id, lead_unit_id) VALUES (made, c.unit);
    INSERT INTO access_ledger (id, kind, holder_kind, holder, space_id, categories, purpose, giver_id,
        authority_id, starts, ends, baton, made_by_id, made_at, reason)
    VALUES (wall.new_id(), 'team', 'membership', c.membership, made, c.mask, '', c.unit, c.authority,
        c.day, '3000-01-01', 'held', c.account, now(), '');
    RETURN made;
END $$;

CREATE FUNCTION wall.new_item(
    kind text, category integer, subjects uuid[], of_space uuid, released boolean
) RETURNS uuid LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    c wall.context := wall.staff();
    made uuid := wall.new_id();
    about uuid[] := ARRAY(SELECT DISTINCT x FROM unnest(subjects) x WHERE x IS NOT NULL ORDER BY x);
    one uuid;
BEGIN
    IF cardinality(about) = 0 OR cardinality(about) > 200 OR coalesce(kind, '') = '' THEN
        PERFORM wall.refuse('An item is about somebody.');
    END IF;
    IF about && c.blocked THEN
        PERFORM wall.refuse('This is refused.');
    END IF;
    IF of_space IS NOT NULL AND wall.held_in(
        c, of_space, ARRAY['team', 'leader', 'inbox', 'break-glass']) & category = 0 THEN
        PERFORM wall.refuse('You do not stand in this space for this category.');
    END IF;
    FOREACH one IN ARRAY about LOOP
        IF of_space IS NULL THEN
            IF wall.held_about(c, one, ARRAY['own-record', 'break-glass']) & category = 0 THEN
                PERFORM wall.refuse('You do not keep the record of this person for this category.');
            END IF;
        ELSIF wall.held_about(c, one, ARRAY['own-record']) = 0 AND NOT wall.is_in_space(c, one, of_space) THEN
            PERFORM wall.refuse('This person is not part of the space.');
        END IF;
    END LOOP;
    INSERT INTO access_item (id, kind, owner_authority_id, owner_unit_id, space_id, category, author_id, subjects,
        released_at)
    VALUES (made, kind, c.authority, c.unit, of_space, category, c.account, about,
        CASE WHEN released THEN now() END);
    INSERT INTO access_item_subject (item_id, subject_id) SELECT made, x FROM unnest(about) x;
    RETURN made;
END $$;

CREATE FUNCTION wall.release_item(of_item uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    c wall.context := wall.staff();
    i access_item;
BEGIN
    SELECT * INTO i FROM access_item x WHERE x.id = of_item AND x.released_at IS NULL FOR UPDATE;
    IF i.author_id IS DISTINCT FROM c.account OR i.owner_unit_id <> c.unit OR i.subjects && c.blocked
        OR (i.space_id IS NOT NULL AND wall.held_in(
            c, i.space_id, ARRAY['team', 'leader', 'inbox', 'break-glass']) & i.category = 0) THEN
        PERFORM wall.refuse('Only who wrote it releases it.');
    END IF;
    UPDATE access_item SET released_at = now() WHERE id = of_item;
END $$;

-- --- what a team member knows of a space; keys of persons; two authorities, one child ------------------------

CREATE FUNCTION wall.relations(of_space uuid) RETURNS TABLE (
    id uuid, kind text, holder_kind text, holder uuid, subject uuid, categories integer, purpose text,
    giver uuid, authority uuid, starts date, ends date, baton text
) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    c wall.context := wall.staff();
    held integer := wall.held_in(c, of_space, ARRAY['team', 'leader', 'inbox', 'break-glass']);
BEGIN
    IF held = 0 THEN
        PERFORM wall.refuse('You do not stand in this space.');
    END IF;
    -- A basis shows as far as its categories are the reader's own; emergencies and blocks show to no colleague.
    RETURN QUERY SELECT l.id, l.kind::text, l.holder_kind::text, l.holder, l.subject_id,
        CASE WHEN l.kind IN ('consent', 'statute') THEN l.categories & held ELSE l.categories END,
        l.purpose::text, l.giver_id, l.authority_id, l.starts, l.ends, l.baton::text
    FROM access_ledger l
    WHERE l.space_id = of_space AND (l.kind IN ('team', 'inbox')
        OR l.kind IN ('consent', 'statute') AND l.categories & held <> 0)
    ORDER BY l.made_at, l.id;
END $$;

CREATE FUNCTION wall.find_cpr(cpr_hash bytea) RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE c wall.context := wall.staff();
BEGIN
    -- The privacy officer, too: a citizen who asks who has looked, or asks for a block, comes with a number.
    IF NOT c.permissions && ARRAY['person.create', 'block.set'] THEN
        PERFORM wall.refuse('Your role does not include this.');
    END IF;
    RETURN (SELECT k.subject FROM wall.cpr_key k WHERE k.authority = c.authority AND k.hash = cpr_hash
        AND NOT k.subject = ANY(c.blocked));
END $$;

CREATE FUNCTION wall.put_cpr(of_subject uuid, cpr_hash bytea) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE c wall.context := wall.staff();
BEGIN
    IF NOT 'person.create' = ANY(c.permissions) OR wall.held_about(c, of_subject, ARRAY['own-record']) & 1 = 0 THEN
        PERFORM wall.refuse('You do not keep the record of this person for this category.');
    END IF;
    UPDATE wall.cpr_key k SET hash = cpr_hash WHERE k.authority = c.authority AND k.subject = of_subject;
    IF NOT FOUND THEN
        INSERT INTO wall.cpr_key (authority, hash, subject) VALUES (c.authority, cpr_hash, of_subject);
    END IF;
END $$;

-- A link between two subjects. It opens nothing: no policy reads it.
CREATE FUNCTION wall.unite(own uuid, other uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE c wall.context := wall.staff();
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('wall.unite', 0));
    IF NOT 'person.create' = ANY(c.permissions) OR wall.held_about(c, own, ARRAY['own-record']) & 1 = 0
        OR other = ANY(c.blocked) OR NOT EXISTS (
            SELECT FROM access_item_subject p JOIN access_item i ON i.id = p.item_id
            WHERE p.subject_id = other AND i.released_at IS NOT NULL AND i.space_id IS NOT NULL
                AND wall.held_in(c, i.space_id, ARRAY['team', 'leader', 'inbox']) & i.category <> 0) THEN
        PERFORM wall.refuse('Two records are linked by who keeps the one and has received the other.');
    END IF;
    IF EXISTS (
        WITH RECURSIVE up(id, into_id) AS (
            SELECT s.id, s.united_into_id FROM access_subject s WHERE s.id = other
            UNION SELECT s.id, s.united_into_id FROM access_subject s JOIN up ON s.id = up.into_id
        ) SELECT FROM up WHERE up.id = own) THEN
        PERFORM wall.refuse('These two are linked already.');
    END IF;
    UPDATE access_subject SET united_into_id = other, united_by_id = c.authority
    WHERE id = own AND united_into_id IS NULL;
    IF NOT FOUND THEN
        PERFORM wall.refuse('These two are linked already.');
    END IF;
END $$;

CREATE FUNCTION wall.part(own uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE c wall.context := wall.staff();
BEGIN
    UPDATE access_subject SET united_into_id = NULL, united_by_id = NULL
    WHERE id = own AND united_by_id = c.authority AND 'person.create' = ANY(c.permissions)
        AND wall.held_about(c, own, ARRAY['own-record']) & 1 <> 0;
    IF NOT FOUND THEN
        PERFORM wall.refuse('Only the authority that linked two records parts them.');
    END IF;
END $$;

CREATE FUNCTION wall.lock_space(of_space uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE c wall.context := wall.staff();
BEGIN
    IF wall.held_in(c, of_space, ARRAY['team', 'leader', 'inbox', 'break-glass']) = 0 THEN
        PERFORM wall.refuse('You do not stand in this space.');
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended(of_space::text, 0));
END $$;
