import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TestEngine } from './engine.js';

/**
 * Bytes that an engine's images take: the layers as the engine sums them and, on a containerd store
 * of 26.1, whose sum leaves them out, the blobs as they lie on the disk once its collector has run.
 */
export async function storeBytes(engine: TestEngine): Promise<number> {
  const { LayersSize } = (await engine.docker.df()) as { LayersSize: number };
  if (engine.store === 'classic' || engine.version === '28.5') return LayersSize;
  return LayersSize + (await settledBlobs(engine));
}

/** The collector runs a moment after a removal: read until two readings agree. */
async function settledBlobs(engine: TestEngine): Promise<number> {
  const folder = join(
    engine.dataRoot,
    'containerd/daemon/io.containerd.content.v1.content/blobs/sha256',
  );
  let last = -1;
  for (;;) {
    await sleep(1_000);
    const files = await readdir(folder);
    const sizes = await Promise.all(files.map((f) => stat(join(folder, f)).then((s) => s.size)));
    const sum = sizes.reduce((a, b) => a + b, 0);
    if (sum === last) return sum;
    last = sum;
  }
}
