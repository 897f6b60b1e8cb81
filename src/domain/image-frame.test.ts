import { describe, expect, test } from "vitest";
import { imageFrameAddress, imageFrameDocument, imagesOfFrame, isPublicHost } from "./image-frame";

const documentAt = (address: string) => imageFrameDocument(new URL(address, "https://milkrun.example.org").searchParams, "n0nce");
const image = { src: "https://images.example.org/a.png?b=1&c", alt: 'A "bottle" <of> milk' };

test("the frame shows the images that its address names, each with its description and without a referrer", () => {
  const html = documentAt(imageFrameAddress([image, { src: "https://cdn.example.net/b.png", alt: "" }], "dark"));
  expect(html).toContain(
    '<img src="https://images.example.org/a.png?b=1&amp;c" alt="A &quot;bottle&quot; &lt;of&gt; milk" referrerpolicy="no-referrer" decoding="async">',
  );
  expect(html).toContain("<figcaption>A &quot;bottle&quot; &lt;of&gt; milk</figcaption>");
  expect(html).toContain("<figcaption>cdn.example.net</figcaption>");
  expect(html).toContain('<style nonce="n0nce">html{color-scheme:dark}');
});

test("images that its address has no room for are left out, and none is without its description", () => {
  const images = Array.from({ length: 12 }, (_, index) => ({ src: `https://images.example.org/${"x".repeat(900)}${index}`, alt: `${index}` }));
  const address = imageFrameAddress(imagesOfFrame(images), "light");
  expect(address.length).toBeLessThan(6_200);
  expect(documentAt(address)?.match(/alt="\d+"/g)).toEqual(['alt="0"', 'alt="1"', 'alt="2"', 'alt="3"', 'alt="4"', 'alt="5"']);
});

test("a frame shows 12 images at most, and passes over one that its address has no room for", () => {
  const small = Array.from({ length: 14 }, (_, index) => ({ src: `https://images.example.org/${index}`, alt: "" }));
  const large = { src: `https://images.example.org/${"x".repeat(6_000)}`, alt: "" };
  expect(imagesOfFrame([large, ...small])).toEqual(small.slice(0, 12));
});

test.each(["javascript:alert(1)", "data:image/png,x", "no address", "http://127.0.0.1/x", "http://[::1]/x", "http://localhost/x"])("%s is no image", (src) => {
  expect(documentAt(imageFrameAddress([{ src, alt: "" }], "light"))).toBeNull();
});

test("what names too many images is not answered", () => {
  const params = new URLSearchParams(Array.from({ length: 13 }, () => ["src", "https://images.example.org/a.png"]));
  expect(imageFrameDocument(params, "")).toBeNull();
});

describe("a host is public", () => {
  test.each(["example.org", "images.example.co.uk", "xn--mnchen-3ya.de"])("%s", (host) => expect(isPublicHost(host)).toBe(true));
  test.each([
    "localhost",
    "router",
    "127.0.0.1",
    "10.0.0.1",
    "[::1]",
    "nas.local",
    "db.internal",
    "x.localhost",
    "fritz.home.arpa",
    "a.lan",
    "wiki.intranet",
    "box.localdomain",
    "NAS.LOCAL.",
    "",
  ])("but not %j", (host) => expect(isPublicHost(host)).toBe(false));
});
