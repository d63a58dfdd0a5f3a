-- Make the partitions of this month and of `ahead` months to come. The only function of the owner's: it
-- makes tables, takes no text, and makes none that is there already.

CREATE FUNCTION audit.make_months(ahead integer) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
    begins timestamp := date_trunc('month', now() AT TIME ZONE 'UTC');
    parent text;
    child text;
    made integer := 0;
BEGIN
    FOR month IN 0 .. least(greatest(ahead, 0), 12) LOOP
        FOREACH parent IN ARRAY ARRAY['log_event', 'log_subject'] LOOP
            child := parent || to_char(begins, '_YYYY_MM');
            CONTINUE WHEN to_regclass('public.' || child) IS NOT NULL;
            BEGIN
                EXECUTE format('CREATE TABLE public.%I (LIKE public.%I INCLUDING ALL)', child, parent);
                EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', child);
                EXECUTE format('ALTER TABLE public.%I FORCE ROW LEVEL SECURITY', child);
                EXECUTE format('CREATE TRIGGER stays_whole BEFORE TRUNCATE ON public.%I '
                    'EXECUTE FUNCTION audit.stays()', child);
                EXECUTE format('ALTER TABLE public.%I ATTACH PARTITION public.%I FOR VALUES FROM (%L) TO (%L)',
                    parent, child, begins::text || '+00', (begins + interval '1 month')::text || '+00');
                made := made + 1;
            EXCEPTION WHEN check_violation THEN
                -- The default partition took rows of this month already; they are as safe there.
                NULL;
            END;
        END LOOP;
        begins := begins + interval '1 month';
    END LOOP;
    RETURN made;
END $$;
REVOKE ALL ON FUNCTION audit.make_months(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit.make_months(integer) TO samspil_app;
SELECT audit.make_months(3);
