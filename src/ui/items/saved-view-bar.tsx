"use client";
import { Button, Group, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconBookmark } from "@tabler/icons-react";
import type { SavedView } from "@/domain/saved-view";
import { AppLink } from "@/ui/shell/app-link";
import { type ItemsAddress, type ItemView, isFiltered, isSameFilter, itemsHref } from "./item-filter";
import { SavedViewMenu } from "./saved-view-menu";
import { useSavedViews } from "./use-saved-views";
import { ViewNameDialog } from "./view-name-dialog";

interface SavedViewBarProps {
  views: readonly SavedView[];
  /** The one that the address names. */
  saved: SavedView | undefined;
  filter: ItemView;
  canEdit: boolean;
  onShow: (address: ItemsAddress) => void;
  /** As `onShow`, for links. */
  onFollow: (address: ItemsAddress) => void;
}

/** The organization's views as links, and what may be done with the one that is shown. */
export function SavedViewBar({ views, saved, filter, canEdit, onShow, onFollow }: SavedViewBarProps) {
  const [naming, dialog] = useDisclosure(false);
  const { create } = useSavedViews({ onSaved: dialog.close, show: (view) => onShow({ savedViewId: view.id, filter: {} }) });
  const isChanged = saved !== undefined && !isSameFilter(filter, saved.filter);
  const canSave = canEdit && isFiltered(filter) && (!saved || isChanged);
  if (views.length === 0 && !canSave) return null;
  return (
    <Group gap="xs" justify="space-between">
      <ViewLinks views={views} shownId={saved?.id} isAll={!isFiltered(filter)} onFollow={onFollow} />
      <Group gap="xs">
        {isChanged && <ChangedView view={saved} filter={filter} canEdit={canEdit} onShow={onShow} />}
        {canSave && (
          <Button size="compact-md" fz="sm" variant="default" leftSection={<IconBookmark size={16} aria-hidden />} onClick={dialog.open}>
            {saved ? "Save as new view" : "Save as view"}
          </Button>
        )}
        {saved && canEdit && <SavedViewMenu view={saved} onShow={onShow} />}
      </Group>
      <ViewNameDialog
        opened={naming}
        onClose={dialog.close}
        title="Save as view"
        submitLabel="Save view"
        initialName=""
        save={create}
        onSave={(name) => create.mutate({ name, filter })}
      />
    </Group>
  );
}

interface ViewLinksProps extends Pick<SavedViewBarProps, "views" | "onFollow"> {
  shownId: string | undefined;
  isAll: boolean;
}

function ViewLinks({ views, shownId, isAll, onFollow }: ViewLinksProps) {
  const links = [{ id: undefined, name: "All items", isShown: isAll && !shownId }, ...views.map(({ id, name }) => ({ id, name, isShown: id === shownId }))];
  return (
    <nav aria-label="Saved views">
      <Group gap="xs">
        {links.map(({ id, name, isShown }) => (
          <Button
            key={id ?? "all"}
            component={AppLink}
            href={itemsHref({ savedViewId: id, filter: {} })}
            prefetch={false}
            onFollow={() => onFollow({ savedViewId: id, filter: {} })}
            size="compact-md"
            radius="xl"
            maw={260}
            title={name}
            fz="sm"
            variant={isShown ? "filled" : "default"}
            aria-current={isShown ? "true" : undefined}
          >
            <Text span inherit truncate lh={1.6}>
              {name}
            </Text>
          </Button>
        ))}
      </Group>
    </nav>
  );
}

function ChangedView({ view, filter, canEdit, onShow }: { view: SavedView; filter: ItemView; canEdit: boolean; onShow: (address: ItemsAddress) => void }) {
  const { update } = useSavedViews({ show: () => onShow({ savedViewId: view.id, filter: {} }) });
  return (
    <>
      <Text size="sm" c="dimmed" role="status">
        “{view.name}” changed since it was saved.
      </Text>
      {canEdit && (
        <Button size="compact-md" fz="sm" loading={update.isPending} onClick={() => update.mutate({ id: view.id, filter })}>
          Save changes
        </Button>
      )}
    </>
  );
}
