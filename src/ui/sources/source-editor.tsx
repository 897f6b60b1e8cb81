"use client";
import { Button, Group, Stack } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconDeviceFloppy, IconTestPipe } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import type { Source, SourceKind } from "@/domain/source";
import { useRefocus } from "@/ui/display/use-refocus";
import { ErrorState } from "@/ui/states/error-state";
import { StillHere } from "@/ui/states/still-here";
import { ErrorSummary } from "./error-summary";
import { isOvertaken, OvertakenNotice } from "./overtaken-notice";
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
  const editor = useSourceEditor(source, kind);
  const { form, test, testIsStale, isSaving, goTo, submit, startTest } = editor;
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
            <SaveFailure source={source} editor={editor} />
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

function SaveFailure({ source, editor }: { source: Source | null; editor: ReturnType<typeof useSourceEditor> }) {
  const { failure, isSaving, takeStored, keepMine } = editor;
  if (failure === null) return null;
  if (source && isOvertaken(failure))
    return <OvertakenNotice what="source" href={`/sources/${source.id}`} onTake={takeStored} onKeep={keepMine} isSaving={isSaving} />;
  return <ErrorState title="The source was not saved" error={failure} effect={<StillHere error={failure}>What you typed is still here.</StillHere>} />;
}
