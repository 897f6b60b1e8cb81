import { z } from "zod";
import { itemConditionsSchema } from "./item";
import { itemExportQuerySchema } from "./item-export";

/** How many entries a feed has, the newest. */
const feedSize = z.union([z.literal(50), z.literal(200)], "A feed has 50 or 200 entries.").default(50);

/** What a link shows to whoever has its address. */
export const linkSubjectSchema = z.discriminatedUnion("what", [
  /** Everything that matches when it is fetched, as a file. */
  z.object({ what: z.literal("export"), query: itemExportQuerySchema }),
  /** A file that a worker wrote. */
  z.object({ what: z.literal("file"), exportId: z.uuid("Pick an export from the list.") }),
  /** The newest items of a view as it is when the feed is fetched. */
  z.object({ what: z.literal("view-feed"), viewId: z.uuid("Pick a view from the list."), size: feedSize }),
  z.object({ what: z.literal("feed"), filter: itemConditionsSchema, size: feedSize }),
]);
export type LinkSubject = z.infer<typeof linkSubjectSchema>;

export const newLinkSchema = z
  .object({
    subject: linkSubjectSchema,
    /** Null: until somebody revokes it. */
    expiresInDays: z.int().min(1, "Let the link work for at least a day.").max(365, "Let the link work for at most 365 days.").nullable().default(30),
  })
  .refine(({ subject, expiresInDays }) => expiresInDays !== null || subject.what === "view-feed", {
    message: "Only the feed of a view may work without an end. Choose for how many days this link works.",
    path: ["expiresInDays"],
  });
/** As it is sent: what has a usual value may be left out. */
export type NewLink = z.input<typeof newLinkSchema>;

export const itemLinkSchema = z.object({
  id: z.uuid(),
  subject: linkSubjectSchema,
  createdById: z.uuid(),
  createdByName: z.string(),
  createdAt: z.date(),
  expiresAt: z.date().nullable(),
  revokedAt: z.date().nullable(),
  lastUsedAt: z.date().nullable(),
});
export type ItemLink = z.infer<typeof itemLinkSchema>;

/** A link that was just made. Its address is shown once and stored nowhere. */
export const issuedLinkSchema = z.object({ link: itemLinkSchema, url: z.url() });

/** The same for every link that does not work, whatever the reason. */
export const INVALID_LINK = "This link does not work (any more). Ask whoever gave it to you for a new one.";

/** A link's subject in a few words. */
export function linkWords(subject: LinkSubject): string {
  if (subject.what === "export") return `items as ${subject.query.format.toUpperCase()}`;
  return { file: "an exported file", "view-feed": "the feed of a view", feed: "a feed of items" }[subject.what];
}
