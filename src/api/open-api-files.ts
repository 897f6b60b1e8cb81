import { z } from "zod";
import { EXPORT_FORMATS, exportContentType, exportedItemSchema, itemExportQuerySchema } from "@/domain/item-export";
import { feedQuerySchema } from "./handle-feed";
import { refusals } from "./open-api-refusals";
import { type Json, parametersOf, schemaOf } from "./open-api-schema";

const idParameter = (name: string) => ({ name, in: "path", required: true, schema: { type: "string" } });
const binary = (types: readonly string[]) => Object.fromEntries(types.map((type) => [type, { schema: { type: "string" } }]));
/** With chosen columns an item has only what they name. */
const ITEMS = schemaOf(z.array(exportedItemSchema.partial()), "output");
const FILE_TYPES = {
  ...binary(EXPORT_FORMATS.map(exportContentType)),
  [exportContentType("json")]: { schema: ITEMS },
  [exportContentType("xlsx")]: { schema: { type: "string", format: "binary" } },
};

/** Of a file that lies there whole, a reader that was cut off gets the rest. */
const PARTS = {
  206: { description: "The part of the file that `Range` asks for.", content: FILE_TYPES },
  304: { description: "It is what `If-None-Match` names: nothing is new." },
  416: { description: "What `Range` asks for is not in the file.", content: { "application/json": { schema: { $ref: "#/components/schemas/Message" } } } },
};

/** What is no procedure: files, which are streamed. */
export const FILES: Json = {
  "/api/items/export": {
    get: {
      operationId: "exportItems",
      tags: ["files"],
      summary: "Everything that matches, as a file that is sent while it is read: for keys with the scope read",
      parameters: parametersOf(itemExportQuerySchema),
      responses: {
        200: { description: "The file. One that was cut off lacks the last chunk of the answer.", content: FILE_TYPES },
        ...refusals("Message"),
      },
    },
  },
  "/api/items/exports/{id}": {
    get: {
      operationId: "downloadExport",
      tags: ["files"],
      summary: "A file that export.start had written, with its length and its checksum in the head, also in part: for keys with the scope read",
      parameters: [idParameter("id")],
      responses: { 200: { description: "The file.", content: FILE_TYPES }, ...PARTS, ...refusals("Message") },
    },
  },
  "/api/items/feed": {
    get: {
      operationId: "itemFeed",
      tags: ["files"],
      summary: "The newest items of a view or a filter as an Atom feed: for keys with the scope read",
      parameters: parametersOf(feedQuerySchema),
      responses: {
        200: { description: "The feed.", content: binary(["application/atom+xml"]) },
        304: { description: "Nothing is new." },
        ...refusals("Message"),
      },
    },
  },
  "/api/links/{token}": {
    get: {
      operationId: "openLink",
      tags: ["files"],
      summary: "What a signed link shows, a file or a feed, without a key. People make links in the export panel of the Items page",
      security: [],
      parameters: [idParameter("token")],
      responses: {
        200: { description: "The file or the feed.", content: { ...FILE_TYPES, ...binary(["application/atom+xml"]) } },
        ...PARTS,
        ...refusals("Message"),
      },
    },
  },
};
