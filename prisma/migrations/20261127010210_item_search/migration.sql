-- The words of items, to search them. Row-level security keeps PostgreSQL from using an index over words: `@@` is not leakproof, so it may be
-- asked only of rows that have passed the policy. The words stand therefore outside of "public", where Milkrun's role has no right to
-- read or write at all; the functions below, which are the owner's, answer for the organization of the transaction and no other.

-- Where an item has no row, its words are yet to be written: a search reads the item itself.
CREATE TABLE "app"."item_words" (
  item_id bigint PRIMARY KEY,
  org_id uuid NOT NULL,
  words tsvector NOT NULL
);
CREATE INDEX item_words_words ON "app"."item_words" USING gin (words);

-- What is to be written: a row for each 500 items that a statement brought. Writing words takes longer than storing the item, so that no run waits for it.
CREATE TABLE "app"."unindexed_items" (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  org_id uuid NOT NULL,
  item_ids bigint[] NOT NULL
);
CREATE INDEX unindexed_items_org ON "app"."unindexed_items" (org_id, id DESC);

-- ---------------------------------------------------------------- what is a word
-- The same for every language and for what is looked for: without case and accents; scripts that write words together are taken
-- character by character, so that a part of a text is found as a phrase.
CREATE FUNCTION "app"."fold"(text text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  AS $$ SELECT CASE WHEN octet_length(text) = length(text) THEN lower(text) ELSE regexp_replace(
    normalize(regexp_replace(normalize(translate(replace(lower(text), 'ß', 'ss'), 'øłđı', 'oldi'), NFKD), '[\u0300-\u036f]+', '', 'g'), NFKC),
    '([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])', ' \1 ', 'g') END $$;

-- Each word begins with a mark of its organization: an index over everybody's words serves each as if it were theirs alone.
CREATE FUNCTION "app"."mark_words"(org uuid, text text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  AS $$ SELECT CASE WHEN right(marked, 6) = ' x' || right(org::text, 4) THEN left(marked, -6) ELSE marked END
    FROM (SELECT regexp_replace(' ' || app.fold(text), '[^[:alnum:]]+', ' x' || right(org::text, 4), 'g') AS marked) AS m $$;

-- Of title, address and fields; 10,000 characters of each field and 50,000 in all.
CREATE FUNCTION "app"."words_of"(org uuid, title text, url text, fields jsonb) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT to_tsvector('pg_catalog.simple', app.mark_words(org, left(concat_ws(' ', title, url,
    (SELECT regexp_replace(string_agg(left(value, 10000), ' '), '<[^<>]*>', ' ', 'g') FROM jsonb_each_text(fields))), 50000))) $$;

-- Terms as domain/search-terms.ts reads them: {"text", "isPrefix", "isExcluded"}. All have to hold.
CREATE FUNCTION "app"."words_query"(org uuid, terms jsonb) RETURNS tsquery LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
  SET client_min_messages = error
  AS $$
DECLARE
  term record;
  part tsquery;
  whole tsquery := '';
BEGIN
  FOR term IN SELECT * FROM jsonb_to_recordset(terms) AS t(text text, "isPrefix" boolean, "isExcluded" boolean) LOOP
    part := phraseto_tsquery('pg_catalog.simple', app.mark_words(org, term.text));
    CONTINUE WHEN numnode(part) = 0;
    IF term."isPrefix" THEN part := (part::text || ':*')::tsquery; END IF;
    whole := whole && CASE WHEN term."isExcluded" THEN !!part ELSE part END;
  END LOOP;
  RETURN whole;
END
$$;

-- ---------------------------------------------------------------- what matches
-- Owner's functions must not look for names where somebody else can put some.
CREATE FUNCTION "app"."may_see"(org uuid) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT coalesce(org = app.current_org(), false) OR app.is_system() $$;

-- Whether one item of the organization matches.
CREATE FUNCTION "app"."item_matches"(item bigint, org uuid, title text, url text, fields jsonb, query tsquery) RETURNS boolean
  LANGUAGE plpgsql STABLE SECURITY DEFINER COST 500 SET search_path = pg_catalog, pg_temp
  AS $$
DECLARE
  stored tsvector;
BEGIN
  SELECT w.words INTO stored FROM app.item_words w WHERE w.item_id = item AND w.org_id = org AND app.may_see(org);
  RETURN coalesce(stored, app.words_of(org, title, url, fields)) @@ query;
END
$$;

-- Ids of items of the organization that match, `most` of them at most and in no order: by the index, and the newest 3,000 of those that it lacks.
CREATE FUNCTION "app"."find_items"(org uuid, query tsquery, most integer) RETURNS bigint[]
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  SET enable_seqscan = off SET plan_cache_mode = force_custom_plan SET work_mem = '16MB' SET client_min_messages = error
  AS $$
DECLARE
  found bigint[];
  pending bigint[];
BEGIN
  IF NOT app.may_see(org) THEN RETURN '{}'; END IF;
  found := array(SELECT w.item_id FROM app.item_words w WHERE w.words @@ query AND w.org_id = org LIMIT most);
  pending := array(SELECT unnest(u.item_ids) FROM app.unindexed_items u WHERE u.org_id = org ORDER BY u.id DESC LIMIT 3000);
  IF cardinality(pending) = 0 THEN RETURN found; END IF;
  RETURN found || array(
    -- Materialized, so that no other item is read.
    WITH unread AS MATERIALIZED (SELECT i.id, i.title, i.url, i.fields FROM public.item i WHERE i.id = ANY (pending) AND i.org_id = org)
    SELECT u.id FROM unread u WHERE app.words_of(org, u.title, u.url, u.fields) @@ query LIMIT most);
END
$$;

-- ---------------------------------------------------------------- what is written when
CREATE FUNCTION "app"."note_new_items"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
BEGIN
  INSERT INTO app.unindexed_items (org_id, item_ids)
    SELECT org_id, array_agg(id) FROM (SELECT org_id, id, row_number() OVER () / 500 AS part FROM added) AS parts GROUP BY org_id, part;
  RETURN NULL;
END
$$;

CREATE FUNCTION "app"."note_changed_item"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
BEGIN
  DELETE FROM app.item_words WHERE item_id = NEW.id;
  INSERT INTO app.unindexed_items (org_id, item_ids) VALUES (NEW.org_id, ARRAY[NEW.id]);
  RETURN NULL;
END
$$;

CREATE FUNCTION "app"."forget_items"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
BEGIN
  DELETE FROM app.item_words w USING removed WHERE w.item_id = removed.id;
  RETURN NULL;
END
$$;

CREATE TRIGGER item_is_noted AFTER INSERT ON "item" REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION app.note_new_items();
CREATE TRIGGER item_is_noted_again AFTER UPDATE ON "item" FOR EACH ROW WHEN (OLD.content_hash <> NEW.content_hash) EXECUTE FUNCTION app.note_changed_item();
CREATE TRIGGER item_is_forgotten AFTER DELETE ON "item" REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION app.forget_items();

-- Writes the words of what `most` rows name, the newest first; how many items that were, or null when nothing is left or another
-- process is at it. One at a time: of two, the one that read an item earlier could write its words later. In a transaction that sees every organization.
CREATE FUNCTION "app"."write_words"(most integer) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET client_min_messages = error
  AS $$
DECLARE
  written integer;
BEGIN
  IF NOT app.is_system() OR NOT pg_try_advisory_xact_lock(hashtext('milkrun.item_words')) THEN RETURN NULL; END IF;
  IF NOT EXISTS (SELECT FROM app.unindexed_items) THEN RETURN NULL; END IF;
  WITH taken AS (
    DELETE FROM app.unindexed_items WHERE id IN (SELECT id FROM app.unindexed_items ORDER BY id DESC LIMIT most) RETURNING item_ids
  )
  INSERT INTO app.item_words AS w (item_id, org_id, words)
    SELECT i.id, i.org_id, app.words_of(i.org_id, i.title, i.url, i.fields)
    FROM (SELECT DISTINCT unnest(item_ids) AS id FROM taken) AS t JOIN public.item i ON i.id = t.id
  ON CONFLICT (item_id) DO UPDATE SET words = excluded.words;
  GET DIAGNOSTICS written = ROW_COUNT;
  RETURN written;
END
$$;

-- ---------------------------------------------------------------- what is there already
-- Row-level security is forced, for the owner too.
SELECT set_config('app.scope', 'system', true);

INSERT INTO "app"."unindexed_items" (org_id, item_ids)
  SELECT org_id, array_agg(id) FROM (SELECT id, org_id, row_number() OVER (PARTITION BY org_id ORDER BY id) / 500 AS part FROM "item") AS parts
  GROUP BY org_id, part ORDER BY max(id);
