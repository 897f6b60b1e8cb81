"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { parseCron } from "@/domain/cron-expression";
import { resolveTimeZone } from "@/domain/time-zone";
import { useTRPC } from "@/ui/trpc/client";

/** The next runs, by the firing engine. It asks only for what can be computed, and keeps the rows before while new ones come. */
export function usePreview(cronExpression: string, timeZone: string, count: number) {
  const computable = parseCron(cronExpression).ok && resolveTimeZone(timeZone).ok;
  const query = useQuery(
    useTRPC().schedule.preview.queryOptions({ cronExpression, timeZone, count }, { enabled: computable, placeholderData: keepPreviousData }),
  );
  return { ...query, computable };
}
