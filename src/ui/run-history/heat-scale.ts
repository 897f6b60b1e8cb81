/** Shades besides that of a day on which nothing happened. */
const SHADES = 4;

/** The values up to which each shade goes, the palest first; the last is `max`. Fewer where `max` is small, none where it is 0. */
export type HeatScale = readonly number[];

/**
 * Steps that grow by a constant factor: a first run brings a thousand items where the others bring ten, and those would all look alike
 * on even steps.
 */
export function heatScale(max: number): HeatScale {
  if (max <= SHADES) return Array.from({ length: Math.max(0, max) }, (_, index) => index + 1);
  const steps = Array.from({ length: SHADES }, (_, index) => Math.round(max ** ((index + 1) / SHADES)));
  return [...new Set(steps)];
}

/** 0 for nothing, else up to 4, which is the darkest shade and the scale's last step. */
export function shadeOf(value: number, scale: HeatScale): number {
  if (value <= 0 || scale.length === 0) return 0;
  const step = scale.findIndex((upTo) => value <= upTo);
  return SHADES - (scale.length - 1 - (step === -1 ? scale.length - 1 : step));
}

/** Which values each shade stands for, for the legend: "1", "2–5". */
export function scaleSteps(scale: HeatScale): { shade: number; from: number; to: number }[] {
  return scale.map((to, index) => ({ shade: shadeOf(to, scale), from: (scale[index - 1] ?? 0) + 1, to }));
}
