-- By the id of an item its place in lists, from the index alone: what the words find is sorted by it.
-- DropIndex
DROP INDEX "item_org_id_id_idx";

-- CreateIndex
CREATE INDEX "item_org_id_id_last_changed_at_idx" ON "item"("org_id", "id", "last_changed_at");

-- A source's items in the order of lists: a frequent word is looked for in them one after the other.
-- CreateIndex
CREATE INDEX "item_org_id_source_id_last_changed_at_id_idx" ON "item"("org_id", "source_id", "last_changed_at" DESC, "id" DESC);

-- How many rows the planner's statistics expect for a query. Volatile, as PostgreSQL allows EXPLAIN nowhere else.
CREATE FUNCTION "app"."expected_items"(query tsquery) RETURNS float8 LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
  AS $$
DECLARE
  plan json;
BEGIN
  EXECUTE format('EXPLAIN (FORMAT JSON) SELECT FROM app.item_words WHERE words @@ %L::tsquery', query) INTO plan;
  RETURN plan #>> '{0,Plan,Plan Rows}';
END
$$;

-- Which of these items of the organization match, in their order: looked at 2,000 at a time until there are `most` or more. What
-- "item_matches" says, in a tenth of the time.
CREATE FUNCTION "app"."items_holding"(org uuid, items bigint[], query tsquery, most integer) RETURNS bigint[]
  LANGUAGE plpgsql STABLE SECURITY DEFINER COST 10000 SET search_path = pg_catalog, pg_temp SET enable_seqscan = off SET client_min_messages = error
  AS $$
DECLARE
  part bigint[];
  found bigint[] := '{}';
BEGIN
  IF NOT app.may_see(org) THEN RETURN found; END IF;
  FOR start IN 1 .. cardinality(items) BY 2000 LOOP
    EXIT WHEN cardinality(found) >= most;
    part := items[start:start + 1999];
    found := found || array(
      WITH indexed AS MATERIALIZED (SELECT w.item_id AS id, w.words @@ query AS holds FROM app.item_words w WHERE w.item_id = ANY (part) AND w.org_id = org)
      SELECT p.id FROM unnest(part) WITH ORDINALITY AS p (id, nth) LEFT JOIN indexed USING (id)
      WHERE coalesce(holds, (SELECT app.words_of(org, i.title, i.url, i.fields) @@ query FROM public.item i WHERE i.id = p.id AND i.org_id = org))
      ORDER BY p.nth);
  END LOOP;
  RETURN found;
END
$$;

-- Like "find_items", for terms as "words_query" reads them; null where the index is no help: for what is only to be left out, and where ten
-- times `most` are expected. The index goes through all that a word has, and all words that begin like one, before it names the first item.
CREATE FUNCTION "app"."find_few_items"(org uuid, terms jsonb, most integer) RETURNS bigint[]
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET client_min_messages = error
  AS $$
DECLARE
  query tsquery := app.words_query(org, terms);
  wanted jsonb := jsonb_path_query_array(terms, '$[*] ? (@.isExcluded == false)');
  expected float8;
  rarest tsquery;
  fewest float8;
  most_of_one float8;
  found bigint[];
BEGIN
  IF NOT app.may_see(org) THEN RETURN '{}'; END IF;
  expected := app.expected_items(query);
  IF wanted = '[]' AND terms <> '[]' OR expected > 10.0 * most THEN RETURN NULL; END IF;
  SELECT (array_agg(part ORDER BY of_part))[1], min(of_part), max(of_part) INTO rarest, fewest, most_of_one
    FROM jsonb_array_elements(wanted) AS t (term), app.words_query(org, jsonb_build_array(term)) AS part, app.expected_items(part) AS of_part
    WHERE numnode(part) > 0;
  -- Words that are frequent each may be rare together: then the index is the only way to find it.
  IF fewest > 10.0 * most AND expected > 2.0 * most THEN RETURN NULL; END IF;
  -- What holds the rarest word is looked at for the others.
  IF fewest < least(most, 10000) AND most_of_one > 10.0 * most THEN
    found := app.find_items(org, rarest, most);
    IF cardinality(found) < most THEN RETURN app.items_holding(org, found, query, most); END IF;
  END IF;
  RETURN app.find_items(org, query, most);
END
$$;
