import type { CollectErrorCode } from "@/collectors/collect-error";
import type { PageInput, SandboxTasks } from "@/collectors/sandbox-tasks";

type Task = { [T in keyof SandboxTasks]: { task: T; input: SandboxTasks[T]["input"] } }[keyof SandboxTasks];

/** A document, or what a person wants of one, that tries to exhaust, confuse or poison whoever reads it. */
export type HostileDocument = Task & {
  name: string;
  /** How reading it may end; `read` means that it turned out to be harmless. */
  endings: (CollectErrorCode | "read")[];
};

/** So many that whatever grows faster than they do takes too long. */
export const DEEP = 200_000;
const about = { url: "https://hostile.example/", maxItems: 10_001 };

/** A page with this text or these bytes. */
export const page = (text: string | Uint8Array): PageInput => ({ body: Buffer.from(text), ...about });
/** The text, again and again. */
export const times = (count: number, text: string) => text.repeat(count);
/** A feed of these items. */
export const rss = (items: string, before = "") => `<?xml version="1.0"?>${before}<rss version="2.0"><channel><title>t</title>${items}</channel></rss>`;

/** Each entity is ten of the one before: the tenth is ten billion. */
export function laughs(): string {
  const entities = Array.from({ length: 10 }, (_, level) => `<!ENTITY l${level} "${level === 0 ? "ha" : times(10, `&l${level - 1};`)}">`);
  return rss("<item><title>&l9;</title></item>", `<!DOCTYPE rss [${entities.join("")}]>`);
}

/** That many attributes. */
export function numbered(count: number): string {
  return Array.from({ length: count }, (_, index) => `a${index}=x`).join(" ");
}
