import type { JsonValue } from "./item";

const [QUOTE, COMMA, BACKSLASH, SPACE] = [0x22, 0x2c, 0x5c, 0x20];
const [OPENS_LIST, CLOSES_LIST, OPENS_OBJECT, CLOSES_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/** An item and its fields; what is nested deeper is left to JSON.parse, which goes down as far as it has to. */
const DEEPEST = 2;

type JsonObject = Record<string, JsonValue>;

/**
 * Reads lines of JSON that are alike, each an object, as the database writes them: as JSON.parse does, in about the same time. But JSON.parse
 * puts every text of up to ten characters, such as an id, among V8's names, some 45 bytes each until V8 goes through all of its memory.
 * Texts that are read here are gone with their line.
 * @throws SyntaxError when a line is not JSON. Not everything that is wrong is seen.
 */
export function createLineReader<T extends object>(): (line: string) => T {
  const reader = new LineReader();
  return (line) => reader.read(line) as T;
}

class LineReader {
  #text = "";
  #at = 0;
  /** The names of the line before, one after the other: mostly the next one is the same, and need not be made again. */
  readonly #names: (string | null)[] = [];
  #nth = 0;

  read(line: string): JsonObject {
    [this.#text, this.#at, this.#nth] = [line, 0, 0];
    return this.#object(1);
  }

  #object(depth: number): JsonObject {
    const object: JsonObject = {};
    this.#at++;
    if (this.#text.charCodeAt(this.#at) === CLOSES_OBJECT) this.#at++;
    else while (this.#member(object, depth)) this.#skipSpace();
    return object;
  }

  /** Returns whether another one follows. */
  #member(object: JsonObject, depth: number): boolean {
    const name = this.#name();
    this.#at++;
    this.#skipSpace();
    const value = this.#value(depth);
    // As a mere assignment, this name would be no member.
    if (name === "__proto__") Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
    else object[name] = value;
    const next = this.#text.charCodeAt(this.#at++);
    if (next !== COMMA && next !== CLOSES_OBJECT) throw new SyntaxError(`A line of JSON cannot be read at character ${this.#at}.`);
    return next === COMMA;
  }

  #name(): string {
    const [text, start, nth] = [this.#text, this.#at + 1, this.#nth++];
    const known = this.#names[nth];
    const end = start + (known?.length ?? 0);
    if (known && text.startsWith(known, start) && text.charCodeAt(end) === QUOTE) {
      this.#at = end + 1;
      return known;
    }
    const name = this.#string();
    // With escapes in it, a name does not stand in the next line as it is.
    this.#names[nth] = name.length === this.#at - start - 1 ? name : null;
    return name;
  }

  #value(depth: number): JsonValue {
    const first = this.#text.charCodeAt(this.#at);
    if (first === QUOTE) return this.#string();
    return first === OPENS_OBJECT && depth < DEEPEST ? this.#object(depth + 1) : this.#rest();
  }

  #string(): string {
    const start = this.#at;
    this.#at = this.#endOfString();
    const inner = this.#text.slice(start + 1, this.#at - 1);
    return inner.includes("\\") ? (JSON.parse(this.#text.slice(start, this.#at)) as string) : inner;
  }

  /** Behind its last quotation mark: the first one that has no, or an even number of backslashes before it. */
  #endOfString(): number {
    for (let end = this.#text.indexOf('"', this.#at + 1); end >= 0; end = this.#text.indexOf('"', end + 1)) {
      let before = end;
      while (this.#text.charCodeAt(before - 1) === BACKSLASH) before--;
      if ((end - before) % 2 === 0) return end + 1;
    }
    throw new SyntaxError("A line of JSON ends within a text.");
  }

  /** A number, true, false or null, or what is nested: as far as the comma or the end of the object that it is a member of. */
  #rest(): JsonValue {
    const start = this.#at;
    for (let depth = 0; this.#at < this.#text.length; ) {
      const character = this.#text.charCodeAt(this.#at);
      if (depth === 0 && (character === COMMA || character === CLOSES_OBJECT)) break;
      if (character === OPENS_LIST || character === OPENS_OBJECT) depth++;
      if (character === CLOSES_LIST || character === CLOSES_OBJECT) depth--;
      this.#at = character === QUOTE ? this.#endOfString() : this.#at + 1;
    }
    return JSON.parse(this.#text.slice(start, this.#at)) as JsonValue;
  }

  #skipSpace(): void {
    while (this.#text.charCodeAt(this.#at) === SPACE) this.#at++;
  }
}
