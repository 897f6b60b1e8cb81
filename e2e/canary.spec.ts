import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import pg from "pg";
import { settings } from "@/config/settings";
import { deriveAppLogin } from "@/db/app-role";
import { type Api, createApi, feedSource, startRun, uniqueName, waitForEnd } from "./fixtures/api";
import { type Canaries, findCanaries, newCanary, type Place } from "./fixtures/canaries";
import { createRecorder, dumpTables, embeddedConnection } from "./fixtures/canary-places";
import { claim, signIn } from "./fixtures/claim";
import { OWNER } from "./fixtures/owner";
import { ServerProcess } from "./fixtures/server-process";
import type { Site } from "./fixtures/site";
import { endless, feed, hangUp, redirect, status } from "./fixtures/site-replies";
import { expect, test } from "./fixtures/test";

/** Where a secret is meant to be: nowhere else may it be found. */
const MEANT = [
  // Printed for the person who starts Milkrun, and worthless once used.
  "set-up token (plain) in what was printed",
  // The browser keeps it, and the database knows which sessions there are.
  "session token (plain) in the cookies of /api/auth/sign-in/email",
  "session token (plain) in the table public.session",
  // Shown once, to whoever made it.
  "signing key (plain) in the answer of /api/trpc/notification.createChannel",
  "signing key after it (plain) in the answer of /api/trpc/notification.rotateSecret",
  "signature of a link (plain) in the answer of /api/trpc/link.create",
];

const PAGES = ["/schedule", "/runs", "/items", "/sources", "/sources/new", "/system", "/sign-in", "/setup?token=x", "/settings", "/nothing-here"];

/** Secrets that people give the server in its settings. */
function newSettings() {
  const key = randomBytes(32).toString("base64");
  return {
    MILKRUN_SECRET: newCanary(),
    METRICS_TOKEN: newCanary(),
    MILKRUN_ENCRYPTION_KEYS: `first:${key}`,
    // Nobody listens there: what the log says of that must not name the password.
    SMTP_URL: `smtp://milkrun:${encodeURIComponent(newCanary())}@127.0.0.1:9`,
  };
}

test("every setting that is a secret has a canary", () => {
  const secret = Object.entries(settings).flatMap(([name, setting]) => ("secret" in setting && setting.secret ? [name] : []));
  // MIGRATION_DATABASE_URL names the same server as DATABASE_URL and is read in the same place. The first owner is made through the link
  // here, with a password that has a canary.
  const elsewhere = ["DATABASE_URL", "MIGRATION_DATABASE_URL", "MILKRUN_OWNER_PASSWORD"];
  expect(secret.sort()).toEqual([...Object.keys(newSettings()), ...elsewhere].sort());
});

test("a secret is found in whatever form and wherever it was planted (control)", () => {
  const secret = newCanary();
  const forms = [secret, encodeURIComponent(secret), Buffer.from(secret).toString("hex"), Buffer.from(`user:${secret}`).toString("base64")];
  for (const form of [...forms, Buffer.from(`"${secret}"`).toString("base64url"), JSON.stringify({ msg: secret })]) {
    const places = [{ name: "a log line", text: `{"level":"info","msg":"asked with ${form}"}` }];
    expect(findCanaries({ secret }, places), form).not.toEqual([]);
    expect(findCanaries({ secret: newCanary() }, places)).toEqual([]);
  }
});

test.describe("a Milkrun that was given a secret wherever it takes one", () => {
  test.setTimeout(240_000);
  const given = newSettings();
  let database: ServerProcess;
  let server: ServerProcess;
  let client: pg.Client;
  const canaries: Canaries = {
    ...given,
    MILKRUN_ENCRYPTION_KEYS: given.MILKRUN_ENCRYPTION_KEYS.replace("first:", ""),
    SMTP_URL: decodeURIComponent(new URL(given.SMTP_URL).password),
  };

  test.beforeAll(async ({ sitePort }) => {
    const shared = { ...given, MAIL_FROM: "Milkrun <milkrun@example.org>", LOG_LEVEL: "trace" };
    // Its PostgreSQL is the one that the other process is told of in DATABASE_URL.
    database = await ServerProcess.create(sitePort, { ...shared, MILKRUN_ROLES: "scheduler" });
    await database.start();
    const owner = embeddedConnection(database.dataDir);
    client = new pg.Client(owner);
    await client.connect();
    const password = newCanary();
    await client.query(`create role canary superuser login password ${pg.escapeLiteral(password)}`);
    const address = `postgresql://canary:${encodeURIComponent(password)}@localhost:${owner.port}/milkrun?host=${encodeURIComponent(owner.host ?? "")}`;
    server = await ServerProcess.create(sitePort, { ...shared, DATABASE_URL: address });
    canaries.DATABASE_URL = password;
    canaries["postgres-password"] = String(owner.password);
    canaries["the app's role"] = deriveAppLogin("milkrun", given.MILKRUN_SECRET).password;
  });

  test.afterAll(async () => {
    await client.end();
    await server.dispose();
    await database.dispose();
  });

  test("shows, logs and stores none of them, but encrypted and where they are meant to be", async ({ site }) => {
    const recorder = createRecorder();
    canaries["set-up token"] = (await server.start()) ?? "";
    canaries.password = newCanary();
    canaries["wrong password"] = newCanary();
    const cookie = await claim(server.baseUrl, canaries["set-up token"], { password: canaries.password, fetch: recorder.fetch });
    canaries["session token"] = decodeURIComponent(cookie.split("=")[1] ?? "").split(".")[0] ?? "";
    await signIn(server.baseUrl, canaries["wrong password"], recorder.fetch);
    const api = createApi(server.baseUrl, cookie, { fetch: recorder.fetch });

    const arrived = await collectWithHeaders(api, site, canaries);
    arrived.push(...(await notifyWithSecrets(api, site, canaries)));
    await followLink(api, recorder.fetch, canaries);
    await tamperWithHeaders(api, client);
    await provokeRefusals(api, canaries);
    const { id } = (await api.source.list.query())[0] ?? {};
    for (const page of [...PAGES, `/sources/${id}`]) await recorder.fetch(server.baseUrl + page, { headers: { cookie }, redirect: "manual" });
    for (const page of ["/metrics", "/livez", "/readyz"]) {
      await recorder.fetch(server.baseUrl + page, { headers: { authorization: `Bearer ${given.METRICS_TOKEN}` } });
    }
    const sent = ["header of a good source", "header of a failing source", "header of a test", "token of a topic", "address of a Slack-style webhook"];
    for (const what of sent) expect(arrived, what).toContain(canaries[what]);

    const places = [...recorder.places, ...(await dumpTables(client)), ...(await stopAndRead(server, database))];
    expect(new Set(findCanaries(canaries, places))).toEqual(new Set(MEANT));
    expect(places.find(({ name }) => name === "the table public.source_header")?.text).toContain("v1.first.");
    expect(places.find(({ name }) => name === "what was printed")?.text).toContain('"level":"trace"');
  });
});

/** Has sources collected and tested that end in every way, each with secrets in its headers. Returns the headers that the site was sent. */
async function collectWithHeaders(api: Api, site: Site, canaries: Canaries): Promise<string[]> {
  const arrived: string[] = [];
  const replies = {
    good: feed([{ id: "1", title: "Milk" }]),
    failing: status(500),
    broken: hangUp,
    large: endless(12),
    elsewhere: redirect("http://169.254.169.254/latest/meta-data/"),
  };
  const sourceIds: string[] = [];
  for (const [name, reply] of Object.entries(replies)) {
    const url = site.serve(`/${name}.xml`, (request, response) => {
      arrived.push(...Object.values(request.headers).map(String));
      reply(request, response);
    });
    const [secret, replaced] = [newCanary(), newCanary()];
    canaries[`header of a ${name} source`] = secret;
    canaries[`replaced header of a ${name} source`] = replaced;
    const definition = feedSource(uniqueName(name), url);
    const { id } = await api.source.create.mutate({ ...definition, headers: [{ name: "X-Canary", value: replaced }] });
    await api.source.update.mutate({ id, definition, enabled: true, headers: [{ name: "X-Canary", value: secret }] });
    const tested = newCanary();
    canaries[name === "good" ? "header of a test" : `header of a test of a ${name} source`] = tested;
    const headers = [{ name: "X-Canary" }, { name: "Authorization", value: tested }];
    await api.source.test.mutate({ definition, sourceId: id, headers });
    sourceIds.push(id);
  }
  const preset = await api.preset.create.mutate({ name: uniqueName("Canaries"), sourceIds });
  const { runId } = await startRun(api, preset.id);
  expect(await waitForEnd(api, runId, 120_000)).toMatchObject({ status: "partial", newCount: 1 });
  return arrived;
}

/** Sends test messages to receivers that answer with whatever secret they were sent. Returns what they were sent. */
async function notifyWithSecrets(api: Api, site: Site, canaries: Canaries): Promise<string[]> {
  const arrived: string[] = [];
  const [token, path] = [newCanary(), newCanary()];
  canaries["token of a topic"] = token;
  canaries["address of a Slack-style webhook"] = path;
  const serve = (address: string) =>
    site.serve(address, (request, response) => {
      const heard = [(request.headers.authorization ?? "").replace("Bearer ", ""), (request.url ?? "").slice(1)];
      arrived.push(...heard);
      response.end(`You said ${heard.join(" and ")} to ${site.url(request.url ?? "")}`);
    });
  const topic = { kind: "ntfy", name: uniqueName("Topic"), address: site.url("/milk"), token, timeZone: "UTC" } as const;
  const slack = { kind: "slack", name: uniqueName("Slack"), address: serve(`/${path}`), timeZone: "UTC" } as const;
  const webhook = { kind: "webhook", name: uniqueName("Hook"), address: serve("/hook"), timeZone: "UTC" } as const;
  serve("/");
  for (const definition of [topic, slack, webhook]) {
    const { channel, secret } = await api.notification.createChannel.mutate(definition);
    if (secret) {
      canaries["signing key"] = secret;
      canaries["signing key after it"] = (await api.notification.rotateSecret.mutate({ id: channel.id })).secret ?? "";
    }
    const { deliveryId } = await api.notification.testChannel.mutate({ id: channel.id });
    await expect.poll(async () => (await api.notification.delivery.query({ id: deliveryId })).status).toBe("delivered");
  }
  return arrived;
}

/** Makes a link that anybody may follow, and does. */
async function followLink(api: Api, record: typeof fetch, canaries: Canaries): Promise<void> {
  const { url } = await api.link.create.mutate({ subject: { what: "export", query: { format: "csv" } } });
  canaries["signature of a link"] = url.split(".").at(-1) ?? "";
  expect((await record(url)).status).toBe(200);
  expect((await record(`${url}x`)).status).toBe(404);
}

/** What cannot be decrypted any more fails its source, with a word in the log. */
async function tamperWithHeaders(api: Api, client: pg.Client): Promise<void> {
  await client.query("update source_header set id = gen_random_uuid() where source_id in (select id from source where name like 'good%')");
  const [preset] = await api.preset.list.query();
  const { runId } = await startRun(api, preset?.id ?? "");
  const run = await waitForEnd(api, runId, 120_000);
  expect(run.sources.find(({ name }) => name.startsWith("good"))).toMatchObject({ status: "failed", errorCode: "headers_unreadable" });
}

/** Sends secrets with requests that are refused. */
async function provokeRefusals(api: Api, canaries: Canaries): Promise<void> {
  canaries["header that is refused"] = newCanary();
  canaries["password of a refused claim"] = newCanary();
  const value = `${canaries["header that is refused"]}\u0000`;
  const definition = feedSource("Refused", "http://127.0.0.1/feed.xml");
  const headers = [
    { name: "X-Canary", value },
    { name: "Host", value },
  ];
  const claimAgain = { ...OWNER, password: canaries["password of a refused claim"] ?? "", organizationName: "Again", timeZone: "UTC", samples: false };
  const refused = await Promise.allSettled([
    api.source.create.mutate({ ...definition, headers }),
    api.source.test.mutate({ definition, headers }),
    api.setup.claim.mutate({ ...claimAgain, token: canaries["header that is refused"] ?? "" }),
  ]);
  expect(refused.map((result) => result.status)).toEqual(["rejected", "rejected", "rejected"]);
}

/** What the processes wrote, to the end, and what PostgreSQL did. */
async function stopAndRead(server: ServerProcess, database: ServerProcess): Promise<Place[]> {
  await server.stop();
  const log = fs.readFileSync(path.join(database.dataDir, "postgres.log"), "utf8");
  return [
    { name: "what was printed", text: server.output },
    { name: "what the other process printed", text: database.output },
    { name: "PostgreSQL's log", text: log },
  ];
}
