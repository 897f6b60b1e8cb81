"use client";
import { createFormContext } from "@mantine/form";
import type { SourceFormValues } from "./source-form-values";

/** The form of one source, shared by the parts of the editor. */
export const [SourceFormProvider, useSourceFormContext, useSourceForm] = createFormContext<SourceFormValues>();
