import { sharedApiEnvironment } from "@/api/environment";
import { systemClock } from "@/domain/clock";
import { renderSample } from "@/domain/samples";

/** Sources that Milkrun serves itself, to anybody: they hold nothing but made-up content. */
export async function GET(request: Request, { params }: { params: Promise<{ name: string }> }): Promise<Response> {
  const { name } = await params;
  const { baseUrl } = sharedApiEnvironment().settings;
  const sample = renderSample(name, new URL(request.url).searchParams, { at: systemClock.now(), baseUrl });
  if (!sample) return new Response("There is no such sample.", { status: 404 });
  const headers = { "content-type": sample.contentType, etag: sample.etag, "cache-control": "no-cache" };
  return isKnown(request, sample.etag) ? new Response(null, { status: 304, headers }) : new Response(sample.body, { headers });
}

function isKnown(request: Request, etag: string): boolean {
  const known = request.headers.get("if-none-match")?.split(",") ?? [];
  return known.some((entry) => entry.trim().replace(/^W\//, "") === etag);
}
