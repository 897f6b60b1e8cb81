"use client";
import { Button, FileButton, Group, Stack, Text, Textarea } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import { isOpml } from "@/domain/opml";
import { CalmStatus } from "@/ui/display/calm-status";
import { useOneClick } from "@/ui/display/use-one-click";
import { AppLink } from "@/ui/shell/app-link";
import { PublicFrame } from "@/ui/shell/public-frame";
import { LIST_FILES, readListFile } from "@/ui/source-import/list-files";
import { ErrorState } from "@/ui/states/error-state";
import { useTRPC } from "@/ui/trpc/client";
import { addLabel, summarizeChecks } from "./check-words";
import { SourceCheckList } from "./source-check-list";
import { readSourceLines } from "./source-lines";
import { StepCount } from "./step-count";
import { useAddSources } from "./use-add-sources";
import { usePastedSources } from "./use-pasted-sources";
import { useSourceChecks } from "./use-source-checks";

const NO_OPML = "This is no OPML that can be read. Nothing was taken from it. Export it again, or paste the addresses.";
const NOTHING_LISTED = "There are no sources in this OPML. Nothing was taken from it. Choose another file, or paste the addresses.";

/** The third step: addresses to collect from, pasted or from a file, such as the OPML of a feed reader or of a Milkrun, each tested before it is added. */
export function SourcesStep() {
  const { data: presets } = useSuspenseQuery(useTRPC().preset.list.queryOptions());
  const input = useRef<HTMLTextAreaElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const pasted = usePastedSources();
  const { checks, start, reset } = useSourceChecks();
  const add = useAddSources(pasted.forget);
  const once = useOneClick(add.isPending || add.isSuccess);
  const { isDone, ready, words } = summarizeChecks(checks);

  function change(text: string) {
    pasted.change(text);
    setProblem(null);
    reset();
  }

  function refuse(message: string) {
    setProblem(message);
    input.current?.focus();
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    const isDocument = pasted.text.trimStart().startsWith("<");
    if (isDocument && !isOpml(pasted.text)) return refuse(NO_OPML);
    const lines = readSourceLines(pasted.text);
    if (lines.length === 0) return refuse(isDocument ? NOTHING_LISTED : "Paste at least one address, or choose a file with them.");
    return void start(lines);
  }

  return (
    <PublicFrame
      title="Add your first sources"
      lead="A source is something on the web that runs collect. Here you begin with feeds; JSON APIs and web pages can follow."
      width={680}
    >
      <Stack mt="lg">
        {presets.length > 0 && <ExistingPresets names={presets.map(({ name }) => name)} />}
        <form noValidate onSubmit={submit}>
          <Stack>
            <Textarea
              ref={input}
              label="Addresses of feeds, one a line"
              description="You can put a name behind each address. An OPML document works, too; one from another Milkrun brings sources of every kind."
              placeholder="https://example.com/feed.xml"
              size="md"
              autosize
              minRows={4}
              maxRows={12}
              spellCheck={false}
              value={pasted.text}
              error={problem}
              onChange={(event) => change(event.currentTarget.value)}
            />
            <Group>
              <Button type="submit" variant={presets.length > 0 || ready.length > 0 ? "default" : "filled"} loading={checks.length > 0 && !isDone}>
                Test addresses
              </Button>
              <FileButton accept={LIST_FILES} onChange={(file) => void (file && readListFile(file).then(change))}>
                {(props) => (
                  <Button variant="default" {...props}>
                    Choose file
                  </Button>
                )}
              </FileButton>
            </Group>
          </Stack>
        </form>
        {checks.length > 0 && (
          <>
            <SourceCheckList checks={checks} />
            <Text fw={600}>{words}</Text>
            <CalmStatus>{words}</CalmStatus>
          </>
        )}
        {add.isError && (
          <ErrorState title="The sources were not all added" error={add.error} effect="What you pasted is still here: adding it again makes nothing twice." />
        )}
        {isDone && ready.length > 0 && (
          <Group>
            <Button loading={add.isPending || add.isSuccess} onClick={() => once(() => add.mutate(ready))}>
              {addLabel(ready.length)}
            </Button>
          </Group>
        )}
        <Group justify="space-between">
          <StepCount step={3} />
          {presets.length === 0 && (
            <Button component={AppLink} href="/schedule" prefetch={false} variant="subtle">
              Do this later
            </Button>
          )}
        </Group>
      </Stack>
    </PublicFrame>
  );
}

function ExistingPresets({ names }: { names: readonly string[] }) {
  return (
    <Group justify="space-between">
      <Text>
        {names.length === 1 ? `You have the preset “${names[0]}” to begin with.` : `You have ${names.length} presets to begin with.`} Go on with what is there,
        or add sources of your own.
      </Text>
      <Button component={AppLink} href="/start/schedule">
        Go on
      </Button>
    </Group>
  );
}
