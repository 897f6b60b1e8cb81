import type { Random } from "./random";

/** Expressions of every shape, with times near the one at which the clock changes, where mistakes would live. */
export function expressionsNear(wallMs: number, random: Random): string[] {
  const wall = new Date(wallMs);
  const hour = (): number => (wall.getUTCHours() + 21 + random(6)) % 24;
  const minute = (): number => [0, 0, 1, 15, 29, 30, 45, 59][random(8)] ?? 0;
  const [first, second] = [hour(), hour()];
  const [from, to] = [Math.min(first, second), Math.max(first, second)];
  const day = wall.getUTCDate();
  const weekday = wall.getUTCDay();
  const nth = Math.ceil(day / 7);
  return [
    `${minute()} ${hour()} * * *`,
    `${minute()},${minute()} ${hour()},${hour()} * * *`,
    `${minute()} ${from}-${to} * * *`,
    `*/${10 + random(40)} ${hour()} * * *`,
    `${minute()} * * * *`,
    `*/${2 + random(30)} * * * *`,
    `${minute()} */${2 + random(5)} * * *`,
    `${random(30)}-59/${5 + random(20)} ${from}/${1 + random(3)} * * *`,
    `${minute()} 0-23 * * *`,
    `${minute()} ${[...Array(24).keys()]} * * *`,
    `${minute()} ${hour()} L * *`,
    `${minute()} ${hour()} ${day} * *`,
    `${minute()} ${hour()} ${day},L ${wall.getUTCMonth() + 1} ${(weekday + 1) % 7}`,
    `${minute()} ${from}-${to} ${1 + random(28)} * ${weekday}`,
    `${minute()} ${hour()} 1-31 * ${weekday}-6`,
    `${minute()} ${hour()} * * ${weekday}#${nth},${(weekday + 6) % 7}`,
    `${minute()} ${hour()} * * ${weekday === 0 ? 7 : weekday}L`,
    `${minute()} ${hour()} */${2 + random(4)} * 0-6`,
  ];
}
