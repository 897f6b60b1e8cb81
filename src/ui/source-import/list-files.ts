import { readListBytes } from "@/domain/list-bytes";

/** The files that hold a list of sources, as a file field takes them. */
export const LIST_FILES = ".opml,.xml,.csv,.tsv,.txt,text/xml,text/x-opml,text/csv,text/plain";

/** The text of such a file, whatever encoding the program that wrote it uses. */
export async function readListFile(file: Blob): Promise<string> {
  return readListBytes(new Uint8Array(await file.arrayBuffer()));
}
