import { cut } from "./cut-text";
import { formatInCity } from "./format-time";
import { type Mood, moodOf, type SentNotice } from "./notice";
import { addressOf, type MessageContext, NOTIFICATIONS_PATH, titleOf, untold } from "./notice-message";

/** ntfy makes an attachment of more than 4,096 bytes; a character has four at most. */
const MOST_PUSH = 1_000;
const MOST_TITLE = 200;
/** Of a digest, notices beyond these are counted only: a phone shows no more. */
const MOST_LISTED = 20;

/** A message for a topic of ntfy. https://docs.ntfy.sh/publish/#publish-as-json */
export interface PushMessage {
  title: string;
  message: string;
  /** From 1 to 5; 3 is the usual, 4 makes phones louder. */
  priority: number;
  /** Names of emojis, which stand before the title. */
  tags: string[];
  /** What opens when it is tapped. */
  click: string;
}

const PRIORITIES: Record<Mood, number> = { urgent: 4, bad: 3, good: 3, news: 3 };
const TAGS: Record<Mood, string[]> = { urgent: ["rotating_light"], bad: ["warning"], good: ["white_check_mark"], news: [] };
const MOODS: readonly Mood[] = ["urgent", "bad", "good", "news"];

/** One or several notices as a push message, which has no room for much. The worst of them says how loud it is. */
export function pushMessage(notices: readonly SentNotice[], context: MessageContext): PushMessage {
  const [first] = notices;
  const isOne = notices.length === 1 && first !== undefined;
  const worst = MOODS.find((mood) => notices.some(({ type }) => moodOf(type) === mood)) ?? "news";
  return {
    title: cut(titleOf(notices), MOST_TITLE),
    message: isOne ? withTime(cut(first.text, MOST_PUSH), first, context) : cut(listOf(notices, context), MOST_PUSH),
    priority: PRIORITIES[worst],
    tags: TAGS[worst],
    click: addressOf(context, isOne ? first.path : NOTIFICATIONS_PATH),
  };
}

/** It may come late: after quiet hours, or because the receiver was away. */
function withTime(text: string, { at }: SentNotice, { timeZone }: MessageContext): string {
  return `${text}\n${formatInCity(at, timeZone)}`;
}

function listOf(notices: readonly SentNotice[], { timeZone }: MessageContext): string {
  const listed = notices.slice(0, MOST_LISTED).map(({ title, at }) => `- ${title} (${formatInCity(at, timeZone)})`);
  return [...listed, ...untold(notices.length - listed.length)].join("\n");
}
