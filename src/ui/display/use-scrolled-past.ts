"use client";
import { useIntersection } from "@mantine/hooks";

/** Whether an element, the one with `ref`, has been scrolled out of view at the top. */
export function useScrolledPast() {
  const { ref, entry } = useIntersection<HTMLDivElement>();
  return { ref, isPast: entry !== null && !entry.isIntersecting && entry.boundingClientRect.top < 0 };
}
