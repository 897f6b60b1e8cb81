import { parseCron } from "@/domain/cron-expression";
import { CRON_FIELD_RULES, CRON_FIELDS, CRON_MACROS, type CronField } from "@/domain/cron-fields";
import { createRandom, type Random } from "./random";

/** That many valid expressions in every spelling that people use: names, macros, repeats, leading zeros, odd spaces. */
export function randomCrons(count: number, seed: number): string[] {
  const random = createRandom(seed);
  const found: string[] = [];
  while (found.length < count) {
    const text = random(40) === 0 ? macro(random) : expression(random);
    if (text.length <= 200 && parseCron(text).ok) found.push(text);
  }
  return found;
}

function macro(random: Random): string {
  const name = pick(Object.keys(CRON_MACROS), random);
  return random(2) === 0 ? name : name.toUpperCase();
}

function expression(random: Random): string {
  const words = CRON_FIELDS.map((field) => (random(3) === 0 ? simple(field, random) : list(field, random)));
  const spaced = words.join(random(8) === 0 ? "  " : " ");
  return random(12) === 0 ? ` ${spaced}\t` : spaced;
}

/** Most of what people write, and most of what the builder can show. */
function simple(field: CronField, random: Random): string {
  return field === "minute" || field === "hour" ? number(field, random) : "*";
}

function list(field: CronField, random: Random): string {
  return Array.from({ length: pick([1, 1, 1, 2, 3, 6], random) }, () => entry(field, random)).join(",");
}

function entry(field: CronField, random: Random): string {
  const { min, max } = CRON_FIELD_RULES[field];
  const special = specialEntry(field, random);
  if (special !== null && random(6) === 0) return special;
  const span = pick(["*", number(field, random), number(field, random), `${number(field, random)}-${number(field, random)}`], random);
  return random(3) === 0 ? `${span}/${1 + random(max - min + 4)}` : span;
}

function specialEntry(field: CronField, random: Random): string | null {
  if (field === "dayOfMonth") return pick(["L", "?"], random);
  return field === "dayOfWeek" ? pick(["?", `${random(8)}L`, `${random(8)}#${1 + random(5)}`, "FRI#1", "0-6"], random) : null;
}

function number(field: CronField, random: Random): string {
  const { min, max, names } = CRON_FIELD_RULES[field];
  if (names.length > 0 && random(3) === 0) return pick([pick(names, random), pick(names, random).toLowerCase()], random);
  const digits = String(min + random(max - min + 1));
  return random(10) === 0 ? digits.padStart(2, "0") : digits;
}

function pick<Value>(values: readonly Value[], random: Random): Value {
  return values[random(values.length)] as Value;
}
