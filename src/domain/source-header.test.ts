import { describe, expect, it } from "vitest";
import { describeHeaderChanges, planHeaders, type SourceHeaderInput, type StoredHeader, sourceHeadersInputSchema } from "./source-header";

const URL = "https://api.example.org/items";
const stored: StoredHeader[] = [
  { name: "Authorization", origin: "https://api.example.org", bytes: 40 },
  { name: "X-Team", origin: "https://api.example.org", bytes: 4 },
];
const problemOf = (headers: unknown) => {
  const issue = sourceHeadersInputSchema.safeParse(headers).error?.issues[0];
  return issue && [issue.path.join("."), issue.message];
};

describe("headers as a person gives them", () => {
  it.each<[string, unknown, string, RegExp]>([
    ["no name", [{ name: " ", value: "a" }], "0.name", /Enter the name/],
    ["a colon in the name", [{ name: "X-Key:", value: "a" }], "0.name", /without a colon/],
    ["a name that is the connection's", [{ name: "Host", value: "a" }], "0.name", /Milkrun sets this header itself/],
    ["a name that asks for changes only", [{ name: "If-None-Match", value: "a" }], "0.name", /Milkrun sets this header itself/],
    ["a line break in the value", [{ name: "X-Key", value: "a\r\nX-Other: b" }], "0.value", /one line/],
    ["another alphabet", [{ name: "X-Key", value: "ключ" }], "0.value", /plain characters/],
    ["an empty value", [{ name: "X-Key", value: "" }], "0.value", /Enter the value/],
    ["a value without end", [{ name: "X-Key", value: "x".repeat(4_001) }], "0.value", /under 4,000/],
    ["a name twice, in other letters", [{ name: "X-Key", value: "a" }, { name: "x-key" }], "1.name", /has this name already/],
    ["too many", Array.from({ length: 21 }, (_, index) => ({ name: `X-${index}`, value: "a" })), "", /20 headers at most/],
  ])("are refused with %s", (_what, headers, path, message) => {
    expect(problemOf(headers)).toEqual([path, expect.stringMatching(message)]);
  });

  it("lose the blanks around them, such as the line break at the end of what was pasted", () => {
    expect(sourceHeadersInputSchema.parse([{ name: " X-Key ", value: "secret\n" }])).toEqual([{ name: "X-Key", value: "secret" }]);
  });
});

describe("planHeaders", () => {
  const refusalOf = (wanted: SourceHeaderInput[] | undefined, url = URL, known = stored) => {
    try {
      return planHeaders(known, wanted, url);
    } catch (error) {
      return error;
    }
  };

  it("keeps what is given without a value, stores what has one, and removes the rest", () => {
    expect(planHeaders(stored, [{ name: "authorization" }, { name: "X-New", value: "1" }], URL)).toEqual({
      write: [{ name: "X-New", value: "1" }],
      kept: ["Authorization"],
      set: ["X-New"],
      replaced: [],
      removed: ["X-Team"],
    });
  });

  it("replaces a value, whatever letters its name is written in", () => {
    expect(planHeaders(stored, [{ name: "AUTHORIZATION", value: "new" }, { name: "X-Team" }], URL)).toMatchObject({
      write: [{ name: "AUTHORIZATION", value: "new" }],
      replaced: ["AUTHORIZATION"],
      set: [],
      removed: [],
    });
  });

  it("keeps everything when nothing is said about headers", () => {
    expect(planHeaders(stored, undefined, `${URL}?page=2`)).toMatchObject({ write: [], kept: ["Authorization", "X-Team"], removed: [] });
  });

  it.each(["https://evil.example/items", "http://api.example.org/items", "https://api.example.org:8443/items", "https://example.org/items"])(
    "does not let a value go to another site with the address: %s",
    (url) => {
      for (const wanted of [undefined, [{ name: "Authorization" }]]) {
        expect(refusalOf(wanted, url)).toMatchObject({
          code: "validation",
          details: { field: "headers.0.value" },
          message: expect.stringContaining("was entered for https://api.example.org. Enter it again"),
        });
      }
      expect(planHeaders(stored, [{ name: "Authorization", value: "again" }], url)).toMatchObject({ replaced: ["Authorization"], removed: ["X-Team"] });
    },
  );

  it("asks for the value of a header that is not stored", () => {
    expect(refusalOf([{ name: "Authorization" }, { name: "X-New" }])).toMatchObject({ code: "validation", details: { field: "headers.1.value" } });
  });

  it("counts what is stored towards the most that there may be", () => {
    const long = [{ name: "Authorization", origin: "https://api.example.org", bytes: 5_000 }];
    const wanted = [{ name: "Authorization" }, { name: "X-New", value: "x".repeat(3_001) }];
    expect(refusalOf(wanted, URL, long)).toMatchObject({
      code: "validation",
      details: { field: "headers.1.value" },
      message: expect.stringContaining("8,000"),
    });
  });
});

it("says what was changed without a value", () => {
  expect(describeHeaderChanges({ set: ["A"], replaced: ["B"], removed: ["C", "D"] })).toEqual([
    "set the header A",
    "replaced the header B",
    "removed the header C",
    "removed the header D",
  ]);
});
