/** The files that hold a list of sources, as a file field takes them. */
export const LIST_FILES = ".opml,.xml,.csv,.tsv,.txt,text/xml,text/x-opml,text/csv,text/plain";
