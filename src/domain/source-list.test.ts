import { describe, expect, it } from "vitest";
import { readSourceList } from "./source-list";

const read = (text: string) => readSourceList(text).map(({ line, url, name, kind }) => [line, url, name, kind]);

describe("readSourceList", () => {
  it("takes one address a line with a name behind it, and numbers lines as an editor does", () => {
    expect(read("\uFEFFhttps://a.example/rss  The  Gazette\r\n\r\n  b.example/feed\n")).toEqual([
      [1, "https://a.example/rss", "The Gazette", null],
      [3, "https://b.example/feed", null, null],
    ]);
    expect(read(" \n\n")).toEqual([]);
  });

  it("takes an address with commas in it for an address", () => {
    expect(read("https://a.example/1,2.html")).toEqual([[1, "https://a.example/1,2.html", null, null]]);
    expect(read("https://a.example/1,2.html\nhttps://a.example/3").map(([, url]) => url)).toEqual(["https://a.example/1,2.html", "https://a.example/3"]);
  });

  it("reads a table by its headings, in whatever order and with whatever between the cells", () => {
    const expected = [
      [2, "https://a.example/", "Milk, fresh", "sitemap"],
      [3, "https://b.example/", null, null],
    ];
    expect(read('Kind,Notes,Title,URL\nsitemap,x,"Milk, fresh",https://a.example/\n,,,b.example/')).toEqual(expected);
    expect(read("type;name;address\nsitemap;Milk, fresh;https://a.example/\n;;https://b.example/")).toEqual(expected);
    expect(read("url\ttitle\tkind\nhttps://a.example/\tMilk, fresh\tsitemap\nhttps://b.example/\t\t")).toEqual(expected);
  });

  it("reads a table without headings when each row has one address", () => {
    expect(read('"Milk, fresh",https://a.example/\nCheese,https://b.example/')).toEqual([
      [1, "https://a.example/", "Milk, fresh", null],
      [2, "https://b.example/", "Cheese", null],
    ]);
  });

  it("reads a row whose cells have line breaks in them, and a mark that nothing closes costs its own line only", () => {
    expect(read('url,name,notes\nhttps://a.example/,"The\nGazette","one\n\nhttps://not.example/, two"\nhttps://b.example/,Cheese,\n')).toEqual([
      [2, "https://a.example/", "The Gazette", null],
      [6, "https://b.example/", "Cheese", null],
    ]);
    expect(read('url,name\nhttps://a.example/,"The Gazette\nhttps://b.example/,"Cheese"\nhttps://c.example/,5" disks\nhttps://d.example/,3" disks')).toEqual([
      [2, "https://a.example/", '"The Gazette', null],
      [3, "https://b.example/", "Cheese", null],
      [4, "https://c.example/", '5" disks', null],
      [5, "https://d.example/", '3" disks', null],
    ]);
  });

  it("passes over rows with nothing in them, as spreadsheets write them below a table, over several lines, too", () => {
    expect(read('url,name\n,\nhttps://a.example/,Milk\n" ","\n"\nhttps://b.example/,Cheese\n,\n,\n')).toEqual([
      [3, "https://a.example/", "Milk", null],
      [6, "https://b.example/", "Cheese", null],
    ]);
  });

  it("passes over the line by which tables tell Excel what stands between their cells", () => {
    expect(read("\uFEFFsep=;\r\nurl;name\r\nhttps://a.example/;Milk")).toEqual([[3, "https://a.example/", "Milk", null]]);
  });

  it("says of a row without an address that it has none", () => {
    expect(readSourceList("url,name\n,Milk\nhttps://b.example/,Cheese")).toMatchObject([{ line: 2, problem: "This row has no address." }, { problem: null }]);
  });

  it("takes the addresses that browsers make for feed readers", () => {
    expect(read("feed://a.example/rss\nfeed:https://b.example/rss").map(([, url]) => url)).toEqual(["https://a.example/rss", "https://b.example/rss"]);
    expect(read('<opml><body><outline xmlUrl="feed://a.example/"/></body></opml>')).toEqual([[1, "https://a.example/", null, null]]);
  });
});
