import type { ImageFacts } from './facts.js';

/** The layers of many images by number, each chain ID once. */
export interface Chains {
  /** For each image, in the order given, its layers from the base up; null where unknown. */
  ofImage: (number[] | null)[];
  /** For each layer its bytes. */
  sizes: number[];
  /** For each layer how many images stand on it. */
  users: number[];
  numberOf: Map<string, number>;
}

/** Numbers every layer once: what follows compares numbers instead of long digests. */
export function chainsOf(images: readonly Pick<ImageFacts, 'layers'>[]): Chains {
  const numberOf = new Map<string, number>();
  const sizes: number[] = [];
  const users: number[] = [];
  const ofImage = images.map(
    ({ layers }) =>
      layers &&
      layers.map(({ chainId, size }) => {
        let n = numberOf.get(chainId);
        if (n === undefined) {
          n = sizes.length;
          numberOf.set(chainId, n);
          sizes.push(size);
          users.push(1);
        } else {
          users[n] = (users[n] ?? 0) + 1;
          if (size > (sizes[n] ?? 0)) sizes[n] = size;
        }
        return n;
      }),
  );
  return { ofImage, sizes, users, numberOf };
}
