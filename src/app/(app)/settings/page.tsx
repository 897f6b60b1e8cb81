import { redirect } from "next/navigation";
import { SETTINGS_TABS } from "@/ui/settings/settings-tabs";

/** Settings begin with their first page. */
export default function SettingsPage() {
  redirect(SETTINGS_TABS[0].href);
}
