import { crc32, deflateRawSync } from 'node:zlib';

/** Builds a zip archive of files by hand. */
export function zipOf(
  files: Readonly<Record<string, Buffer>>,
  { stored = false, crcOff = 0, sizeOff = 0 } = {},
): Buffer {
  const bodies: Buffer[] = [];
  const entries: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const packed = stored ? content : deflateRawSync(content);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(stored ? 0 : 8, 4);
    common.writeUInt32LE((crc32(content) + crcOff) >>> 0, 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(content.length + sizeOff, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), common, Buffer.from(name), packed]);
    const entry = Buffer.alloc(46);
    entry.write('PK\u0001\u0002', 'latin1');
    common.copy(entry, 6);
    entry.writeUInt32LE(offset, 42);
    bodies.push(local);
    entries.push(Buffer.concat([entry, Buffer.from(name)]));
    offset += local.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, directory, end]);
}
