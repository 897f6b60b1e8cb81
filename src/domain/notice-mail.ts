import { cut } from "./cut-text";
import { formatInCity } from "./format-time";
import type { SentNotice } from "./notice";
import { addressOf, type MessageContext, NOTIFICATIONS_PATH, titleOf, untold } from "./notice-message";

/** In a digest by mail, notices beyond these are counted only. */
const MOST_TOLD = 50;
const LONGEST_SUBJECT = 200;

/** What a mail says, before it is written down as text or in HTML. */
export interface MailParts {
  subject: string;
  /** One at least. */
  notices: readonly { title: string; when: string; text: string; link: string }[];
  /** What is said of the others; empty where there are none. */
  untold: readonly string[];
  /** Who sent it to whom. */
  sender: string;
  /** Where it can be changed, in words and with their link. */
  settings: { words: string; link: string };
}

/** What a mail for one or several notices says. */
export function mailParts(notices: readonly SentNotice[], context: MessageContext): MailParts {
  const { organization, channelName, timeZone } = context;
  const told = notices.slice(0, MOST_TOLD);
  return {
    subject: oneLine(`[Milkrun] ${titleOf(notices)}`),
    notices: told.map((notice) => ({
      title: notice.title,
      when: formatInCity(notice.at, timeZone),
      text: notice.text,
      link: addressOf(context, notice.path),
    })),
    untold: untold(notices.length - told.length),
    sender: `From Milkrun, for ${organization.name}, on the channel “${channelName}”.`,
    settings: { words: "Change or turn it off", link: addressOf(context, NOTIFICATIONS_PATH) },
  };
}

/** The mail as plain text. */
export function mailText({ notices, untold: rest, sender, settings }: MailParts): string {
  const told = notices.map(({ title, when, text, link }) => [title, when, text, link].join("\n"));
  const footer = `-- \n${sender}\n${settings.words}: ${settings.link}`;
  return `${[...told, ...rest, footer].join("\n\n")}\n`;
}

const oneLine = (text: string) => cut(text.replace(/\s+/g, " "), LONGEST_SUBJECT);
