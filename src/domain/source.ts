import { z } from "zod";
import { paceSchema } from "./pace";
import { sourceHeaderSchema, sourceHeadersInputSchema } from "./source-header";
import { sourceLimitsSchema } from "./source-limits";

/** The kinds of source that there is a collector for. */
export const SOURCE_KINDS = ["feed", "json_api", "html_page", "sitemap", "csv"] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

const expression = z.string().trim().max(1000, "Keep the expression under 1,000 characters.");
const selector = z.string().trim().max(500, "Keep the selector under 500 characters.");
const column = z.string().trim().max(100, "Keep the name of the column under 100 characters.");
const fieldName = z
  .string()
  .trim()
  .regex(/^[A-Za-z_][A-Za-z0-9_]{0,39}$/, "Use letters, digits and _, starting with a letter; at most 40 characters.")
  .refine((name) => !["__proto__", "constructor", "prototype"].includes(name), "This name is reserved. Choose another one.");
const maxPages = z.int().min(1, "At least 1 page.").max(100, "At most 100 pages.").default(10);

/** What the configuration of every kind may say. */
const commonConfig = {
  /** The site's owner permits what its robots.txt asks programs not to do. Absent: no. */
  ignoreRobots: z.boolean().optional(),
  /** What is not in its list any more is gone. Absent: as the kind usually is, domain/complete-list.ts. */
  completeList: z.boolean().optional(),
  /** It is asked in every run, however rarely the site wants to be asked. Absent: no. */
  everyRun: z.boolean().optional(),
  /** Absent: as usual. */
  limits: sourceLimitsSchema.optional(),
};

const commonConfigSchema = z.object(commonConfig);
type CommonConfig = z.infer<typeof commonConfigSchema>;

/** What a configuration says besides what that of every kind may say. */
export function withoutCommon<C extends CommonConfig>({
  ignoreRobots: _robots,
  completeList: _complete,
  everyRun: _every,
  limits: _limits,
  ...own
}: C): Omit<C, keyof CommonConfig> {
  return own;
}

/** What an entry of a feed is known again by: what it calls its id, as the format wants it, or what serves where ids change or repeat. */
const FEED_KEYS = ["id", "link", "title"] as const;

const feedConfigSchema = z.object({
  ...commonConfig,
  /** Absent: the id, else the link, else title and date. */
  keyFrom: z.enum(FEED_KEYS).optional(),
});
export type FeedConfig = z.infer<typeof feedConfigSchema>;

/** How the following pages of a JSON API are found. `none` reads one page. */
const paginationSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("none") }),
  z.object({ type: z.literal("link_header"), maxPages }),
  z.object({
    type: z.literal("cursor"),
    /** JSONata over the page: the next cursor, or nothing at the end. */
    cursorExpression: expression.min(1, "Say where the page holds the next cursor, for instance meta.next."),
    parameter: z.string().trim().min(1, "Name the query parameter that takes the cursor.").max(100),
    maxPages,
  }),
  z.object({
    type: z.literal("page_number"),
    parameter: z.string().trim().min(1, "Name the query parameter that takes the page number.").max(100).default("page"),
    firstPage: z.int().min(0, "The first page is 0 or more.").max(1_000_000).default(1),
    /** By how much the number grows: where it counts items, by as many as a page has. Absent: 1. */
    step: z.int().min(1, "It grows by 1 or more.").max(10_000, "It grows by at most 10,000.").optional(),
    maxPages,
  }),
]);
export type Pagination = z.infer<typeof paginationSchema>;

/** All expressions are JSONata. `itemsExpression` runs over the page; the others over each item. */
export const jsonApiConfigSchema = z.object({
  ...commonConfig,
  /** Empty: the document itself is the list, else the list in it that has a usual name or is the only one. */
  itemsExpression: expression.default(""),
  /** Empty: `id`, `key`, `uuid`, `guid`, `objectID`, `url`, another link or, failing these, the item's content. */
  keyExpression: expression.default(""),
  /** Empty, for title, link and date: the usual names, for instance `title`, `html_url` and `published_at`. */
  titleExpression: expression.default(""),
  linkExpression: expression.default(""),
  dateExpression: expression.default(""),
  /** More fields to keep, by name. Empty: the whole item is kept. */
  fields: z.record(fieldName, expression.min(1, "Say what the field holds.")).default({}),
  pagination: paginationSchema.default({ type: "none" }),
});
export type JsonApiConfig = z.infer<typeof jsonApiConfigSchema>;

/** CSS selectors. `itemSelector` runs over the page, the others within each item. An empty one in `fields` means the item itself. */
const selectorsConfig = {
  itemSelector: selector.default(""),
  /** Empty: the first heading in the item, else the first link's text, else all of its text. */
  titleSelector: selector.default(""),
  /** The first link's address is taken. Empty: the first link in the item, else the one that it stands in. */
  linkSelector: selector.default(""),
  /** Empty: the first time element in the item. */
  dateSelector: selector.default(""),
  /** Empty: the link identifies the item or, failing that, its text. */
  keySelector: selector.default(""),
  fields: z.record(fieldName, z.object({ selector, attribute: z.string().trim().max(100).default("") })).default({}),
};

const thingType = z
  .string()
  .trim()
  .regex(/^[A-Za-z][A-Za-z0-9]{0,59}$/, "Use names of schema.org, for instance Product or NewsArticle.");

/** The items of a web page are elements that selectors name, or what the page states in JSON-LD, microdata or Open Graph. */
export const htmlPageConfigSchema = z
  .object({
    ...commonConfig,
    itemsFrom: z.enum(["selectors", "structured_data"]).default("selectors"),
    /** Of structured data. Empty: what the page is about. */
    itemTypes: z.array(thingType).max(10, "Use at most 10 types.").default([]),
    ...selectorsConfig,
  })
  .refine(({ itemsFrom, itemSelector }) => itemsFrom !== "selectors" || itemSelector !== "", {
    path: ["itemSelector"],
    error: "Say which element holds one item, for instance article or .post.",
  });
export type HtmlPageConfig = z.infer<typeof htmlPageConfigSchema>;

export const sitemapConfigSchema = z.object({
  ...commonConfig,
  /** Only addresses with this text in them are items. Empty: all. */
  addressContains: z.string().trim().max(500, "Keep the text under 500 characters.").default(""),
  /** How many of the sitemaps that an index names are read, those that changed last first. */
  maxSitemaps: z.int().min(1, "At least 1 sitemap.").max(100, "At most 100 sitemaps.").default(10),
});
export type SitemapConfig = z.infer<typeof sitemapConfigSchema>;

/** Columns go by the names in the table's header; without one they are `column_1`, `column_2` and so on. */
export const csvConfigSchema = z.object({
  ...commonConfig,
  delimiter: z.enum(["auto", "comma", "semicolon", "tab", "pipe"]).default("auto"),
  /** Whether the first row names the columns. */
  header: z.enum(["auto", "present", "absent"]).default("auto"),
  /** What identifies a row, together. Empty: `id`, `key`, `guid`, `uuid`, `objectid`, `url`, another link or, failing these, the row's content. */
  keyColumns: z.array(column.min(1, "Name the column.")).max(10, "Use at most 10 columns.").default([]),
  /** Empty, for title, link and date: the usual names, for instance `title`, `url` and `date`. */
  titleColumn: column.default(""),
  linkColumn: column.default(""),
  dateColumn: column.default(""),
  /** More fields to keep, by name. Empty: every column is kept under its own. */
  fields: z.record(fieldName, column.min(1, "Say which column the field holds.")).default({}),
});
export type CsvConfig = z.infer<typeof csvConfigSchema>;

/** Where a source is. */
export const sourceAddressSchema = z
  .string()
  .trim()
  .min(1, "Enter the address of the source.")
  .max(2000, "Keep the address under 2,000 characters.")
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), "Enter a full address that starts with http:// or https://.")
  .refine((text) => !URL.canParse(text) || new URL(text).username + new URL(text).password === "", "Leave user name and password out of the address.");

/** In the order of the form, so that the first message is that of the first input. */
const common = {
  url: sourceAddressSchema,
  name: z.string().trim().min(1, "Give the source a name.").max(120, "Keep the name under 120 characters."),
};

/** What a person states about a source. The form, the router and the collectors share it. */
export const sourceDefinitionSchema = z.discriminatedUnion("kind", [
  z.object({ ...common, kind: z.literal("feed"), config: feedConfigSchema.default({}) }),
  z.object({ ...common, kind: z.literal("json_api"), config: jsonApiConfigSchema }),
  z.object({ ...common, kind: z.literal("html_page"), config: htmlPageConfigSchema }),
  z.object({ ...common, kind: z.literal("sitemap"), config: sitemapConfigSchema }),
  z.object({ ...common, kind: z.literal("csv"), config: csvConfigSchema }),
]);
export type SourceDefinition = z.infer<typeof sourceDefinitionSchema>;

/** A definition with the headers to be sent, which are stored apart from it and cannot be read again. */
export const newSourceSchema = sourceDefinitionSchema.and(z.object({ headers: sourceHeadersInputSchema.optional() }));

/** A preset that holds a source, and whether the source is switched on in it. */
export const presetOfSourceSchema = z.object({ id: z.uuid(), name: z.string(), enabledHere: z.boolean() });
export type PresetOfSource = z.infer<typeof presetOfSourceSchema>;

const storedShape = {
  id: z.uuid(),
  name: z.string(),
  url: z.string(),
  enabled: z.boolean(),
  lastSuccessAt: z.date().nullable(),
  lastFailureAt: z.date().nullable(),
  lastFailureMessage: z.string().nullable(),
  consecutiveFailures: z.int(),
  /** Workers that died while they collected it, since it was last collected. */
  crashCount: z.int(),
  /** Left out of runs since then, because collecting it stopped workers; null when it is not. */
  quarantinedAt: z.date().nullable(),
  headers: z.array(sourceHeaderSchema),
  /** How often it wants to be asked, as it said when it was last read; null where that is not known. */
  pace: paceSchema.nullable(),
  presets: z.array(presetOfSourceSchema),
  /** Another one once a person has changed the source. */
  revision: z.string(),
};

/** The revision that a change is based on: it is refused when something else is stored by now. Left out, it replaces whatever there is. */
export const seenRevisionSchema = z.string().max(40).optional();

/** A source as lists and forms show it. */
export const sourceSchema = z.discriminatedUnion("kind", [
  z.object({ ...storedShape, kind: z.literal("feed"), config: feedConfigSchema }),
  z.object({ ...storedShape, kind: z.literal("json_api"), config: jsonApiConfigSchema }),
  z.object({ ...storedShape, kind: z.literal("html_page"), config: htmlPageConfigSchema }),
  z.object({ ...storedShape, kind: z.literal("sitemap"), config: sitemapConfigSchema }),
  z.object({ ...storedShape, kind: z.literal("csv"), config: csvConfigSchema }),
]);
export type Source = z.infer<typeof sourceSchema>;

/** A source by itself, with how many items it has: counting them for a list would take as long as there are items. */
export const countedSourceSchema = sourceSchema.and(z.object({ itemCount: z.int() }));
export type CountedSource = z.infer<typeof countedSourceSchema>;
