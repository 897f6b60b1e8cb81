import { cut } from "./cut-text";
import { formatInCity } from "./format-time";
import type { SentNotice } from "./notice";
import { addressOf, type MessageContext, NOTIFICATIONS_PATH, untold } from "./notice-message";

/** Discord refuses a message of more characters as a whole; Slack parts one of more than 4,000 in places of its own choosing. */
const LONGEST = 2_000;
/** For the line that counts what is left out. */
const KEPT_FREE = 120;
const LONGEST_TITLE = 150;
/** A link that would leave no room leads to the list of messages instead. */
const LONGEST_LINK = 800;

/** The text of a Slack-style webhook, in Slack's own markup; of several notices those that fit, and how many do not. */
export function slackText(notices: readonly SentNotice[], context: MessageContext): string {
  const told: string[] = [];
  let room = LONGEST - KEPT_FREE;
  for (const notice of notices) {
    const frame = frameOf(notice, context);
    if (told.length > 0 && frame("").length > room) break;
    const block = frame(fitting(notice.text, room - frame("").length));
    told.push(block);
    room -= block.length + 2;
  }
  return [...told, ...untold(notices.length - told.length)].join("\n\n");
}

/** What stands around the text of a notice: its title, where it leads, of whom and when it is. */
function frameOf(notice: SentNotice, context: MessageContext): (text: string) => string {
  const link = addressOf(context, notice.path);
  const address = link.length > LONGEST_LINK ? addressOf(context, NOTIFICATIONS_PATH) : link;
  const head = `*${escapeSlack(cut(notice.title, LONGEST_TITLE))}*`;
  const foot = `<${address}|Open in Milkrun> · ${escapeSlack(cut(context.organization.name, LONGEST_TITLE))} · ${formatInCity(notice.at, context.timeZone)}`;
  return (text) => [head, text, foot].filter((line) => line !== "").join("\n");
}

/** The text, escaped, and no more of it than there is room for: never half of what stands for a character. */
function fitting(text: string, room: number): string {
  const whole = escapeSlack(text);
  // With the line break before it.
  if (whole.length + 1 <= room) return whole;
  let fitted = "";
  for (const character of harmless(text)) {
    const escaped = escapeMarkup(character);
    if (fitted.length + escaped.length + 2 > room) break;
    fitted += escaped;
  }
  return fitted === "" ? "" : `${fitted}…`;
}

function escapeSlack(text: string): string {
  return escapeMarkup(harmless(text));
}

/** Slack takes these three for its markup. https://docs.slack.dev/messaging/formatting-message-text/ */
function escapeMarkup(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** In Mattermost and Discord these begin the address of a link that shows other words, or of an image: sites must not choose what ours seem to say. */
const MASK = /\](?=[([:])/g;

/**
 * Mattermost and Discord take "@all" and names for calls, and what a site wrote must call nobody: with nothing visible between, they are none.
 * Addresses of mail are left as they are, but for those with what Discord finds within a word, too.
 */
function harmless(text: string): string {
  return text.replace(MASK, "]\u200b").replace(/(?<![A-Za-z0-9])@(?=[\w!&])|@(?=everyone|here)/g, "@\u200b");
}
