import { z } from 'zod';
import { CareenError } from '../../domain/errors.js';
import { clean } from '../../domain/unsafe-text.js';
import { digestLike, errorOf, isDigest, read } from './content.js';
import { getManifest, lacks, type Manifest, wrongDigest } from './manifest.js';
import { choose } from './platform.js';
import type { Registry } from './registry.js';
import type { Answer } from './transport.js';
import type { Pinned, RegistryImage } from './types.js';

/** Bytes of a config: most are a few thousand. */
const longestConfig = 4 * 1024 * 1024;

const digest = z.string().refine(isDigest);
const size = z.number().int().nonnegative();

const index = z.looseObject({
  manifests: z.array(
    z.looseObject({
      digest,
      platform: z
        .looseObject({
          os: z.string().default(''),
          architecture: z.string().default(''),
          variant: z.string().default(''),
        })
        .nullish(),
    }),
  ),
});

const imageManifest = z.looseObject({
  config: z.looseObject({ mediaType: z.string(), digest, size }),
  layers: z.array(z.looseObject({ digest, size })),
});

/** As the engine takes them (moby, distribution/registry.go): the last four are old registries' slips. */
const configTypes = [
  'application/vnd.oci.image.config.v1+json',
  'application/vnd.docker.container.image.v1+json',
  'application/octet-stream',
  'application/json',
  'text/html',
  '',
];

const imageConfig = z.looseObject({
  created: z.string().nullish(),
  config: z.record(z.string(), z.json()).nullish(),
  rootfs: z.looseObject({ diff_ids: z.array(digest).nullish() }).nullish(),
});

const labelsOf = z.record(z.string(), z.string()).catch({});

/**
 * What a manifest and its config tell of one platform's image: at most two manifests and one blob, all
 * proved by their digests.
 *
 * @throws CareenError `registry-lacks`, `registry-invalid`, and as asking does
 */
export async function imageOf(
  registry: Registry,
  reference: Pinned,
  platform: string,
): Promise<RegistryImage> {
  const manifest = await manifestFor(registry, reference, platform);
  const { config, layers } = read(imageManifest, manifest.answer, registry.name);
  if (!configTypes.includes(config.mediaType)) throw lacks(reference, 'image');
  if (config.size > longestConfig)
    throw new CareenError('registry-invalid', { registry: registry.name, why: 'too-large' });
  const blob = await getBlob(registry, reference, config.digest);
  const { created, config: defaults, rootfs } = read(imageConfig, blob, registry.name);
  return {
    digest: manifest.digest,
    config: config.digest,
    created: timeOf(created),
    labels: cleanLabels(labelsOf.parse(defaults?.['Labels'] ?? {})),
    defaults: defaults ?? {},
    layers: layers.map((layer) => ({ digest: layer.digest, size: layer.size })),
    diffIds: rootfs?.diff_ids ?? [],
  };
}

async function manifestFor(
  registry: Registry,
  reference: Pinned,
  platform: string,
): Promise<Manifest> {
  const top = await getManifest(registry, reference);
  if (!top) throw lacks(reference, 'manifest');
  if (!top.isIndex) return top;
  const { manifests } = read(index, top.answer, registry.name);
  const candidates = manifests.map((one) => ({ ...one, platform: one.platform ?? null }));
  const chosen = choose(candidates, platform);
  if (!chosen) throw lacks(reference, 'platform', platform);
  const manifest = await getManifest(registry, { ...reference, digest: chosen.digest });
  if (!manifest) throw lacks({ ...reference, digest: chosen.digest }, 'manifest');
  // An index of indices names no platform of its own.
  if (manifest.isIndex) throw lacks(reference, 'platform', platform);
  return manifest;
}

async function getBlob(registry: Registry, reference: Pinned, wanted: string): Promise<Answer> {
  const { path } = reference;
  const answer = await registry.ask(path, `/v2/${path}/blobs/${wanted}`, {
    method: 'GET',
    headers: {},
    follow: true,
    longest: longestConfig,
  });
  if (answer.status === 404) throw lacks(reference, 'manifest');
  if (answer.status !== 200) throw errorOf(answer, registry.name);
  if (digestLike(wanted, answer.body) !== wanted) throw wrongDigest(registry);
  return answer;
}

/** What says to be made before there were computers was given no time. */
function timeOf(text: string | null | undefined): number | null {
  const at = Date.parse(text ?? '');
  return Number.isNaN(at) || new Date(at).getUTCFullYear() <= 1 ? null : at;
}

function cleanLabels(labels: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).map(([k, v]) => [clean(k), clean(v)]));
}
