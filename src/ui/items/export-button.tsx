"use client";
import { Button, Modal } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconDownload } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { loadPart } from "@/ui/display/load-part";
import type { ItemView } from "./item-filter";

const ExportPanel = dynamic(() => loadPart(() => import("./export-panel").then(({ ExportPanel: Panel }) => Panel)));

/** Opens the panel that exports everything that a view matches, not just the part of the list that is loaded. */
export function ExportButton({ view }: { view: ItemView }) {
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />} onClick={open}>
        Export items
      </Button>
      <Modal opened={opened} onClose={close} title="Export items" centered size="lg">
        <ExportPanel view={view} onDone={close} />
      </Modal>
    </>
  );
}
