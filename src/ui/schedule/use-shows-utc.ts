"use client";
import { useLocalStorage } from "@mantine/hooks";

/** Whether this browser's reader wants times in UTC beside the others; kept until they change their mind. */
export function useShowsUtc() {
  return useLocalStorage({ key: "milkrun-shows-utc", defaultValue: false });
}
