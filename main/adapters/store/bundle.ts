import { buffer } from 'node:stream/consumers';
import { createGzip } from 'node:zlib';
import { pack } from 'tar-stream';
import type { Millis } from '../../domain/facts.js';

/** A file of an archive, by its name within. */
export interface BundledFile {
  name: string;
  text: string;
}

/** Files as one gzipped tar archive, all readable and in one folder of that name. */
export function bundleOf(
  folder: string,
  files: readonly BundledFile[],
  at: Millis,
): Promise<Buffer> {
  const archive = pack();
  for (const { name, text } of files)
    archive.entry({ name: `${folder}/${name}`, mtime: new Date(at), mode: 0o644 }, text);
  archive.finalize();
  return buffer(archive.pipe(createGzip()));
}
