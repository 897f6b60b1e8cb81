import { describe, expect, it } from "vitest";
import { decodeText } from "./decode-text";
import { guessEncoding } from "./guess-encoding";

const bytes = (hex: string) => Buffer.from(hex, "hex");
const decoded = (body: Uint8Array) => decodeText(body, undefined, "xml");

describe("the encoding of a text that does not state it", () => {
  it.each([
    ["Президент подписал", "cff0e5e7e8e4e5edf220efeee4efe8f1e0eb"],
    ["Президент подписал", "f0d2c5dac9c4c5ced420d0cfc4d0c9d3c1cc"],
    ["日本語のニュース見出しです", "93fa967b8cea82cc836a8385815b83588ca98f6f82b582c582b7"],
    ["日本語のニュース見出しです", "c6fccbdcb8eca4cea5cba5e5a1bca5b9b8abbdd0a4b7a4c7a4b9"],
    ["日本語のニュースです", "1b2442467c4b5c386c244e254b2565213c2539244724391b2842"],
    ["中国的新闻在北京", "d6d0b9fab5c4d0c2cec5d4dab1b1bea9"],
    ["台灣的新聞在今天", "a578c657aabab773bb44a662a4b5a4d1"],
    ["한국어 뉴스 제목입니다", "c7d1b1b9beee20b4babdba20c1a6b8f1c0d4b4cfb4d9"],
    ["Ελληνικά νέα", "c5ebebe7ede9eadc20eddde1"],
  ])("is known by its letters: %s", (text, hex) => {
    expect(decoded(bytes(hex))).toBe(text);
  });

  it.each([
    "L’été dernier à Genève, les élèves ont mangé des œufs déjà préparés",
    "Größe über alles: Käse, Öl, Straße, Müller und Söhne äußern sich",
    "El niño comió piña mañana en España, ¿qué pasó? Acción número año",
    "Hyvää päivää, äiti söi mämmiä töissä",
    "Rendez-vous à 8 h à Paris, à Lyon, à Nice, à Brest, à Lille, à Metz",
    "O que é, a que horas, é um, é uma, à noite, à tarde, é o fim",
    "1\u00A0234;2\u00A0345;3\u00A0456;4\u00A0000;5\u00A0000;6\u00A0000;7\u00A0000",
    "Menu\u00A0\u00A0\u00A0|\u00A0\u00A0\u00A0|\u00A0\u00A0\u00A0 à la carte",
    "¥500, ¥600, ¥700, ¥800, ¥900, ¥100",
  ])("is that of Western Europe otherwise: %s", (text) => {
    const body = Buffer.from([...text].map((letter) => ({ "’": 0x92, œ: 0x9c })[letter] ?? letter.charCodeAt(0)));
    expect(decoded(body)).toBe(text);
  });

  it("is not guessed from a few letters", () => {
    expect(guessEncoding(bytes("cff0e5"))).toBeUndefined();
    expect(guessEncoding(Buffer.from("plain"))).toBeUndefined();
  });
});
