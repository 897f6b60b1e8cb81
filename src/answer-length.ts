import type { ServerResponse } from "node:http";
import { LENGTH_HEADER } from "@/domain/length-header";

/** Sends the length that a route states under a name of ours as Content-Length: browsers then show how far they are, and readers know what is missing. */
export function sendStatedLength(response: ServerResponse): void {
  const setHeader = response.setHeader.bind(response);
  response.setHeader = (name, value) => setHeader(name.toLowerCase() === LENGTH_HEADER ? "content-length" : name, value);
}
