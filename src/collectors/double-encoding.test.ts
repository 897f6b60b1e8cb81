import { describe, expect, it } from "vitest";
import { mendDoubleEncoding } from "./double-encoding";

const twice = (text: string) => Buffer.from(text).toString("latin1");

describe("text in UTF-8 that was encoded twice", () => {
  it.each(["Kältewelle in Europa", "neige et pluie verglaçante à Paris", "£31 million", "Министр", "日本語", "“quoted” — 😀"])("is mended: %s", (text) => {
    expect(mendDoubleEncoding(`<a>${twice(text)}</a>`)).toBe(`<a>${text}</a>`);
  });

  it("is mended beside text that was not", () => {
    expect(mendDoubleEncoding(`<p>für</p><p>${twice("für")}</p><![CDATA[<b>für</b>${twice("ö")}]]>`)).toBe("<p>für</p><p>für</p><![CDATA[<b>für</b>ö]]>");
  });

  it.each([
    "NESCAFÉ® Gold",
    "«CAFÉ» et «QUALITÉ»",
    "Ã¤ is what ä becomes",
    "Nescafé®\u00A0Gold",
    "de la liberté\u00A0»",
    "blå»\u00A0x",
    "São Paulo, Größe, É",
    "\u00C2\u00A0\u2014",
  ])("is not seen in %j", (text) => {
    expect(mendDoubleEncoding(`<a>${text}</a>`)).toBe(`<a>${text}</a>`);
  });
});
