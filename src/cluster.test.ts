import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { parseClusterArguments } from "./cluster/arguments";
import { readMemberLine } from "./cluster/member-output";
import { type Member, planMembers } from "./cluster/plan-members";
import { restartDelayMs, type Supervisor, superviseMember } from "./cluster/supervise";
import { formatTable } from "./format-table";

describe("the arguments", () => {
  test("are two web processes and three workers when none are given", () => {
    expect(parseClusterArguments([])).toEqual({ web: 2, worker: 3 });
  });

  test("may ask for others", () => {
    expect(parseClusterArguments(["--web", "1", "--worker=8"])).toEqual({ web: 1, worker: 8 });
  });

  test.each([
    [["--web", "0"], "--web 0 cannot be used: it must be a whole number from 1 to 32."],
    [["--worker", "many"], "--worker many cannot be used"],
    [["--worker", "1.5"], "--worker 1.5 cannot be used"],
    [["--workers", "3"], "These arguments cannot be used: --workers 3."],
    [["3"], "These arguments cannot be used: 3."],
  ])("%j are refused in words", (args, sentence) => {
    expect(() => parseClusterArguments(args)).toThrow(sentence);
  });
});

describe("the processes of a cluster", () => {
  test("listen on consecutive ports, each web process at an address of its own", () => {
    const members = planMembers({ web: 2, worker: 2, port: 4000, host: "127.0.0.1", baseUrl: undefined });
    expect(members.map(({ name, roles, variables }) => [name, roles.join(), variables.PORT, variables.BASE_URL])).toEqual([
      ["web-1", "web,scheduler", "4000", "http://localhost:4000"],
      ["web-2", "web,scheduler", "4001", "http://localhost:4001"],
      ["worker-1", "worker", "4002", "http://localhost:4000"],
      ["worker-2", "worker", "4003", "http://localhost:4000"],
    ]);
    expect(members.map(({ variables }) => variables.MILKRUN_ROLES)).toEqual(members.map(({ roles }) => roles.join()));
  });

  test("share the address of the proxy in front of them", () => {
    const members = planMembers({ web: 2, worker: 1, port: 4000, host: "127.0.0.1", baseUrl: "https://milkrun.example.org" });
    expect(new Set(members.map(({ variables }) => variables.BASE_URL))).toEqual(new Set(["https://milkrun.example.org"]));
  });
});

describe("what a process says", () => {
  test.each([
    ["Milkrun is ready: http://localhost:4000", { kind: "notice" }],
    ["", { kind: "notice" }],
    ["Set it up here (the link works once): http://localhost:4000/setup?token=aB-_9", { kind: "setup_token", token: "aB-_9" }],
    ['{"level":"info","msg":"Milkrun is ready: not"}', { kind: "log" }],
  ])("%s", (line, read) => {
    expect(readMemberLine(line)).toEqual(read);
  });

  test("is shown in columns", () => {
    const table = formatTable([
      ["name", "port"],
      ["worker-1", "4002"],
      ["web", ""],
    ]);
    expect(table).toBe("name      port\nworker-1  4002\nweb");
  });
});

test("a process that keeps dying is started again less and less often", () => {
  expect([1, 2, 3, 4, 5, 6, 50].map(restartDelayMs)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
});

describe("a supervised process", () => {
  const member: Member = { name: "worker-1", roles: ["worker"], port: 1, variables: { OWN: "its own" } };
  let folder: string;
  let supervisor: Supervisor | undefined;
  let lines: string[];
  let news: string[];

  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "milkrun-cluster-"));
  });
  afterEach(async () => {
    await supervisor?.stop();
    supervisor = undefined;
  });
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  function supervise(script: string): Supervisor {
    const program = path.join(folder, "program.mjs");
    fs.writeFileSync(program, script);
    [lines, news] = [[], []];
    supervisor = superviseMember({
      program,
      member,
      variables: { PATH: process.env.PATH, OWN: "shared", SHARED: "shared" },
      monotonicMs: () => performance.now(),
      onLine: (line) => lines.push(line),
      onNews: (sentence) => news.push(sentence),
    });
    return supervisor;
  }

  const SERVER = `
    process.on("SIGTERM", () => { console.log("finishing"); process.exit(0); });
    console.log(process.env.OWN, "and", process.env.SHARED);
    console.log("Milkrun is ready: here");
    setInterval(() => {}, 1000);`;

  test("is given its settings and those of all, and is waited for", async () => {
    await supervise(SERVER).start();
    expect(lines).toEqual(["its own and shared", "Milkrun is ready: here"]);
  });

  test("is started again when it dies", async () => {
    const running = supervise(SERVER);
    await running.start();
    const first = running.pid();
    process.kill(first, "SIGKILL");
    await vi.waitFor(() => expect(news).toHaveLength(2), 20_000);
    expect(news).toEqual(["It died (ended by SIGKILL). It is started again in 1 s.", `It runs again as process ${running.pid()}.`]);
    expect(running.pid()).not.toBe(first);
  });

  test("may finish when it is stopped, and stays stopped", async () => {
    const running = supervise(SERVER);
    await running.start();
    await running.stop();
    expect(lines.at(-1)).toBe("finishing");
    expect(() => process.kill(running.pid(), 0)).toThrow("ESRCH");
    expect(news).toEqual([]);
  });

  test("that cannot start fails the start of the cluster", async () => {
    await expect(supervise("process.exit(3)").start()).rejects.toThrow("worker-1 could not be started: It ended before it was ready (exit code 3).");
    expect(news).toEqual([]);
  });
});
