import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { crc32, createDeflateRaw } from "node:zlib";
import { AppError } from "@/domain/errors";

/** A file in an archive, read once and from its beginning. */
export interface ZipEntry {
  name: string;
  content: AsyncIterable<string>;
}

interface Packed {
  name: Buffer;
  crc: number;
  packedBytes: number;
  bytes: number;
  /** Where it begins in the archive. */
  offset: number;
}

/** Larger archives need fields that not every spreadsheet reads. */
const LARGEST = 0xffff_ffff;
const VERSION = 20;
/** Names are UTF-8; sizes and checksum come after the content, as they are not known before. */
const FLAGS = 0x0808;
const DEFLATED = 8;
/** 1980-01-01, the first day that the format knows: the same content is the same archive. */
const FIRST_DAY = 0x21;
/** Fast rather than small: a million rows are a gigabyte of XML. */
const LEVEL = 1;
const CHUNK_BYTES = 65_536;

/**
 * A zip archive (PKWARE's APPNOTE 6.3) that is written while its files are read, and compressed on other threads. Without its last bytes
 * no program opens it.
 * @throws AppError `validation` when it would be larger than 4 GB.
 */
export async function* zipStream(entries: AsyncIterable<ZipEntry>): AsyncGenerator<Uint8Array, void> {
  const all: Packed[] = [];
  let offset = 0;
  for await (const { name, content } of entries) {
    const entry: Packed = { name: Buffer.from(name), crc: 0, packedBytes: 0, bytes: 0, offset };
    const [head, foot] = [headOf(entry), () => footOf(entry)];
    yield head;
    yield* deflated(entry, content);
    yield foot();
    offset += head.length + entry.packedBytes + foot().length;
    if (Math.max(offset, entry.bytes) > LARGEST) throw new AppError("validation", "The workbook would be larger than 4 GB. Export fewer items, or as CSV.");
    all.push(entry);
  }
  yield directoryOf(all, offset);
}

/** The packed content. Notes its sizes and its checksum on the way. */
async function* deflated(entry: Packed, content: AsyncIterable<string>): AsyncGenerator<Uint8Array, void> {
  const deflate = createDeflateRaw({ level: LEVEL, chunkSize: CHUNK_BYTES });
  const feeding = pipeline(Readable.from(counted(entry, content)), deflate);
  // Heard of below, unless whoever reads has gone: then nobody asks.
  feeding.catch(() => {});
  for await (const chunk of deflate as AsyncIterable<Buffer>) {
    entry.packedBytes += chunk.length;
    yield chunk;
  }
  await feeding;
}

async function* counted(entry: Packed, content: AsyncIterable<string>): AsyncGenerator<Buffer, void> {
  for await (const text of content) {
    const chunk = Buffer.from(text);
    entry.crc = crc32(chunk, entry.crc);
    entry.bytes += chunk.length;
    yield chunk;
  }
}

function headOf({ name }: Packed): Buffer {
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x0403_4b50, 0);
  head.writeUInt16LE(VERSION, 4);
  head.writeUInt16LE(FLAGS, 6);
  head.writeUInt16LE(DEFLATED, 8);
  head.writeUInt16LE(FIRST_DAY, 12);
  head.writeUInt16LE(name.length, 26);
  return Buffer.concat([head, name]);
}

function footOf({ crc, packedBytes, bytes }: Packed): Buffer {
  const foot = Buffer.alloc(16);
  foot.writeUInt32LE(0x0807_4b50, 0);
  foot.writeUInt32LE(crc, 4);
  foot.writeUInt32LE(Math.min(packedBytes, LARGEST), 8);
  foot.writeUInt32LE(Math.min(bytes, LARGEST), 12);
  return foot;
}

function directoryOf(entries: readonly Packed[], offset: number): Buffer {
  const directory = Buffer.concat(entries.map(directoryEntryOf));
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x0605_4b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([directory, end]);
}

function directoryEntryOf({ name, crc, packedBytes, bytes, offset }: Packed): Buffer {
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x0201_4b50, 0);
  entry.writeUInt16LE(VERSION, 4);
  entry.writeUInt16LE(VERSION, 6);
  entry.writeUInt16LE(FLAGS, 8);
  entry.writeUInt16LE(DEFLATED, 10);
  entry.writeUInt16LE(FIRST_DAY, 14);
  entry.writeUInt32LE(crc, 16);
  entry.writeUInt32LE(packedBytes, 20);
  entry.writeUInt32LE(bytes, 24);
  entry.writeUInt16LE(name.length, 28);
  entry.writeUInt32LE(offset, 42);
  return Buffer.concat([entry, name]);
}
