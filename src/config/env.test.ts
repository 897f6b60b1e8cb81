import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { loadSettings, parseEnv } from "./env";
import { settings } from "./settings";

describe("without any configuration", () => {
  const env = parseEnv({});

  test("Milkrun is reachable from this machine only, at the address that it prints", () => {
    expect(env).toMatchObject({ PORT: 3000, HOST: "127.0.0.1", BASE_URL: "http://localhost:3000", TRUST_PROXY: false });
  });

  test("it brings its own database and generates its secrets", () => {
    expect(env).toMatchObject({ DATABASE_URL: undefined, MIGRATION_DATABASE_URL: undefined, MILKRUN_SECRET: undefined });
    expect(env.MILKRUN_DATA_DIR).toBe(path.resolve(".data"));
  });

  test("sources may be on the public internet only", () => {
    expect(env).toMatchObject({ FETCH_ALLOW_CIDRS: [], FETCH_ALLOW_PORTS: [] });
  });
});

test("the base URL follows the port, unless it is given", () => {
  expect(parseEnv({ PORT: "8080" }).BASE_URL).toBe("http://localhost:8080");
  expect(parseEnv({ PORT: "8080", BASE_URL: "https://milkrun.example.org/" }).BASE_URL).toBe("https://milkrun.example.org");
});

test.each([
  ["127.0.0.1", "http://localhost:8080"],
  ["0.0.0.0", "http://localhost:8080"],
  ["::1", "http://localhost:8080"],
  ["192.168.1.5", "http://192.168.1.5:8080"],
  ["fd00::5", "http://[fd00::5]:8080"],
  ["crate.lan", "http://crate.lan:8080"],
])("where Milkrun listens on %s alone, the base URL is an address that answers: %s", (host, address) => {
  expect(parseEnv({ HOST: host, PORT: "8080" }).BASE_URL).toBe(address);
});

describe("a file .env", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "milkrun-env-"));
  const before = process.env.FETCH_SPACING_MS;

  afterEach(() => {
    if (before === undefined) delete process.env.FETCH_SPACING_MS;
    else process.env.FETCH_SPACING_MS = before;
  });

  afterAll(() => fs.rmSync(folder, { recursive: true }));

  test.each<[string, string | Buffer]>([
    ["as it is", "FETCH_SPACING_MS=1234\n"],
    ["as Windows writes lines", "FETCH_SPACING_MS=1234\r\n"],
    ["with the mark that editors of Windows begin it with", "\ufeffFETCH_SPACING_MS=1234\n"],
    ["as PowerShell writes what is redirected", Buffer.from("\ufeffFETCH_SPACING_MS=1234\r\n", "utf16le")],
    ["as a shell reads it", "export FETCH_SPACING_MS = '1234' # a little more\n"],
  ])("is read %s", (_how, text) => {
    const file = path.join(folder, ".env");
    fs.writeFileSync(file, text);
    delete process.env.FETCH_SPACING_MS;
    loadSettings(file);
    expect(process.env.FETCH_SPACING_MS).toBe("1234");
  });

  test("does not change what the environment says", () => {
    const file = path.join(folder, ".env");
    fs.writeFileSync(file, "FETCH_SPACING_MS=1234\n");
    process.env.FETCH_SPACING_MS = "5";
    loadSettings(file);
    expect(process.env.FETCH_SPACING_MS).toBe("5");
  });

  test("that cannot be read is named", () => {
    expect(() => loadSettings(folder)).toThrow(`Milkrun cannot read its settings in ${folder} (EISDIR): let this user read it, or remove it.`);
  });
});

test("an empty variable counts as absent", () => {
  expect(parseEnv({ PORT: "", DATABASE_URL: " ", WORKER_CONCURRENCY: "" })).toMatchObject({ PORT: 3000, DATABASE_URL: undefined, WORKER_CONCURRENCY: 4 });
});

test("lists are separated by commas", () => {
  const env = parseEnv({ FETCH_ALLOW_CIDRS: "192.168.1.0/24, fd00::/8", FETCH_ALLOW_PORTS: "9000,9001" });
  expect(env.FETCH_ALLOW_CIDRS).toEqual(["192.168.1.0/24", "fd00::/8"]);
  expect(env.FETCH_ALLOW_PORTS).toEqual([9000, 9001]);
});

test.each(["milkrun@example.org", "Milkrun <milkrun@localhost>", '"Milkrun, Ltd." <milkrun@example.org>'])("mails may be sent from %s", (sender) => {
  expect(parseEnv({ MAIL_FROM: sender }).MAIL_FROM).toBe(sender);
});

test("a database may be named by its socket", () => {
  const url = "postgresql://milkrun@/milkrun?host=/var/run/postgresql";
  expect(parseEnv({ DATABASE_URL: url }).DATABASE_URL).toBe(url);
});

test.each([
  ["PORT", "http", "PORT=http cannot be used: it must be a port number from 1 to 65535. Correct it, or leave PORT out for the default, 3000."],
  ["PORT", "70000", "a port number"],
  ["BASE_URL", "milkrun.example.org", "the address that people type"],
  ["BASE_URL", "https://example.org/milkrun", "without a path"],
  ["TRUST_PROXY", "yes", "it must be 0 or 1"],
  ["LOG_LEVEL", "verbose", "trace, debug, info, warn, error, fatal or silent"],
  ["FETCH_ALLOW_CIDRS", "192.168.1.0", "networks separated by commas"],
  ["WORKER_CONCURRENCY", "2.5", "a whole number from 1 to 100"],
  ["RUN_LIMIT_MINUTES", "0", "a whole number of minutes"],
  ["MILKRUN_SECRET", "short", "at least 32 characters"],
  ["MAIL_FROM", "Milkrun", "an e-mail address, with or without a name"],
  ["MAIL_FROM", "Milkrun <milkrun>", "an e-mail address, with or without a name"],
  ["DATABASE_URL", "mysql://root@localhost/milkrun", "an address like postgresql://"],
])("%s=%s is refused with a sentence that says what to write", (name, value, sentence) => {
  expect(() => parseEnv({ [name]: value })).toThrow(sentence);
});

test("a secret is not repeated in the sentence that refuses it", () => {
  expect(() => parseEnv({ DATABASE_URL: "postgres//milkrun:canary@host" })).toThrow(/^(?!.*canary).*DATABASE_URL/s);
});

test("every wrong value is named at once", () => {
  expect(() => parseEnv({ PORT: "x", LOG_LEVEL: "y" })).toThrow(/PORT=x[\s\S]*LOG_LEVEL=y/);
});

describe(".env.example", () => {
  const text = fs.readFileSync(".env.example", "utf8");
  const written = new Map([...text.matchAll(/^#?([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [name, value]));

  test("lists every setting and no other", () => {
    expect([...written.keys()].sort()).toEqual(Object.keys(settings).sort());
  });

  test.each(Object.entries(settings))("shows the default and the meaning of %s", (name, setting) => {
    expect(written.get(name)).toBe(setting.default ?? "");
    expect(text).toContain(`# ${setting.description}\n# It must be ${setting.expects}.\n#${name}=`);
  });
});
