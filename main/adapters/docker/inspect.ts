import { z } from 'zod';
import type { Store } from '../../domain/facts.js';
import type { HistoryStep } from '../../domain/image-history.js';
import { fingerprint, layersOf } from './layers.js';
import { imageId, inPath, namesOf } from './names.js';
import type { Requests } from './requests.js';
import { clean, cleanRecord } from './text.js';
import { timeOf } from './time.js';
import type { ImageNature, ImageState, ListedImage } from './types.js';

const record = z.record(z.string(), z.string()).nullish();

const inspected = z.looseObject({
  Id: z.string(),
  RepoTags: z.array(z.string()).nullish(),
  RepoDigests: z.array(z.string()).nullish(),
  Parent: z.string().nullish(),
  Created: z.string().nullish(),
  Size: z.number().nonnegative().default(0),
  Os: z.string().nullish(),
  Architecture: z.string().nullish(),
  Variant: z.string().nullish(),
  Config: z.looseObject({ Labels: record }).nullish(),
  RootFS: z.looseObject({ Layers: z.array(z.string()).nullish() }).nullish(),
  Metadata: z.looseObject({ LastTagTime: z.string().nullish() }).nullish(),
});
type Inspected = z.output<typeof inspected>;

const historySchema = z.array(
  z.looseObject({
    Created: z.number().default(0),
    CreatedBy: z.string().nullish(),
    Comment: z.string().nullish(),
    Size: z.number().nonnegative().default(0),
  }),
);
type History = z.output<typeof historySchema>;

/** Containerd stores walk their content for each of these: up to a minute under load. */
const deadline = 60_000;

/** Reads single images of one engine: one inspect, one history. */
export class ImageReader {
  /** Bytes of an image's layers as unpacked; they never change. Containerd stores only. */
  readonly #unpacked = new Map<string, number>();

  constructor(
    private readonly requests: Requests,
    private readonly store: Store,
  ) {}

  /** What never changes about an image, and what inspect alone tells; null when it is gone. */
  async read(id: string): Promise<{ nature: ImageNature; state: ImageState } | null> {
    const [image, history] = await Promise.all([this.#inspect(id), this.#history(id)]);
    if (!image || !history) return null;
    return {
      nature: natureOf(image, history, this.store),
      state: { lastTagged: timeOf(image.Metadata?.LastTagTime) },
    };
  }

  /**
   * One row as the list would show it; null when the image is gone. One request; on a containerd
   * store two, if `read` has not met the image before.
   */
  async row(id: string): Promise<ListedImage | null> {
    const needed = this.store === 'containerd' && !this.#unpacked.has(id);
    const [image, history] = await Promise.all([
      this.#inspect(id),
      needed ? this.#history(id) : null,
    ]);
    if (!image || (needed && !history)) return null;
    return {
      id: imageId(image.Id),
      ...namesOf(image.RepoTags ?? null, image.RepoDigests ?? null),
      size: image.Size + (this.#unpacked.get(id) ?? 0),
      parent: image.Parent ? imageId(image.Parent) : null,
    };
  }

  /** What made the image, oldest step first; null when it is gone. */
  async steps(id: string): Promise<HistoryStep[] | null> {
    const history = await this.#history(id);
    return (
      history?.toReversed().map(({ CreatedBy, Comment, Created, Size }) => ({
        createdBy: clean(CreatedBy ?? ''),
        comment: clean(Comment ?? ''),
        created: Created > 0 ? Created * 1000 : null,
        size: Size,
      })) ?? null
    );
  }

  /** The ID that a reference resolves to, else null. */
  async resolve(reference: string): Promise<string | null> {
    const image = await this.#inspect(reference);
    return image && imageId(image.Id);
  }

  #inspect(name: string): Promise<Inspected | null> {
    return this.requests.find(inspected, { path: `/images/${inPath(name)}/json`, deadline });
  }

  async #history(id: string): Promise<History | null> {
    const path = `/images/${inPath(id)}/history`;
    const history = await this.requests.find(historySchema, { path, deadline });
    if (history && this.store === 'containerd')
      this.#unpacked.set(
        id,
        history.reduce((sum, step) => sum + step.Size, 0),
      );
    return history;
  }
}

function natureOf(image: Inspected, history: History, store: Store): ImageNature {
  const steps = history.toReversed();
  const { layers, inDoubt } = layersOf(
    (image.RootFS?.Layers ?? []).map(clean),
    steps.map((step) => ({ size: step.Size, createdBy: step.CreatedBy ?? '' })),
  );
  return {
    id: imageId(image.Id),
    created: timeOf(image.Created),
    layers,
    layersInDoubt: inDoubt,
    history: steps.map((step) =>
      fingerprint(step.CreatedBy ?? '', step.Comment ?? '', step.Created),
    ),
    labels: cleanRecord(image.Config?.Labels),
    platform: [image.Os, image.Architecture, image.Variant]
      .filter(Boolean)
      .map(String)
      .map(clean)
      .join('/'),
    // Measured on 26.1 and 28.5: inspect's Size is the content alone, the list's is unpacked plus content.
    content: store === 'containerd' ? image.Size : null,
  };
}
