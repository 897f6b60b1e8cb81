"use client";
import { warmPart } from "@/ui/display/warm-part";
import { AccountButton, type AccountMenuProps } from "./account-button";

/** Who is signed in, the way to their account, and the way out. */
export const WarmAccountMenu = warmPart<AccountMenuProps>(
  () => import("./account-menu").then(({ AccountMenu }) => AccountMenu),
  ({ name }) => <AccountButton name={name} />,
);
