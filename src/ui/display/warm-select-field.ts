"use client";
import { RestingSelect } from "./resting-field";
import { warmPart } from "./warm-part";

/** A choice of one of a few. Its list comes with the first use of the page. */
export const WarmSelectField = warmPart(() => import("./select-field").then(({ SelectField }) => SelectField), RestingSelect);
