import fs from "node:fs";
import { createApi, readCookieHeader, startRun, waitForEnd } from "./fixtures/api";
import { claim } from "./fixtures/claim";
import { expect, test as setup } from "./fixtures/test";

/** What a browser keeps of a cookie; it ends with the run. */
const COOKIE = { domain: "localhost", path: "/", expires: -1, httpOnly: true, secure: false, sameSite: "Lax" };

setup("an installation is claimed without a browser, as claim.setup.ts leaves one", async ({ baseURL, sessionFile }) => {
  const header = await claim(baseURL ?? "", process.env.SETUP_TOKEN ?? "", { samples: true });
  const cookies = header.split("; ").map((cookie) => {
    const [name = "", value = ""] = cookie.split(/=(.*)/);
    return { ...COOKIE, name, value };
  });
  fs.writeFileSync(sessionFile, JSON.stringify({ cookies, origins: [] }));
  const api = createApi(baseURL ?? "", readCookieHeader(sessionFile));
  const [samples] = await api.preset.list.query();
  const { runId } = await startRun(api, samples?.id ?? "");
  expect(await waitForEnd(api, runId)).toMatchObject({ number: 1, status: "succeeded" });
});
