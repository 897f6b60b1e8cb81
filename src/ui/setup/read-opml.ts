"use client";

/**
 * The feeds of an OPML document as one address a line with its name behind it; null when it is no OPML. The browser reads the person's
 * own file, so that nothing of it is sent anywhere: only addresses are, once they are tested.
 */
export function readOpml(xml: string): string | null {
  const document = new DOMParser().parseFromString(xml, "text/xml");
  if (document.querySelector("parsererror") || document.documentElement.localName.toLowerCase() !== "opml") return null;
  const lines = [...document.getElementsByTagName("outline")].flatMap((outline) => {
    const url = attributeOf(outline, "xmlurl").replace(/\s/g, "");
    const name = attributeOf(outline, "title") || attributeOf(outline, "text");
    return url ? [`${url} ${name.replace(/\s+/g, " ")}`.trim()] : [];
  });
  return lines.join("\n");
}

/** Feed readers write xmlUrl, xmlURL and xmlurl. */
function attributeOf(element: Element, name: string): string {
  return [...element.attributes].find((attribute) => attribute.name.toLowerCase() === name)?.value.trim() ?? "";
}
