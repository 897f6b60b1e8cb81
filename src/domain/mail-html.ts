import type { MailParts } from "./notice-mail";
import { escapeXml } from "./xml-text";

/** No colours, so that the reader's mail program shows its own, in the dark too; nothing is fetched from anywhere, and nothing is hidden. */
const BODY = "font-family:system-ui,-apple-system,'Segoe UI',sans-serif;font-size:16px;line-height:1.5;max-width:640px;overflow-wrap:anywhere";
const LINK = "display:inline-block;padding:8px 0";

/**
 * The same as the text of the mail, in HTML: for phones, where a long address fills the screen, and for programs that join the lines of plain
 * text. What sites and people wrote is text in it, whatever it looks like, and reads in its own direction.
 */
export function mailHtml({ subject, notices, untold, sender, settings }: MailParts): string {
  const told = notices.map(
    ({ title, when, text, link }) =>
      `<h2 dir="auto" style="font-size:18px;margin:24px 0 0">${escapeXml(title)}</h2><p style="margin:0 0 8px">${escapeXml(when)}</p>` +
      `<p style="margin:0">${text.split("\n").map(line).join("<br>")}</p><p style="margin:0">${anchor("Open in Milkrun", link)}</p>`,
  );
  const rest = untold.map((words) => `<p>${escapeXml(words)}</p>`);
  const footer = `<hr><p style="font-size:14px">${line(sender)}<br>${anchor(settings.words, settings.link)}</p>`;
  return `<!doctype html><html lang="en"><head>${headOf(subject)}</head><body style="${BODY}">${[...told, ...rest, footer].join("\n")}</body></html>\n`;
}

function headOf(subject: string): string {
  const metas = ['charset="utf-8"', 'name="viewport" content="width=device-width"', 'name="color-scheme" content="light dark"'];
  return `${metas.map((meta) => `<meta ${meta}>`).join("")}<title>${escapeXml(subject)}</title>`;
}

const line = (text: string) => `<bdi>${escapeXml(text)}</bdi>`;
const anchor = (words: string, link: string) => `<a href="${escapeXml(link)}" style="${LINK}">${escapeXml(words)}</a>`;
