"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { parseCron } from "@/domain/cron-expression";
import { resolveTimeZone } from "@/domain/time-zone";
import { useTRPC } from "@/ui/trpc/client";
import type { PreviewInput } from "./preview-input";

/**
 * The next runs, by the firing engine. It asks only for what can be computed, and keeps the rows before while new ones come.
 * @param isAskable False while something else than the times keeps it from asking.
 */
export function usePreview(input: PreviewInput, isAskable = true) {
  const { cronExpression, timeZone } = input;
  const computable = parseCron(cronExpression).ok && resolveTimeZone(timeZone).ok;
  const query = useQuery(useTRPC().schedule.preview.queryOptions(input, { enabled: computable && isAskable, placeholderData: keepPreviousData }));
  return { ...query, computable };
}
