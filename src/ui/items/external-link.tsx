import { Anchor, type AnchorProps, VisuallyHidden } from "@mantine/core";
import { IconExternalLink } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { webAddress } from "./item-value";

/** A link to a collected page, in a new tab; plain text when the address is not one of the web. */
export function ExternalLink({ url, children, ...props }: { url: string | null; children: ReactNode } & AnchorProps) {
  const href = webAddress(url);
  if (!href) return <>{children}</>;
  return (
    <Anchor href={href} target="_blank" rel="noopener noreferrer nofollow" inherit underline="always" style={{ overflowWrap: "anywhere" }} {...props}>
      {children} <IconExternalLink size={14} aria-hidden style={{ verticalAlign: "-2px" }} />
      <VisuallyHidden> (opens in a new tab)</VisuallyHidden>
    </Anchor>
  );
}
