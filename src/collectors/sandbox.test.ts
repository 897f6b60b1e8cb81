import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { getPriority, tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { htmlPageConfigSchema, type JsonApiConfig, jsonApiConfigSchema } from "@/domain/source";
import { bundleSandboxChild } from "@/testing/sandbox-child";
import { createSandbox, type Sandbox, type SandboxOptions } from "./sandbox";
import { createSandboxChild, type SandboxChild } from "./sandbox-process";

const about = { url: "https://example.com/", maxItems: 1000 };
/** For seconds of work: processes that work for long give way to all else that this machine does. */
const PATIENCE_MS = 60_000;
const never = new AbortController().signal;
const opened: Sandbox[] = [];
let childPath: string;

beforeAll(async () => {
  childPath = await bundleSandboxChild();
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((sandbox) => sandbox.close()));
});

function start(options: Partial<SandboxOptions> = {}): Sandbox {
  const sandbox = createSandbox({ childPath, ...options });
  opened.push(sandbox);
  return sandbox;
}

const feed = (title: string) => ({ body: Buffer.from(`<rss><channel><item><title>${title}</title></item></channel></rss>`), ...about });
const json = (itemsExpression: string, document: unknown = [{ id: 1 }], config: Partial<JsonApiConfig> = {}) => ({
  body: Buffer.from(JSON.stringify(document)),
  ...about,
  config: jsonApiConfigSchema.parse({ itemsExpression, ...config }),
});
const page = (markup: string) => ({ body: Buffer.from(markup), ...about, config: htmlPageConfigSchema.parse({ itemSelector: "p" }) });

async function titleOf(sandbox: Sandbox, title: string): Promise<string | undefined> {
  return (await sandbox.run("feed", feed(title), never)).items[0]?.title;
}

describe("hostile work is killed, and others' is not", () => {
  it("a tower of elements, while another page is read", async () => {
    const sandbox = start({ deadlineMs: 1500 });
    const tower = sandbox.run("html_page", page(`<p>x</p>${"<div>".repeat(200_000)}`), never);
    const failure = expect(tower).rejects.toMatchObject({ code: "timeout" });
    expect(await titleOf(sandbox, "meanwhile")).toBe("meanwhile");
    await failure;
    expect(await titleOf(sandbox, "afterwards")).toBe("afterwards");
  });

  it.each([
    ["recurses for ever", "($f := function($x) { $f($x + 1) }; $f(1))"],
    ["matches a treacherous pattern", "$match(text, /^(a+)+$/)"],
  ])("an expression that %s", async (_name, expression) => {
    const sandbox = start({ deadlineMs: 1500 });
    await expect(sandbox.run("json_page", json(expression, { text: `${"a".repeat(60)}!` }), never)).rejects.toMatchObject({
      name: "CollectError",
      code: "timeout",
      message: expect.stringContaining("longer than 1.5 s"),
    });
    expect(await titleOf(sandbox, "afterwards")).toBe("afterwards");
  });

  it("an expression that wants all the memory", async () => {
    const sandbox = start({ deadlineMs: PATIENCE_MS, memoryMb: 32 });
    const expression = "($f := function($list) { $f($append($list, [1..100000])) }; $f([]))";
    await expect(sandbox.run("json_page", json(expression), never)).rejects.toMatchObject({ code: "bad_document", message: expect.stringContaining("memory") });
    expect(await titleOf(sandbox, "afterwards")).toBe("afterwards");
  });

  it("an expression whose result is larger than its page by far", { timeout: 2 * PATIENCE_MS }, async () => {
    const sandbox = start({ deadlineMs: PATIENCE_MS, memoryMb: 1024 });
    const expression = "[1..140].{ 'id': $, 'text': $pad('', 500000, 'x') }";
    await expect(sandbox.run("json_page", json(expression), never)).rejects.toMatchObject({ code: "too_large" });
  });
});

describe("a process", () => {
  const priorityOf = ({ pid }: SandboxChild) => getPriority(pid ?? -1);

  it("that takes long gives way to others from then on, and ends with its task; one that does not stays as it is", { timeout: 2 * PATIENCE_MS }, async () => {
    const child = createSandboxChild(childPath, 256);
    const run = (expression: string) => child.run({ task: "json_page", input: json(expression, [{ id: 1 }]) }, PATIENCE_MS, never);
    expect(await run("$")).toMatchObject({ type: "done" });
    const before = priorityOf(child);
    expect([child.alive(), before]).toEqual([true, getPriority()]);
    const long = run("$sum([1..60].$sum([1..20000].($ * 2)))");
    await vi.waitFor(() => expect(priorityOf(child)).toBeGreaterThan(before), { timeout: PATIENCE_MS });
    expect(await long).toBeDefined();
    expect(child.alive()).toBe(false);
    await child.kill();
  });
});

describe("errors", () => {
  it("come through with their code and message", async () => {
    await expect(start().run("feed", { body: Buffer.from("<html>"), ...about }, never)).rejects.toMatchObject({ name: "CollectError", code: "not_a_feed" });
  });

  it("of a person's expression name the expression", async () => {
    await expect(start().run("json_page", json("items["), never)).rejects.toMatchObject({ code: "bad_expression", message: expect.stringContaining("items[") });
    await expect(start().run("json_page", json("$nothing()"), never)).rejects.toMatchObject({ code: "bad_expression" });
  });

  it("of a child that cannot be started fail the task, not the program", async () => {
    const sandbox = start({ childPath: `${childPath}.missing` });
    await expect(titleOf(sandbox, "x")).rejects.toMatchObject({ code: "bad_document", retryable: true });
  });
});

describe("a process whose parent was killed", () => {
  const isRunning = (pid: number) => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };

  it("ends, even in an endless task", async () => {
    const endless = JSON.stringify({ ...json("($f := function($x) { $f($x + 1) }; $f(1))"), body: undefined });
    const script = `
      const child = require("node:child_process").fork(${JSON.stringify(childPath)}, [], { serialization: "advanced", stdio: "ignore" });
      child.once("message", () => child.send({ task: "json_page", input: { ...${endless}, body: Buffer.from("[]") } }, () => console.log(child.pid)));`;
    const parent = spawn(process.execPath, ["--eval", script], { stdio: ["ignore", "pipe", "ignore"] });
    const [line] = await once(parent.stdout, "data");
    const pid = Number(String(line));
    expect(isRunning(pid)).toBe(true);
    parent.kill("SIGKILL");
    await vi.waitFor(() => expect(isRunning(pid)).toBe(false), { timeout: PATIENCE_MS });
  });
});

describe("the pool", () => {
  it("gives expressions no way to the environment or the machine", async () => {
    const sandbox = start();
    for (const name of ["process.env", "require", "globalThis", "constructor", "__proto__", "$process", "$eval('process')"]) {
      await expect(sandbox.run("json_page", json(name, {}), never)).rejects.toMatchObject({ code: "no_items" });
    }
  });

  it("does more tasks than it has processes", async () => {
    const sandbox = start({ size: 2 });
    const titles = Array.from({ length: 20 }, (_, index) => `t${index}`);
    expect(await Promise.all(titles.map((title) => titleOf(sandbox, title)))).toEqual(titles);
  });

  it("stops a task when the run is stopped, working or waiting", async () => {
    const sandbox = start({ size: 1, deadlineMs: PATIENCE_MS });
    const stop = new AbortController();
    const endless = json("($f := function($x) { $f($x + 1) }; $f(1))");
    const tasks = [sandbox.run("json_page", endless, stop.signal), sandbox.run("json_page", endless, stop.signal)];
    const after = titleOf(sandbox, "after");
    stop.abort();
    for (const result of await Promise.allSettled(tasks)) expect(result).toMatchObject({ status: "rejected", reason: { code: "cancelled" } });
    expect(await after).toBe("after");
  });

  it("ends what is running and what is waiting when it closes, and takes nothing more", async () => {
    const sandbox = start({ size: 1 });
    const tasks = [titleOf(sandbox, "one"), titleOf(sandbox, "two")].map((task) =>
      task.then(
        () => "done",
        (error: Error) => error.name,
      ),
    );
    await sandbox.close();
    expect(await Promise.all(tasks)).toEqual(["CollectError", "CollectError"]);
    await expect(titleOf(sandbox, "three")).rejects.toMatchObject({ code: "cancelled" });
  });
});

describe("documents of several groups", () => {
  /** Reads feeds at once and never has done with anything else. Unlike an endless task it leaves the machine to the others. */
  const IDLER = `
    process.on("message", ({ task }) => task === "feed" && process.send({ type: "done", output: { items: [] } }));
    process.on("disconnect", () => process.exit());
    process.send({ type: "ready" });`;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "milkrun-sandbox-"));
    await writeFile(path.join(folder, "idler.mjs"), IDLER);
  });

  afterAll(() => rm(folder, { recursive: true }));

  /** How many hostile documents are done with by the time that a healthy one, which came after them, is read. */
  async function doneBefore({ hostile, group }: { hostile: number; group: string }): Promise<number> {
    const sandbox = start({ childPath: path.join(folder, "idler.mjs"), size: 2, deadlineMs: 1_000 });
    const stop = new AbortController();
    let done = 0;
    const tasks = Array.from({ length: hostile }, () =>
      sandbox.run("json_page", json("$"), stop.signal, "hostile").catch((error: unknown) => {
        done += 1;
        return error;
      }),
    );
    await sandbox.run("feed", feed("healthy"), never, group);
    const doneThen = done;
    stop.abort();
    await Promise.all(tasks);
    return doneThen;
  }

  it("are read in turn: a healthy one waits for the deadline of those that are being read, and not for the 48 before it", async () => {
    expect(await doneBefore({ hostile: 50, group: "healthy" })).toBeLessThanOrEqual(3);
  });

  it("control: within one group it waits for all that came before it", async () => {
    expect(await doneBefore({ hostile: 8, group: "hostile" })).toBeGreaterThanOrEqual(7);
  });
});
