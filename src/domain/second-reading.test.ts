import { describe, expect, test } from "vitest";
import { RANDOM_SEED } from "@/testing/random";
import { randomCrons } from "@/testing/random-cron";
import { getCronExpression } from "./cron-expression";
import { readsAlike } from "./second-reading";

describe(`a second reader (MILKRUN_TEST_SEED=${RANDOM_SEED})`, () => {
  test("agrees on whatever can be saved", () => {
    expect(randomCrons(1_000, RANDOM_SEED).filter((text) => !readsAlike(getCronExpression(text)))).toEqual([]);
  });

  test("notices a value too many, one too few and another one", () => {
    const expression = getCronExpression("0,30 9 * * 1-5");
    const withMinutes = (values: number[]) => ({ ...expression, minute: { ...expression.minute, values } });
    expect(readsAlike(expression)).toBe(true);
    expect([[0, 15, 30], [0], [0, 31]].map((values) => readsAlike(withMinutes(values)))).toEqual([false, false, false]);
  });
});
