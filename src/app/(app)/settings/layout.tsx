import type { ReactNode } from "react";
import { SettingsFrame } from "@/ui/settings/settings-frame";

/** What stands above every page under Settings. */
export default function SettingsLayout({ children }: { children: ReactNode }) {
  return <SettingsFrame>{children}</SettingsFrame>;
}
