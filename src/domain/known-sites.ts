import type { SourceSuggestion } from "./address-check";

/** An address, taken apart. */
interface Place {
  url: URL;
  /** Without `www.`. */
  host: string;
  /** The parts of the path, without empty ones. */
  path: string[];
}

type Rule = (place: Place) => SourceSuggestion[];

const feed = (label: string, name: string, url: string): SourceSuggestion => ({ label, name, kind: "feed", url, config: {} });

/** Paths of GitHub that are no people. */
const NOT_PEOPLE = ["about", "explore", "features", "login", "marketplace", "orgs", "pricing", "search", "settings", "sponsors", "topics", "trending"];

const github: Rule = ({ host, path: [owner, repository, section = "", ...rest] }) => {
  if (host !== "github.com" || owner === undefined || NOT_PEOPLE.includes(owner)) return [];
  if (repository === undefined) return [feed("Public activity on GitHub", `${owner} on GitHub`, `https://github.com/${owner}.atom`)];
  const project = `${owner}/${repository.replace(/\.git$/, "")}`;
  return [
    feed("Releases on GitHub", `${project} releases`, `https://github.com/${project}/releases.atom`),
    feed("Tags on GitHub", `${project} tags`, `https://github.com/${project}/tags.atom`),
    feed("Commits on GitHub", `${project} commits`, `https://github.com/${project}/commits.atom`),
    ...(["commits", "tree"].includes(section) && rest.length > 0
      ? [
          feed(
            `Commits to ${rest.join("/")} on GitHub`,
            `${project} commits to ${rest.join("/")}`,
            `https://github.com/${project}/commits/${rest.join("/")}.atom`,
          ),
        ]
      : []),
  ];
};

/** Projects stand in groups of any depth; what follows `-` is a page of the project. */
const gitlab: Rule = ({ host, path, url }) => {
  if (!/^gitlab\./.test(host)) return [];
  const end = path.indexOf("-");
  const parts = end === -1 ? path : path.slice(0, end);
  if (parts.length < 2) return [];
  const project = parts.join("/");
  const base = `${url.origin}/${project}`;
  return [
    feed("Releases on GitLab", `${project} releases`, `${base}/-/releases.atom`),
    feed("Tags on GitLab", `${project} tags`, `${base}/-/tags?format=atom`),
    feed("Activity on GitLab", `${project} activity`, `${base}.atom`),
  ];
};

const youtube: Rule = ({ host, path: [first, id], url }) => {
  if (host !== "youtube.com" && host !== "m.youtube.com") return [];
  const list = url.searchParams.get("list");
  const of = (parameter: string, value: string) => `https://www.youtube.com/feeds/videos.xml?${parameter}=${encodeURIComponent(value)}`;
  if (first === "user" && id !== undefined) return [feed("Videos of the channel", `${id} on YouTube`, of("user", id))];
  if (first === "channel" && id !== undefined) return [feed("Videos of the channel", "YouTube channel", of("channel_id", id))];
  return list === null ? [] : [feed("Videos of the playlist", "YouTube playlist", of("playlist_id", list))];
};

const reddit: Rule = ({ host, path, url: { search } }) => {
  if (!/(?:^|\.)reddit\.com$/.test(host)) return [];
  const [section, name, ...rest] = path;
  if (name === undefined || section === undefined || !["r", "u", "user"].includes(section)) return [];
  const who = section === "r" ? `r/${name}` : `u/${name}`;
  const isThread = rest[0] === "comments";
  const page = isThread ? path.slice(0, 4) : path.slice(0, 3);
  return [
    feed(isThread ? "Comments on Reddit" : "Posts on Reddit", `${who} on Reddit`, `https://www.reddit.com/${page.join("/")}/.rss${isThread ? "" : search}`),
  ];
};

/** Sites that put an @ before names and are no Mastodon. */
const NO_MASTODON = ["youtube.com", "m.youtube.com", "medium.com", "tiktok.com", "threads.net", "threads.com", "npmjs.com", "substack.com"];

const mastodon: Rule = ({ host, path: [first = "", second], url }) => {
  if (NO_MASTODON.includes(host)) return [];
  const isTag = first === "tags" && second !== undefined;
  if (!isTag && !/^@\w[\w.-]*$/.test(first)) return [];
  const page = isTag ? `tags/${second}` : first;
  return [feed("Posts on Mastodon", isTag ? `#${second} on ${host}` : `${first} on ${host}`, `${url.origin}/${page}.rss`)];
};

const NPM_VERSIONS =
  '$each(versions, function($value, $name) { { "id": $name, "title": $$.name & " " & $name, "date": $lookup($$.time, $name), "license": $value.license } })';

const npm: Rule = ({ host, path: [first, ...rest] }) => {
  if (host !== "npmjs.com" || first !== "package" || rest[0] === undefined) return [];
  const name = rest[0].startsWith("@") ? rest.slice(0, 2).join("/") : rest[0];
  const config = { itemsExpression: NPM_VERSIONS, keyExpression: "id", titleExpression: "title", dateExpression: "date" };
  return [{ label: "Versions on npm", name: `${name} on npm`, kind: "json_api", url: `https://registry.npmjs.org/${name.replace("/", "%2F")}`, config }];
};

const pypi: Rule = ({ host, path: [first, name] }) =>
  host === "pypi.org" && first === "project" && name !== undefined
    ? [feed("Releases on PyPI", `${name} on PyPI`, `https://pypi.org/rss/project/${name}/releases.xml`)]
    : [];

const RULES = [github, gitlab, youtube, reddit, npm, pypi, mastodon];

/** The sources that well-known sites offer for one of their pages, out of its address alone; empty for all others and for the sources themselves. */
export function knownSources(text: string): SourceSuggestion[] {
  if (!URL.canParse(text)) return [];
  const url = new URL(text);
  if (!/^https?:$/.test(url.protocol) || /\.(?:atom|rss)$/.test(url.pathname)) return [];
  const place = { url, host: url.hostname.replace(/^www\./, ""), path: url.pathname.split("/").filter((part) => part !== "") };
  const found = RULES.flatMap((rule) => rule(place));
  return found.some((suggestion) => suggestion.url === url.href) ? [] : found;
}
