"use client";
import { Button, Group, Stack } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconDeviceFloppy, IconTestPipe } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import type { Source, SourceKind } from "@/domain/source";
import { useRefocus } from "@/ui/display/use-refocus";
import { ErrorSummary } from "./error-summary";
import { SaveFailure } from "./save-failure";
import { SourceFields } from "./source-fields";
import { SourceFormProvider } from "./source-form-context";
import { TemplatePicker } from "./template-picker";
import { TestPanel } from "./test-panel";
import { useSourceEditor } from "./use-source-editor";

interface SourceEditorProps {
  /** Null for a new one. */
  source: Source | null;
  /** Of a new one, to begin with. */
  kind?: SourceKind;
  /** More buttons beside Save and Test. */
  actions?: ReactNode;
}

/** The form of one source, with its test. Mod+S saves. */
export function SourceEditor({ source, kind, actions }: SourceEditorProps) {
  const { form, failure, test, testIsStale, isSaving, goTo, submit, takeStored, keepMine, startTest } = useSourceEditor(source, kind);
  const [templateId, setTemplateId] = useState<string | null>(null);
  const saveButton = useRefocus(isSaving);
  const testButton = useRefocus(test.isPending);
  useHotkeys([["mod+S", submit]], []);
  return (
    <SourceFormProvider form={form}>
      <Stack gap="xl">
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <Stack gap="lg" maw={760}>
            {!source && <TemplatePicker value={templateId} onChange={setTemplateId} />}
            <SourceFields source={source} />
            <ErrorSummary errors={form.errors} onGoTo={goTo} />
            <SaveFailure what="source" failure={failure} href={source ? `/sources/${source.id}` : "/sources"} onTake={takeStored} onKeep={keepMine} />
            <Group>
              <Button ref={saveButton} type="submit" loading={isSaving} leftSection={<IconDeviceFloppy size={16} aria-hidden />}>
                Save source
              </Button>
              <Button ref={testButton} variant="default" loading={test.isPending} leftSection={<IconTestPipe size={16} aria-hidden />} onClick={startTest}>
                Test source
              </Button>
              {actions}
            </Group>
          </Stack>
        </form>
        <TestPanel test={test} stale={testIsStale} />
      </Stack>
    </SourceFormProvider>
  );
}
