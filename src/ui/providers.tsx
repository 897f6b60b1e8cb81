"use client";
import { MantineProvider } from "@mantine/core";
import { setNonce } from "get-nonce";
import { type ReactNode, useState } from "react";
import { WarmNotices } from "./display/warm-notices";
import { cssVariables, theme } from "./theme";
import { NowProvider } from "./time/now";
import { ApiProvider } from "./trpc/client";

interface ProvidersProps {
  /** Of the document's Content-Security-Policy; every style that is added later must carry it. */
  nonce: string | undefined;
  /** The server's time when it rendered the document. */
  initialNow: Date;
  children: ReactNode;
}

/** What every page stands in: theme, time, API, dialogs and messages. */
export function Providers({ nonce: documentNonce, initialNow, children }: ProvidersProps) {
  // The document keeps the policy that it was loaded with; router.refresh() renders the layout anew with another nonce.
  const [nonce] = useState(documentNonce);
  // Dialogs add a <style> through react-remove-scroll, which takes its nonce from here.
  if (nonce !== undefined && typeof window !== "undefined") setNonce(nonce);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto" getStyleNonce={() => nonce ?? ""}>
      <NowProvider initialNow={initialNow}>
        <ApiProvider>
          <WarmNotices />
          {children}
        </ApiProvider>
      </NowProvider>
    </MantineProvider>
  );
}
