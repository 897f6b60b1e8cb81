import { expect, test } from "vitest";
import { addressIn, imageWords, isBeacon, showableImages } from "./content-images";

const BASE = "https://news.example.org/posts/1";

test.each([
  ["https://example.org/a", "https://example.org/a"],
  ["../about?x=1#y", "https://news.example.org/about?x=1#y"],
  ["//cdn.example.org/a", "https://cdn.example.org/a"],
  [" #part ", "https://news.example.org/posts/1#part"],
  ["javascript:alert(1)", null],
  ["java\nscript:alert(1)", null],
  ["\u0001 JaVaScRiPt:alert(1)", null],
  ["blob:https://news.example.org/x", null],
  ["data:text/html,x", null],
  ["mailto:ada@example.org", null],
  ["http://", null],
  ["", null],
  [undefined, null],
])("%j in a text means %j", (stated, address) => expect(addressIn(stated, BASE)).toBe(address));

test("without an item's page a relative address means nothing", () => {
  expect(addressIn("/about", null)).toBeNull();
  expect(addressIn("https://example.org/a", null)).toBe("https://example.org/a");
});

test.each([
  [{ width: "1", height: "1" }, true],
  [{ height: "0" }, true],
  [{ width: "600" }, false],
  [{ width: "100%", height: "auto" }, false],
  [{}, false],
])("an image of the size %j counts readers: %s", (size, is) => expect(isBeacon(size)).toBe(is));

const image = (src: string, alt = "") => ({ src, alt });

test("images are shown once each, of public hosts other than ours", () => {
  const stated = [
    image("a.png", " A "),
    image("https://news.example.org/posts/a.png"),
    image("https://milkrun.example.com/b.png"),
    image("http://192.168.1.1/reboot"),
    image("http://router/c.png"),
    image("data:image/png;base64,AA"),
    { ...image("b.gif"), width: "1" },
  ];
  expect(showableImages(stated, BASE, "milkrun.example.com")).toEqual([{ src: "https://news.example.org/posts/a.png", alt: "" }]);
  expect(showableImages([image("a.png", " A ")], BASE, "milkrun.example.com")).toEqual([{ src: "https://news.example.org/posts/a.png", alt: "A" }]);
});

const from = (...hosts: string[]) => hosts.map((host, index) => ({ src: `https://${host}/${index}.png`, alt: "" }));

test.each([
  [from("a.org"), false, "1 image is not shown. If you show it, a.org learns your internet address and that you read this."],
  [from("a.org", "a.org", "b.org"), false, "3 images are not shown. If you show them, a.org and b.org learn your internet address and that you read this."],
  [
    from("a.org", "b.org", "c.org", "d.org"),
    false,
    "4 images are not shown. If you show them, a.org, b.org and 2 more learn your internet address and that you read this.",
  ],
  [from("a.org", "b.org", "c.org"), true, "The images come from a.org, b.org and c.org."],
])("what it means to show images is said (%#)", (images, isShown, words) => expect(imageWords(images, 0, isShown)).toBe(words));

test.each([true, false])("images that find no room are not passed over in silence (shown: %s)", (isShown) =>
  expect(imageWords(from("a.org"), 18, isShown)).toMatch(/\. 18 more can only be opened by their links in the text\.$/),
);
