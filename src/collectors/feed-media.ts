import type { AtomFeed } from "feedsmith";
import type { FeedFile } from "./feed-entry";

type Media = NonNullable<AtomFeed.Entry<string>["media"]>;

/** The files that Media RSS names: each of a group is the same in another form, as different as two enclosures. */
export function mediaFiles(media: Media | undefined): FeedFile[] {
  if (!media) return [];
  const contents = [...(media.contents ?? []), ...(media.groups ?? []).flatMap((group) => group.contents ?? [])];
  return contents.map(({ url, type, fileSize }) => ({ url, type, length: fileSize }));
}

/** The image that stands for the entry in lists. */
export function imageOf(media: Media | undefined): string | undefined {
  if (!media) return undefined;
  const holders = [media, ...(media.groups ?? []), ...(media.contents ?? [])];
  return holders.flatMap(({ thumbnails }) => thumbnails ?? []).find(({ url }) => url !== undefined)?.url;
}
