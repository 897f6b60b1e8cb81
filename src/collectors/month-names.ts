const ENGLISH = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
/** In which feeds and pages write dates, besides English. */
const LANGUAGES = ["bg", "cs", "da", "de", "de-AT", "el", "es", "fi", "fr", "hu", "it", "nb", "nl", "pl", "pt", "ro", "ru", "sk", "sv", "tr", "uk"];
/** With the day some languages have another form: `3 марта`, but `март`. */
const FORMS: Intl.DateTimeFormatOptions[] = [{ month: "long" }, { month: "short" }, { day: "numeric", month: "long" }];
/** Used, and not known to Intl. */
const FURTHER = new Map([["mrz", 3]]);

let others: Map<string, number> | undefined;

/** 1 to 12 for a month's name or the beginning of one, in English or another language of Europe; 0 when it is no month. */
export function monthOf(name: string): number {
  const english = beginning(ENGLISH, name.toLowerCase());
  if (english > 0) return english;
  others ??= namesOfOthers();
  const plain = plainName(name);
  // Feeds misspell the ends of English names.
  return others.get(plain) ?? (beginningOfOther(others, plain) || beginning(ENGLISH, plain.slice(0, 3)));
}

function beginning(names: string[], name: string): number {
  return name.length < 3 ? 0 : names.findIndex((month) => month.startsWith(name)) + 1;
}

function beginningOfOther(names: Map<string, number>, name: string): number {
  const months = new Set([...names].filter(([month]) => month.startsWith(name)).map(([, number]) => number));
  const [month = 0] = months;
  return months.size === 1 ? month : 0;
}

/** Those that mean one month only: Croats would call October what Poles call November. */
function namesOfOthers(): Map<string, number> {
  const names = new Map(FURTHER);
  const ambiguous = new Set<string>();
  for (const [name, month] of LANGUAGES.flatMap(namesIn)) {
    if ((names.get(name) ?? month) !== month) ambiguous.add(name);
    names.set(name, month);
  }
  for (const name of ambiguous) names.delete(name);
  return names;
}

function namesIn(language: string): [string, number][] {
  return FORMS.flatMap((form) => {
    const format = new Intl.DateTimeFormat(language, { ...form, timeZone: "UTC" });
    return ENGLISH.map((_, month): [string, number] => {
      const name = format.formatToParts(Date.UTC(2024, month, 1)).find(({ type }) => type === "month")?.value ?? "";
      return [plainName(name), month + 1];
    });
  });
}

/** Without accents and dots, which are left out as often as not. */
function plainName(name: string): string {
  return name
    .normalize("NFD")
    .replace(/[\p{M}.]/gu, "")
    .toLowerCase();
}
