import { afterEach, describe, expect, test } from "vitest";
import { type LocalSite, startLocalSite } from "@/testing/local-site";
import { createMessagePoster, type PostRequest } from "./post-message";

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function receiver(listener: Parameters<typeof startLocalSite>[0]): Promise<LocalSite> {
  const site = await startLocalSite(listener);
  closing.push(site.close);
  return site;
}

/** Posts as the worker does, from an installation that allows this site. */
function post(site: Pick<LocalSite, "policy">, request: Partial<PostRequest>, deadlineMs?: number) {
  const poster = createMessagePoster({ policy: site.policy, userAgent: "Milkrun", deadlineMs });
  closing.push(poster.close);
  return poster.postMessage({ url: "", headers: {}, body: "{}", signal: new AbortController().signal, ...request });
}

describe("posting a message", () => {
  test("gives the status and the beginning of the answer, whatever the status", async () => {
    const site = await receiver((request, response) => {
      let body = "";
      request.on("data", (chunk) => (body += chunk));
      request.on("end", () => response.writeHead(422).end(`${request.method} ${request.headers["x-key"]} ${body} ${"é\u0000".repeat(3_000)}`));
    });
    const outcome = await post(site, { url: `${site.origin}/hook?a=1`, headers: { "x-key": "one" }, body: "two" });
    expect(outcome).toMatchObject({ kind: "answered", status: 422, answer: expect.stringMatching(/^POST one two é+$/) });
    expect(outcome.kind === "answered" && outcome.answer.length).toBe(1_000);
  });

  test("follows no redirect", async () => {
    let asked = 0;
    const site = await receiver((_, response) => {
      asked++;
      response.writeHead(307, { location: "/elsewhere" }).end("moved");
    });
    expect(await post(site, { url: `${site.origin}/` })).toMatchObject({ kind: "answered", status: 307, answer: "moved" });
    expect(asked).toBe(1);
  });

  test("tells how long the receiver asks to wait", async () => {
    const site = await receiver((_, response) => response.writeHead(429, { "retry-after": "7" }).end());
    expect(await post(site, { url: site.origin })).toMatchObject({ status: 429, retryAfterMs: 7_000 });
  });

  test("says where there is no TLS", async () => {
    const site = await receiver((_, response) => response.end());
    const outcome = await post(site, { url: site.origin.replace("http:", "https:") });
    expect(outcome).toMatchObject({ kind: "failed", message: "The receiver has no TLS at this address: begin it with http://, or use another port." });
  });

  test("counts an answer that breaks off as one", async () => {
    const site = await receiver((request, response) => {
      response.writeHead(200, { "content-length": "100" }).write("half", () => request.socket.destroy());
    });
    expect(await post(site, { url: site.origin })).toMatchObject({ kind: "answered", status: 200 });
  });

  test("gives up on a receiver that does not answer in time, and says that the message may have arrived", async () => {
    const site = await receiver(() => {});
    expect(await post(site, { url: site.origin }, 100)).toMatchObject({
      kind: "failed",
      retryable: true,
      message: "The receiver took too long to answer. The message may have arrived all the same.",
    });
  });

  test("refuses private addresses for good, however they are written, and does not say what is there", async () => {
    const site = await receiver((_, response) => response.end("secret"));
    const strict = { policy: { allowCidrs: [], allowPorts: [], allowPrefixes: [] } };
    for (const host of ["127.0.0.1", "localhost", "[::1]", "0x7f.1", "169.254.169.254"]) {
      const outcome = await post(strict, { url: `http://${host}:${site.port}/` });
      expect(outcome, host).toMatchObject({ kind: "failed", retryable: false, message: expect.stringContaining("blocked") });
      expect(JSON.stringify(outcome)).not.toMatch(/collected|fetched|run /);
    }
  });

  test("rejects when the process stops", async () => {
    const site = await receiver(() => {});
    await expect(post(site, { url: site.origin, signal: AbortSignal.abort() })).rejects.toThrow("aborted");
  });
});
