import { type SourceDefinition, sourceDefinitionSchema } from "./source";

/** A ready-made source definition that a person starts from. */
export interface SourceTemplate {
  id: string;
  title: string;
  description: string;
  definition: SourceDefinition;
}

/** The schema fills in what a template leaves at its default. */
function define(id: string, title: string, description: string, definition: unknown): SourceTemplate {
  return { id, title, description, definition: sourceDefinitionSchema.parse(definition) };
}

/** All templates, in the order in which they are offered. Addresses on example.com stand for the person's own. */
export const SOURCE_TEMPLATES: readonly SourceTemplate[] = [
  define("feed", "News or blog feed", "Any RSS, Atom or JSON Feed.", {
    kind: "feed",
    name: "News feed",
    url: "https://example.com/feed.xml",
  }),
  define("github-releases", "GitHub releases", "New releases of a project. Put the owner and the project into the address.", {
    kind: "feed",
    name: "Node.js releases",
    url: "https://github.com/nodejs/node/releases.atom",
  }),
  define("youtube-channel", "YouTube channel", "New videos of a channel. Put the channel's id at the end of the address.", {
    kind: "feed",
    name: "YouTube channel",
    url: "https://www.youtube.com/feeds/videos.xml?channel_id=CHANNEL_ID",
  }),
  define("github-issues", "GitHub issues (JSON API, many pages)", "Open issues of a project, page by page through the Link header.", {
    kind: "json_api",
    name: "GitHub issues",
    url: "https://api.github.com/repos/nodejs/node/issues?state=open&per_page=100",
    config: {
      keyExpression: "id",
      titleExpression: "title",
      linkExpression: "html_url",
      dateExpression: "created_at",
      fields: { number: "number", author: "user.login", labels: "labels.name", comments: "comments" },
      pagination: { type: "link_header", maxPages: 5 },
    },
  }),
  define("json-api-pages", "JSON API with page numbers", "A list whose pages are counted in the address, as in ?page=2.", {
    kind: "json_api",
    name: "JSON API",
    url: "https://example.com/api/articles",
    config: { itemsExpression: "items", keyExpression: "id", pagination: { type: "page_number", parameter: "page", firstPage: 1 } },
  }),
  define("json-api-cursor", "JSON API with a cursor", "A list where each page says where the next one starts.", {
    kind: "json_api",
    name: "JSON API",
    url: "https://example.com/api/records?limit=100",
    config: { itemsExpression: "data", keyExpression: "id", pagination: { type: "cursor", cursorExpression: "meta.next_cursor", parameter: "cursor" } },
  }),
  define("earthquakes", "Earthquakes (GeoJSON)", "The earthquakes of the past day, from the U.S. Geological Survey.", {
    kind: "json_api",
    name: "Earthquakes",
    url: "https://earthquake.usgs.gov/earthquakes/feed/v1.0/summary/all_day.geojson",
    config: {
      itemsExpression: "features",
      keyExpression: "id",
      titleExpression: "properties.title",
      linkExpression: "properties.url",
      dateExpression: "properties.time",
      fields: {
        magnitude: "properties.mag",
        place: "properties.place",
        longitude: "geometry.coordinates[0]",
        latitude: "geometry.coordinates[1]",
        depthKm: "geometry.coordinates[2]",
      },
    },
  }),
  define("html-list", "List on a web page", "A page with a list of articles, for sites that have no feed.", {
    kind: "html_page",
    name: "Web page",
    url: "https://example.com/news",
    config: {
      itemSelector: "article",
      titleSelector: "h2, h3",
      linkSelector: "a[href]",
      dateSelector: "time",
      fields: { summary: { selector: "p" }, image: { selector: "img", attribute: "src" } },
    },
  }),
  define("structured-page", "What a web page states (JSON-LD, microdata)", "Products, events, articles or jobs, as many sites state them for search engines.", {
    kind: "html_page",
    name: "Web page",
    url: "https://example.com/events",
    config: { itemsFrom: "structured_data", itemTypes: ["Event"] },
  }),
  define("sitemap", "Sitemap of a site", "New and changed pages of a whole site, or of a part of it. Indexes of sitemaps are followed.", {
    kind: "sitemap",
    name: "Pages of a site",
    url: "https://example.com/sitemap.xml",
    config: { addressContains: "/blog/" },
  }),
  define(
    "csv",
    "Table in text (CSV, TSV)",
    "One item for each row. Name the columns by which a row is known again; without any, a changed row is a new item.",
    {
      kind: "csv",
      name: "Table",
      url: "https://example.com/prices.csv",
      config: { keyColumns: ["sku"], titleColumn: "product", dateColumn: "updated", fields: { price: "price", currency: "currency" } },
    },
  ),
];
