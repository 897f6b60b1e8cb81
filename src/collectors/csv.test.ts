import { describe, expect, it } from "vitest";
import { type CsvConfig, csvConfigSchema } from "@/domain/source";
import { parseCsv } from "./csv-items";

const URL_OF = { url: "https://example.com/tables/prices.csv" };
const read = (text: string | Uint8Array, config: Partial<CsvConfig> = {}, about: { contentType?: string; maxItems?: number } = {}) =>
  parseCsv(Buffer.from(text), { ...URL_OF, ...about }, csvConfigSchema.parse(config)).items;
const fieldsOf = (...from: Parameters<typeof read>) => read(...from).map(({ fields }) => fields);

describe("a table", () => {
  it("gives an item for each row, with every cell as the text that it is", () => {
    expect(read("id,Title,Link,Date,Zip code\n7,Milk,/milk,2024-10-02,08123\n")).toEqual([
      {
        key: "7",
        title: "Milk",
        url: "https://example.com/milk",
        publishedAt: new Date("2024-10-02T00:00:00Z"),
        fields: { id: "7", Title: "Milk", Link: "/milk", Date: "2024-10-02", "Zip code": "08123" },
      },
    ]);
  });

  it("gives what its source says, from columns in any capitals", () => {
    const config = { keyColumns: ["Country", "sku"], titleColumn: "what", linkColumn: "where", dateColumn: "when", fields: { price: "Price in EUR" } };
    const text = "SKU,country,What,Where,When,Price in EUR\n1,DE,Milk,https://example.org/1,2 Oct 2024,0.99\n";
    expect(read(text, config)).toEqual([
      { key: '["DE","1"]', title: "Milk", url: "https://example.org/1", publishedAt: new Date("2024-10-02T00:00:00Z"), fields: { price: "0.99" } },
    ]);
  });

  it("identifies rows without a key by what is in them, and keeps equal ones apart", () => {
    const keys = read("day,rain\nMonday,1.5\nTuesday,2\nMonday,1.5\n").map(({ key }) => key);
    expect(keys).toEqual([expect.stringMatching(/^sha256:/), expect.stringMatching(/^sha256:/), `${keys[0]}#2`]);
  });

  it("says which columns there are when one is missing", () => {
    expect(() => read("a,b\n1,2", { titleColumn: "c" })).toThrow(
      "The table has no column c. It has: a, b. Nothing was collected. Correct the name of the column.",
    );
  });

  it("is read as far as its source may bring", () => expect(read("a\n1\n2\n3", {}, { maxItems: 2 })).toHaveLength(2));
});

describe("how it is written", () => {
  const expected = [
    { name: "Milk, whole", price: "1,5" },
    { name: 'Cheese "old"', price: "2,5" },
  ];

  it.each([
    ["commas", 'name,price\n"Milk, whole","1,5"\n"Cheese ""old""","2,5"\n'],
    ["semicolons between numbers with commas", 'name;price\nMilk, whole;1,5\n"Cheese ""old""";2,5\n'],
    ["tabs", 'name\tprice\nMilk, whole\t1,5\n"Cheese ""old"""\t2,5'],
    ["vertical bars", 'name|price\nMilk, whole|1,5\nCheese "old"|2,5'],
    ["lines of Windows", 'name;price\r\nMilk, whole;1,5\r\n\r\n"Cheese ""old""";2,5\r\n'],
    ["lines of old Macs", 'name;price\rMilk, whole;1,5\r"Cheese ""old""";2,5'],
    ["spaces around quotations", 'name, price\n"Milk, whole" , "1,5"\n"Cheese ""old""", "2,5"\n'],
    ["apostrophes around cells", "'name','price'\n'Milk, whole','1,5'\n'Cheese \"old\"','2,5'\n"],
    ["a delimiter that it states", 'sep=;\r\nname;price\r\nMilk, whole;1,5\r\n"Cheese ""old""";2,5'],
    ["titles and remarks above it", 'Prices of today\n# from the market\n\nname;price\nMilk, whole;1,5\n"Cheese ""old""";2,5'],
    ["remarks that hold what stands between the cells", '# a; b\n## c; d\nname;price\nMilk, whole;1,5\n"Cheese ""old""";2,5'],
    ["backslashes before quotation marks", 'name,price\n"Milk, whole","1,5"\n"Cheese \\"old\\"","2,5"'],
    ["apostrophes around cells that hold what stands between them", "name,price\n'Milk, whole','1,5'\n'Cheese \"old\"','2,5'"],
  ])("is found out: %s", (_what, text) => expect(fieldsOf(text)).toEqual(expected));

  it.each([
    ["rows that lack their last cells", "name;price;unit;note\nMilk;1,50;l;fresh\nCheese;2,50;kg\nButter;3,50;kg;old\nBread;4,00;kg"],
    ["a text with such a mark in each row", `name,price,type\n${"Milk,1,text/html; charset=utf-8\n".repeat(20)}`],
    ["a title with such a mark above it", `Prices, 2026\nname;price\n${"Milk;1,50\n".repeat(20)}`],
    ["another mark in each of its quotations", '"name"|"price"|"unit; size"\n"Milk"|"1"|"l; 1"\n"Cheese"|"2"|"kg; 2"'],
  ])("is found out where a table could be read in two ways: %s", (_what, text) => {
    expect(Object.keys(fieldsOf(text)[0] ?? {}).slice(0, 2)).toEqual(["name", "price"]);
  });

  it("can be stated instead", () => {
    expect(fieldsOf("a;b,c\n1,2;3", { delimiter: "comma", header: "present" })).toEqual([{ "a;b": "1", c: "2;3" }]);
  });

  it.each([
    ["numbers below names", "name,2023,2024\nMilk,17,18\nCheese,9,8", ["Milk", "Cheese"]],
    ["numbers below numbers", "Milk,17\nCheese,9", ["Milk", "Cheese"]],
    ["dates below dates", "2024-10-01,Milk\n2024-10-02,Cheese", ["2024-10-01", "2024-10-02"]],
    ["times below times", "07:30,Milk\n08:15,Cheese", ["07:30", "08:15"]],
    ["a text that comes again", "open,Milk\nshut,Cheese\nopen,Bread\nopen,Butter", ["open", "shut", "open", "open"]],
    ["a name that is an item, too", "who,what\nwho,Milk\nJo,Cheese", ["who", "Jo"]],
    ["text below text", "who,what\nJo,Milk", ["Jo"]],
    ["nothing below names", "who,what", []],
  ])("tells whether its first row is an item: %s", (_what, text, firsts) => {
    expect(fieldsOf(text).map(({ name, who, column_1 }) => name ?? who ?? column_1)).toEqual(firsts);
  });

  it("may be told", () => {
    expect(fieldsOf("1,2\n3,4", { header: "present" })).toEqual([{ "1": "3", "2": "4" }]);
    expect(fieldsOf("a,b\nc,d", { header: "absent" })).toEqual([
      { column_1: "a", column_2: "b" },
      { column_1: "c", column_2: "d" },
    ]);
  });

  it.each<[string, string | Uint8Array, string | undefined]>([
    ["UTF-8", "name,price\ncafé,1", undefined],
    ["UTF-8 with a mark", "\uFEFFname,price\ncafé,1", "text/csv; charset=iso-8859-1"],
    ["UTF-16, as Excel writes it", Buffer.from("\uFEFFname\tprice\ncafé\t1", "utf16le"), undefined],
    ["windows-1252 that nobody declares", Buffer.from("name;price\ncaf\xe9;1", "latin1"), "text/csv"],
    ["Latin-2, declared", Buffer.from("name;price\ncaf\xe9;1", "latin1"), "text/csv; charset=iso-8859-2"],
  ])("may be in %s", (_what, text, contentType) => expect(fieldsOf(text, {}, { contentType })).toEqual([{ name: "café", price: "1" }]));
});

describe("tables as sites write them", () => {
  it("have rows of any length, and cells with line breaks", () => {
    expect(fieldsOf('a,b,c\n1,2\n3,4,5,6\n"x\ny",,\n')).toEqual([
      { a: "1", b: "2", c: "", column_4: "" },
      { a: "3", b: "4", c: "5", column_4: "6" },
      { a: "x\ny", b: "", c: "", column_4: "" },
    ]);
  });

  it("have columns whose names begin with a number sign", () => {
    expect(fieldsOf("# of units,price\n1,2\n3,4")).toEqual([
      { "# of units": "1", price: "2" },
      { "# of units": "3", price: "4" },
    ]);
  });

  it("have columns of the same name, or of none", () => {
    expect(fieldsOf(",name,name,__proto__\n1,a,b,c")).toEqual([{ column_1: "1", name: "a", name_2: "b" }]);
  });

  it("lose no more than a cell's meaning to a quotation that never ends", () => {
    expect(fieldsOf('a,b\n1,"inch\n2,x\n3,y\n')).toEqual([
      { a: "1", b: '"inch' },
      { a: "2", b: "x" },
      { a: "3", b: "y" },
    ]);
  });

  it("have quotation marks in the midst of cells and text after quotations", () => {
    expect(fieldsOf('a,b\n5" pipe,"x" y\n')).toEqual([{ a: '5" pipe', b: "x y" }]);
  });

  it("have backslashes that mean themselves", () => {
    expect(fieldsOf('a,b\n"C:\\Temp\\","say ""x"""\n"D:\\","y"\n')).toEqual([
      { a: "C:\\Temp\\", b: 'say "x"' },
      { a: "D:\\", b: "y" },
    ]);
  });

  it("have cells too long to keep whole", () => {
    const [fields] = fieldsOf(`a,b\n${"x".repeat(1_000_000)},1`);
    expect(fields?.a).toHaveLength(10_000);
  });

  it("have one column", () => expect(fieldsOf("name\nMilk\nCheese")).toEqual([{ name: "Milk" }, { name: "Cheese" }]));

  it.each([
    ["nothing", "", "The table is empty."],
    ["a page", "<!doctype html><title>Not found</title>", "This is a web page or XML, not a table."],
    ["JSON", '[{"a": 1}]', "This is JSON, not a table."],
    ["an Excel file", "PK\u0003\u0004x", "This is a file of a spreadsheet program or a PDF"],
  ])("are refused where they are none: %s", (_what, text, message) => expect(() => read(text)).toThrow(message));
});
