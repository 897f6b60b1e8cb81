import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { isClaimed } from "@/ui/session/find-member";
import { MissingToken } from "@/ui/setup/missing-token";
import { SetupForm } from "@/ui/setup/setup-form";

export const metadata: Metadata = { title: "Set up" };

export default async function SetupPage({ searchParams }: { searchParams: Promise<{ token?: string | string[] }> }) {
  if (await isClaimed()) notFound();
  const { token } = await searchParams;
  return typeof token === "string" && token !== "" ? <SetupForm token={token} /> : <MissingToken />;
}
