import { once } from "node:events";
import { request as httpsRequest } from "node:https";
import { type Api, createApi, feedSource, makePreset, startRun, waitForEnd } from "./fixtures/api";
import { findNginx, Nginx } from "./fixtures/nginx";
import { open } from "./fixtures/open";
import { OWNER } from "./fixtures/owner";
import { findFreePort, ServerProcess } from "./fixtures/server-process";
import { feed } from "./fixtures/site-replies";
import { expect, test } from "./fixtures/test";

const nginx = findNginx();
const SIGN_IN = "/api/auth/sign-in/email";

test.describe("behind nginx, which ends TLS", () => {
  test.skip(nginx === null, "nginx is not installed on this machine: apt-get install nginx-light");
  // Each test goes on with the session of the first.
  test.describe.configure({ mode: "serial", timeout: 120_000 });
  test.use({ storageState: { cookies: [], origins: [] }, ignoreHTTPSErrors: true });
  let server: ServerProcess;
  let proxy: Nginx;
  let address: string;
  let cookie: string;
  let api: Api;

  test.beforeAll(async ({ sitePort }) => {
    const tls = await findFreePort();
    address = `https://localhost:${tls}`;
    const owner = { MILKRUN_OWNER_EMAIL: OWNER.email, MILKRUN_OWNER_PASSWORD: OWNER.password };
    server = await ServerProcess.create(sitePort, { BASE_URL: address, TRUST_PROXY: "1", ...owner });
    await server.start();
    proxy = await Nginx.start(nginx ?? "", { tls, milkrun: Number(new URL(server.baseUrl).port) });
  });

  test.afterAll(async () => {
    await proxy?.stop();
    await server?.dispose();
  });

  test("one signs in, and the cookie is for this site, over TLS, and out of scripts' reach", async ({ page, context }) => {
    await open(page, `${address}/sign-in`);
    await page.getByLabel("Email").fill(OWNER.email);
    await page.getByLabel("Password", { exact: true }).fill(OWNER.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page).toHaveURL(`${address}/schedule`);
    const cookies = await context.cookies(address);
    expect(cookies).toMatchObject([{ name: "__Secure-milkrun.session_token", secure: true, httpOnly: true, sameSite: "Lax" }]);
    cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  });

  test("browsers are told to stay on https", async ({ request }) => {
    expect((await request.get(`${address}/sign-in`)).headers()).toMatchObject({ "strict-transport-security": "max-age=31536000" });
  });

  test("the session's address is the client's, whatever addresses the request names", async () => {
    const forged = { "x-forwarded-for": "198.51.100.1", forwarded: "for=198.51.100.1", "x-real-ip": "198.51.100.1" };
    const credentials = { email: OWNER.email, password: OWNER.password };
    expect((await post(SIGN_IN, credentials, { origin: address, ...forged })).status).toBe(200);
    // Straight to Milkrun, past the proxy, with the cookie that the proxy's address gave.
    api = createApi(server.baseUrl, cookie, { origin: address });
    expect(new Set((await api.account.sessions.query()).map((session) => session.address))).toEqual(new Set(["127.0.0.1", CLIENT]));
  });

  test("guesses from one client are counted, whatever addresses they name", async () => {
    const wrong = { email: "nobody@example.org", password: "wrong horse battery" };
    const statuses: number[] = [];
    for (let tries = 0; tries < 6; tries++) statuses.push((await post(SIGN_IN, wrong, { origin: address, "x-forwarded-for": `198.51.100.${tries}` })).status);
    expect(statuses.slice(-3)).toEqual([429, 429, 429]);
  });

  test("another origin is refused, also the one that Milkrun listens on", async () => {
    for (const origin of ["https://evil.example", server.baseUrl, address.replace("https", "http")]) {
      expect((await post("/api/trpc/account.endOtherSessions", {}, { origin, cookie })).status, origin).toBe(403);
    }
  });

  test("a run is followed live: each event comes when it happens", async ({ site }) => {
    const held = site.hold("/held.xml", feed([{ id: "1", title: "Milk" }]));
    const { preset } = await makePreset(api, "Proxied", [feedSource("Held feed", site.url("/held.xml"))]);
    const { runId } = await startRun(api, preset.id);
    const stream = await follow(runId);
    await held.arrived;
    expect(await stream.until('"status":"fetching"'), "an event while the run still goes on").toBe(true);
    held.release();
    await waitForEnd(api, runId);
    expect(await stream.until('"status":"succeeded"')).toBe(true);
    stream.close();
  });

  /** Another client than the browser, and than nginx. */
  const CLIENT = "127.0.0.2";
  const agent = { rejectUnauthorized: false, localAddress: CLIENT };

  function post(path: string, body: object, headers: Record<string, string>): Promise<{ status: number }> {
    const text = JSON.stringify(body);
    const fixed = { "content-type": "application/json", "content-length": Buffer.byteLength(text) };
    return new Promise((resolve, reject) => {
      const request = httpsRequest(`${address}${path}`, { ...agent, method: "POST", headers: { ...fixed, ...headers } }, (response) => {
        response.resume();
        response.on("end", () => resolve({ status: response.statusCode ?? 0 }));
      });
      request.on("error", reject);
      request.end(text);
    });
  }

  /** The run's event stream, through the proxy. */
  function follow(runId: string): Promise<{ until(part: string): Promise<boolean>; close(): void }> {
    const input = encodeURIComponent(JSON.stringify({ json: { runId } }));
    return new Promise((resolve, reject) => {
      const request = httpsRequest(
        `${address}/api/trpc/run.events?input=${input}`,
        { ...agent, headers: { cookie, accept: "text/event-stream" } },
        (response) => {
          let received = "";
          response.on("data", (chunk: Buffer) => {
            received += chunk.toString();
          });
          const until = async (part: string) => {
            const deadline = AbortSignal.timeout(10_000);
            while (!received.includes(part) && !deadline.aborted) await once(response, "data", { signal: deadline }).catch(() => undefined);
            return received.includes(part);
          };
          resolve({ until, close: () => request.destroy() });
        },
      );
      request.on("error", reject);
      request.end();
    });
  }
});
