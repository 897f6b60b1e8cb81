// Finds a Chromium for the browser tests, or installs one.
import fs from "node:fs";
import path from "node:path";
import { runQuietly } from "./steps.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const MAC_CHROME = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/**
 * @returns {Promise<{ path: string } | { missing: string }>} The program, or one sentence on what is missing.
 */
export async function findChromium() {
  const found = await findInstalled();
  if (found) return { path: found };
  // Gives up soon where the download servers cannot be reached.
  await runQuietly([process.execPath, "node_modules/playwright/cli.js", "install", "chromium"], { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: "10000" });
  if (isDebian() && process.getuid?.() === 0 && !(await findInstalled())) {
    await runQuietly(["sh", "-c", "apt-get update -q && apt-get install -y -q --no-install-recommends chromium"], { DEBIAN_FRONTEND: "noninteractive" });
  }
  const installed = await findInstalled();
  if (installed) return { path: installed };
  return { missing: "The browser tests need Chromium, and none could be found or downloaded: install it, or name one with CHROMIUM_PATH." };
}

async function findInstalled() {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH;
  const { chromium } = await import("@playwright/test");
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  const candidates = [chromium.executablePath(), ...NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name))), MAC_CHROME];
  return candidates.find((file) => file && fs.existsSync(file));
}

const isDebian = () => fs.existsSync("/etc/debian_version");
