import { describe, expect, it } from "vitest";
import { knownSources } from "./known-sites";
import { sourceDefinitionSchema } from "./source";

const urls = (text: string) => knownSources(text).map(({ url }) => url);

describe("the pages of well-known sites", () => {
  it.each([
    ["https://github.com/nodejs/node", "https://github.com/nodejs/node/releases.atom"],
    ["https://github.com/nodejs/node/pulls?q=is%3Aopen", "https://github.com/nodejs/node/tags.atom"],
    ["https://github.com/nodejs/node.git", "https://github.com/nodejs/node/commits.atom"],
    ["https://github.com/nodejs/node/tree/v20.x", "https://github.com/nodejs/node/commits/v20.x.atom"],
    ["https://github.com/torvalds", "https://github.com/torvalds.atom"],
    ["https://gitlab.com/group/sub/project/-/issues", "https://gitlab.com/group/sub/project/-/releases.atom"],
    ["https://gitlab.example.org/group/project", "https://gitlab.example.org/group/project/-/tags?format=atom"],
    ["https://www.youtube.com/channel/UC123/videos", "https://www.youtube.com/feeds/videos.xml?channel_id=UC123"],
    ["https://www.youtube.com/user/somebody", "https://www.youtube.com/feeds/videos.xml?user=somebody"],
    ["https://www.youtube.com/watch?v=x&list=PL12", "https://www.youtube.com/feeds/videos.xml?playlist_id=PL12"],
    ["https://www.reddit.com/r/rust/top/?t=week", "https://www.reddit.com/r/rust/top/.rss?t=week"],
    ["https://old.reddit.com/r/rust/", "https://www.reddit.com/r/rust/.rss"],
    ["https://www.reddit.com/r/rust/new/", "https://www.reddit.com/r/rust/new/.rss"],
    ["https://www.reddit.com/r/rust/comments/abc/some_title/", "https://www.reddit.com/r/rust/comments/abc/.rss"],
    ["https://www.reddit.com/user/somebody", "https://www.reddit.com/user/somebody/.rss"],
    ["https://mastodon.social/@Gargron", "https://mastodon.social/@Gargron.rss"],
    ["https://mastodon.social/tags/cats", "https://mastodon.social/tags/cats.rss"],
    ["https://www.npmjs.com/package/@types/node/v/20.0.0", "https://registry.npmjs.org/@types%2Fnode"],
    ["https://www.npmjs.com/package/zod", "https://registry.npmjs.org/zod"],
    ["https://pypi.org/project/requests/", "https://pypi.org/rss/project/requests/releases.xml"],
  ])("%s has %s", (page, source) => expect(urls(page)).toContain(source));

  it.each([
    ["https://example.com/nodejs/node"],
    ["https://github.com/"],
    ["https://github.com/topics/cats"],
    ["https://github.com/nodejs/node/releases.atom"],
    ["https://github.com/torvalds.atom"],
    ["https://github.com/nodejs/node/commits/main.atom"],
    ["https://gitlab.com/group/project/-/tags?format=atom"],
    ["https://mastodon.social/@Gargron.rss"],
    ["https://www.reddit.com/r/rust/.rss"],
    ["https://www.reddit.com/r/rust/new.rss?limit=5"],
    ["https://gitlab.com/group"],
    ["https://www.youtube.com/@name"],
    ["https://medium.com/@name"],
    ["https://mastodon.social/explore"],
    ["ftp://github.com/a/b"],
    ["github.com/a/b"],
    [""],
  ])("%j has none that its address tells", (page) => expect(urls(page)).toEqual([]));

  it("become complete definitions", () => {
    const pages = ["https://github.com/a/b", "https://gitlab.com/a/b", "https://www.npmjs.com/package/zod", "https://mastodon.social/@a"];
    const definitions = pages.flatMap(knownSources).map(({ label: _label, ...definition }) => sourceDefinitionSchema.safeParse(definition).success);
    expect(new Set(definitions)).toEqual(new Set([true]));
  });
});
