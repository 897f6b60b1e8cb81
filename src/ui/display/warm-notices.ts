"use client";
import { warmPart } from "./warm-part";

/** Where messages appear, from the moment somebody uses the page: they tell what became of what was done. */
export const WarmNotices = warmPart(
  () => import("./notices").then(({ Notices }) => Notices),
  () => null,
);
