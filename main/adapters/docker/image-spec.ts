import { z } from 'zod';
import type { JsonObject } from '../../domain/recreate/types.js';
import { repositoryOfName, splitReference } from '../../domain/reference.js';
import type { InspectedImage } from './container-acts.js';
import { familiar, imageId, inPath } from './names.js';
import type { Requests } from './requests.js';
import { clean, cleanRecord } from './text.js';
import { timeOf } from './time.js';

const platformParts = {
  os: z.string().nullish(),
  architecture: z.string().nullish(),
  variant: z.string().nullish(),
};

const inspected = z.looseObject({
  Id: z.string(),
  RepoTags: z.array(z.string()).nullish(),
  RepoDigests: z.array(z.string()).nullish(),
  Created: z.string().nullish(),
  Size: z.number().nonnegative().default(0),
  Os: z.string().nullish(),
  Architecture: z.string().nullish(),
  Variant: z.string().nullish(),
  Config: z
    .looseObject({ Labels: z.record(z.string(), z.string()).nullish() })
    .nullish()
    .transform((config) => config ?? {}),
  Manifests: z
    .array(
      z.looseObject({
        ID: z.string(),
        Available: z.boolean().nullish(),
        Kind: z.string().nullish(),
        ImageData: z.looseObject({ Platform: z.looseObject(platformParts).nullish() }).nullish(),
      }),
    )
    .nullish(),
});
type Inspected = z.output<typeof inspected>;

/** Containerd stores walk their content for each of these: up to a minute under load. */
const deadline = 60_000;

/**
 * An image by ID or reference with what it gives a container; null where there is none. Its config is
 * exactly as the engine says it, since containers are compared with it; all else is made safe.
 *
 * @param apiMinor from 1.48 on inspect tells the manifests of a containerd store's image
 */
export async function inspectImage(
  requests: Requests,
  apiMinor: number,
  idOrReference: string,
): Promise<InspectedImage | null> {
  const path = `/images/${inPath(idOrReference)}/json`;
  const query: Record<string, number> = apiMinor >= 48 ? { manifests: 1 } : {};
  const image = await requests.find(inspected, { path, query, deadline });
  if (!image) return null;
  return {
    id: imageId(image.Id),
    digests: named(image.RepoDigests).map(fullDigest),
    tags: named(image.RepoTags).map(familiar).sort(),
    created: timeOf(image.Created),
    defaults: image.Config as JsonObject,
    labels: cleanRecord(image.Config.Labels),
    platform: platformOf(image.Os, image.Architecture, image.Variant),
    size: image.Size,
    manifestDigest: manifestOf(image),
  };
}

const named = (names: string[] | null | undefined) =>
  (names ?? []).filter((name) => !name.startsWith('<none>'));

/** `docker.io/library/postgres@sha256:…`; a containerd store may name a tag with it (ACCOUNTING). */
function fullDigest(text: string): string {
  const { name, digest } = splitReference(clean(text));
  return `${repositoryOfName(name)}@${digest ?? ''}`;
}

function platformOf(...parts: (string | null | undefined)[]): string {
  return parts.filter(Boolean).map(String).map(clean).join('/');
}

/** The manifest that containers here are made from: what is there, and of this platform. */
function manifestOf(image: Inspected): string | null {
  const there = (image.Manifests ?? []).filter((one) => one.Kind === 'image' && one.Available);
  const wanted = platformOf(image.Os, image.Architecture, image.Variant);
  const same = there.find(({ ImageData: data }) => {
    const { os, architecture, variant } = data?.Platform ?? {};
    return platformOf(os, architecture, variant) === wanted;
  });
  const found = same ?? (there.length === 1 ? there[0] : undefined);
  return found ? clean(found.ID) : null;
}
