import { Button, Group } from "@mantine/core";
import { IconBraces, IconFileImport, IconLink } from "@tabler/icons-react";
import { AppLink } from "@/ui/shell/app-link";
import { EmptyState } from "@/ui/states/empty-state";

const WAYS = [
  { href: "/sources/new", label: "Paste an address", icon: IconLink, variant: "filled" },
  { href: "/sources/import", label: "Import OPML or CSV", icon: IconFileImport, variant: "default" },
  { href: "/sources/new?kind=json_api", label: "Collect a JSON API", icon: IconBraces, variant: "default" },
] as const;

/** The list before there is any source, with three ways to begin. */
export function NoSources({ canEdit }: { canEdit: boolean }) {
  if (!canEdit) return <EmptyState>No sources yet.</EmptyState>;
  return (
    <EmptyState
      action={
        <Group justify="center">
          {WAYS.map(({ href, label, icon: WayIcon, variant }) => (
            <Button key={href} component={AppLink} href={href} variant={variant} leftSection={<WayIcon size={16} aria-hidden />}>
              {label}
            </Button>
          ))}
        </Group>
      }
    >
      No sources yet. A source is one feed, JSON API, web page, sitemap or table that runs collect.
    </EmptyState>
  );
}
