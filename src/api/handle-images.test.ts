import { expect, test } from "vitest";
import { imageFrameAddress } from "@/domain/image-frame";
import { handleImages } from "./handle-images";

const FRAME = imageFrameAddress([{ src: "https://images.example.org/a.png", alt: "A" }], "light");
const answer = (headers: Record<string, string>, path = FRAME) => handleImages(new Request(`https://milkrun.example.org${path}`, { headers }));

test.each<Record<string, string>>([{ "sec-fetch-site": "same-origin", "sec-fetch-dest": "iframe", "x-nonce": "n" }, { "x-nonce": "n" }])(
  "a frame of our pages gets the images (%j)",
  async (headers) => {
    const response = answer(headers);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('<style nonce="n">');
  },
);

test.each([
  { "sec-fetch-site": "cross-site", "sec-fetch-dest": "iframe" },
  { "sec-fetch-site": "same-origin", "sec-fetch-dest": "document" },
  { "sec-fetch-site": "none", "sec-fetch-dest": "document" },
])("nobody is shown strangers' images under our address (%j)", (headers) => {
  expect(answer(headers).status).toBe(404);
});

test("what names no image is not found", () => expect(answer({}, "/api/items/images?src=javascript:1").status).toBe(404));
