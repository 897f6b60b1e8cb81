const UNITS = ["B", "kB", "MB", "GB", "TB"];

/** A size in decimal units with two significant digits below ten: "812 B", "4.2 kB", "31 MB". */
export function formatBytes(bytes: number): string {
  let [value, unit] = [bytes, 0];
  // 999.5 rounds to 1000, which belongs to the next unit.
  while (value >= 999.5 && unit < UNITS.length - 1) [value, unit] = [value / 1000, unit + 1];
  const shown = unit > 0 && value < 9.95 ? value.toFixed(1) : Math.round(value).toString();
  return `${shown} ${UNITS[unit]}`;
}
