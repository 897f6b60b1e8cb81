import { crc32, inflateRawSync } from "node:zlib";

/** The files of a zip archive, found through its directory as every program does, each held against its checksum. Throws for what is incomplete. */
export function readZip(archive: Buffer): Map<string, string> {
  const end = archive.lastIndexOf("PK\u0005\u0006", undefined, "latin1");
  if (end < 0) throw new Error("The archive has no end.");
  const files = new Map<string, string>();
  for (let at = archive.readUInt32LE(end + 16), left = archive.readUInt16LE(end + 10); left > 0; left--) {
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((field) => archive.readUInt16LE(at + field)) as [number, number, number];
    const [crc, packedBytes, , offset] = [16, 20, 24, 42].map((field) => archive.readUInt32LE(at + field)) as [number, number, number, number];
    const begins = offset + 30 + archive.readUInt16LE(offset + 26) + archive.readUInt16LE(offset + 28);
    const content = inflateRawSync(archive.subarray(begins, begins + packedBytes));
    if (crc32(content) !== crc) throw new Error("A file of the archive is damaged.");
    files.set(archive.toString("utf8", at + 46, at + 46 + nameBytes), content.toString());
    at += 46 + nameBytes + extraBytes + commentBytes;
  }
  return files;
}
