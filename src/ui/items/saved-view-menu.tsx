"use client";
import { Menu } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPencil, IconTrash } from "@tabler/icons-react";
import type { SavedView } from "@/domain/saved-view";
import { ActionsMenu } from "@/ui/display/actions-menu";
import { ConfirmDialog } from "@/ui/display/confirm-dialog";
import { errorMessage } from "@/ui/error-message";
import type { ItemsAddress } from "./item-filter";
import { RulesOfView } from "./rules-of-view";
import { useSavedViews } from "./use-saved-views";
import { ViewNameDialog } from "./view-name-dialog";

/** Renames or deletes the view that is shown. */
export function SavedViewMenu({ view, onShow }: { view: SavedView; onShow: (address: ItemsAddress) => void }) {
  const [naming, name] = useDisclosure(false);
  const [deleting, question] = useDisclosure(false);
  const { update, remove } = useSavedViews({ onSaved: name.close, showRest: () => onShow({ filter: {} }) });
  return (
    <>
      <ActionsMenu label={`Actions for the view ${view.name}`}>
        <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={name.open}>
          Rename view
        </Menu.Item>
        <Menu.Item leftSection={<IconTrash size={16} aria-hidden />} onClick={question.open}>
          Delete view
        </Menu.Item>
      </ActionsMenu>
      <ViewNameDialog
        opened={naming}
        onClose={name.close}
        title="Rename the view"
        submitLabel="Rename"
        initialName={view.name}
        save={update}
        onSave={(to) => update.mutate({ id: view.id, name: to })}
      />
      <ConfirmDialog
        opened={deleting}
        onClose={question.close}
        title={`Delete “${view.name}”?`}
        confirmLabel="Delete view"
        cancelLabel="Keep view"
        onConfirm={() => remove.mutate({ id: view.id })}
        pending={remove.isPending}
        error={remove.isError ? errorMessage(remove.error) : null}
      >
        It goes for everybody in the organization, and links to its feed end. The items stay.
        <RulesOfView viewId={view.id} />
      </ConfirmDialog>
    </>
  );
}
