"use client";
import dynamic from "next/dynamic";
import type { ComponentProps } from "react";
import { loadPart } from "@/ui/display/load-part";
import { useEver } from "@/ui/display/use-ever";

const HistoryDrawer = dynamic(() => loadPart(() => import("./history-drawer").then((module) => module.HistoryDrawer)), { ssr: false });

/** The history, loaded when somebody looks at it for the first time. */
export function LazyHistoryDrawer(props: ComponentProps<typeof HistoryDrawer>) {
  return useEver(props.opened) ? <HistoryDrawer {...props} /> : null;
}
