import type { AtomFeed } from "feedsmith";
import type { FeedFile } from "./feed-entry";

type Media = NonNullable<AtomFeed.Entry<string>["media"]>;

/** The files that Media RSS names: each of a group is the same in another form, as different as two enclosures. */
export function mediaFiles(media: Media | undefined): FeedFile[] {
  const files: FeedFile[] = [];
  for (const holder of media ? [media, ...(media.groups ?? [])] : []) {
    for (const { url, type, fileSize } of holder.contents ?? []) files.push({ url, type, length: fileSize });
  }
  return files;
}

/** The image that stands for the entry in lists. */
export function imageOf(media: Media | undefined): string | undefined {
  for (const holder of media ? [media, ...(media.groups ?? []), ...(media.contents ?? [])] : []) {
    const url = holder.thumbnails?.[0]?.url;
    if (url !== undefined) return url;
  }
  return undefined;
}
