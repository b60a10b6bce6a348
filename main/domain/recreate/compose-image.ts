/** The names that an engine knows one image by. */
export interface ImageIdentities {
  id: string;
  /** Of the platform's manifest, where it is known. */
  manifestDigest: string | null;
}

/** The first version of Compose that writes the manifest's digest (OWNERS §1.9). */
const writesManifest = [5, 4] as const;

/**
 * What is to stand in `com.docker.compose.image` so that `docker compose up` finds nothing changed:
 * the same kind of identity that the old label has of the old image. Where an image has but one
 * manifest both kinds are one, and the version of Compose that wrote the label decides.
 *
 * @param composeVersion `com.docker.compose.version` of the container; null where there is none
 * @returns null where no identity fits: `up` then recreates the service once
 */
export function composeImageLabel(
  oldLabel: string,
  oldImage: ImageIdentities,
  newImage: ImageIdentities,
  composeVersion: string | null = null,
): string | null {
  const byId = oldLabel === oldImage.id;
  const byManifest = oldLabel === oldImage.manifestDigest;
  if (byManifest && (!byId || isSince(composeVersion))) return newImage.manifestDigest;
  return byId ? newImage.id : null;
}

function isSince(version: string | null): boolean {
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(version ?? '') ?? [];
  const found = [Number(major ?? 0), Number(minor ?? 0)] as const;
  return (found[0] - writesManifest[0] || found[1] - writesManifest[1]) >= 0;
}
