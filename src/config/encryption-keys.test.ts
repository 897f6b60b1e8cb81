import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { encryptionKeySource } from "./encryption-key-source";
import { formatEncryptionKeys, newEncryptionKey, parseEncryptionKeys } from "./encryption-keys";
import { parseEnv } from "./env";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "milkrun-keys-"));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const KEY = Buffer.alloc(32, 7).toString("base64");
const NO_KEYS = { MILKRUN_ENCRYPTION_KEYS: undefined, MILKRUN_ENCRYPTION_KEYS_FILE: undefined };

describe("encryption keys", () => {
  test.each(["," as const, "\n" as const])("come back as they were written, separated by %j", (separator) => {
    const keys = [newEncryptionKey(), newEncryptionKey()];
    expect(parseEncryptionKeys(formatEncryptionKeys(keys, separator))).toEqual(keys);
  });

  test("may be in either alphabet of base64, with or without padding", () => {
    const key = Buffer.alloc(32, 0xfb);
    for (const text of [key.toString("base64"), key.toString("base64url")]) expect(parseEncryptionKeys(`a:${text}`)).toEqual([{ id: "a", key }]);
  });

  test.each([
    ["nothing", ""],
    ["no id", KEY],
    ["a short key", `a:${Buffer.alloc(16).toString("base64")}`],
    ["one key too many of the same id", `a:${KEY},a:${KEY}`],
    ["an id with a dot, which stands between the parts of what is stored", `a.b:${KEY}`],
    ["one good entry among others", `a:${KEY} b`],
  ])("are refused with %s", (_what, text) => {
    expect(parseEncryptionKeys(text)).toBeNull();
  });

  test("are not repeated in the sentence that refuses the setting", () => {
    expect(() => parseEnv({ MILKRUN_ENCRYPTION_KEYS: "canary" })).toThrow(/^The value of MILKRUN_ENCRYPTION_KEYS cannot be used: (?!.*canary)/);
  });
});

describe("the place of the keys", () => {
  test("is the setting, when there is one, and nothing is written then", () => {
    const env = parseEnv({ MILKRUN_ENCRYPTION_KEYS: `one:${KEY},two:${KEY}`, MILKRUN_DATA_DIR: path.join(folder, "none") });
    const source = encryptionKeySource(env);
    expect(source.read()?.map(({ id }) => id)).toEqual(["one", "two"]);
    expect(source.file).toBeNull();
    expect(fs.existsSync(env.MILKRUN_DATA_DIR)).toBe(false);
  });

  test("is a file in the data directory otherwise, made once and readable by its owner only", () => {
    const source = encryptionKeySource({ ...NO_KEYS, MILKRUN_DATA_DIR: folder });
    expect(source.read()).toBeNull();
    const made = source.file?.create();
    expect(made).toHaveLength(1);
    expect(source.file?.create()).toEqual(made);
    expect(source.read()).toEqual(made);
    expect(fs.statSync(path.join(folder, "encryption-keys")).mode & 0o777).toBe(0o600);
  });

  test("keeps its rights when the keys are replaced, and nothing beside it", () => {
    const source = encryptionKeySource({ ...NO_KEYS, MILKRUN_ENCRYPTION_KEYS_FILE: path.join(folder, "own", "keys"), MILKRUN_DATA_DIR: folder });
    const old = source.file?.create() ?? [];
    const keys = [newEncryptionKey(), ...old];
    source.file?.write(keys);
    expect(source.read()).toEqual(keys);
    expect(fs.statSync(source.place).mode & 0o777).toBe(0o600);
    expect(fs.readdirSync(path.join(folder, "own"))).toEqual(["keys"]);
  });

  test("says which file cannot be used, without what is in it", () => {
    const place = path.join(folder, "damaged");
    fs.writeFileSync(place, "canary");
    const source = encryptionKeySource({ ...NO_KEYS, MILKRUN_ENCRYPTION_KEYS_FILE: place, MILKRUN_DATA_DIR: folder });
    expect(() => source.read()).toThrow(new RegExp(`^The encryption keys in ${place} cannot be used: (?!.*canary)`));
  });
});
