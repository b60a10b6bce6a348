import type { ContainerSpec, Json, JsonObject } from '../recreate/types.js';
import { clean } from '../unsafe-text.js';

/** All labels of a container. */
export function labelsOf({ Config: config }: ContainerSpec): Record<string, string> {
  return Object.fromEntries(
    Object.entries(objectOf(config['Labels'])).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}

/**
 * Those that its image does not carry too: only they say what a person wants (OWNERS §1.3).
 *
 * @param imageLabels as the image says them, or made safe as the adapters do: either way the same
 *   label is the image's
 */
export function ownLabels(
  container: ContainerSpec,
  imageLabels: Readonly<Record<string, string>>,
): Record<string, string> {
  const isOfImage = ([key, value]: [string, string]) =>
    imageLabels[key] === value || imageLabels[clean(key)] === clean(value);
  return Object.fromEntries(Object.entries(labelsOf(container)).filter((one) => !isOfImage(one)));
}

/** An object of an engine's answer; empty where there is none. */
export function objectOf(json: Json | undefined): JsonObject {
  return json !== null && typeof json === 'object' && !Array.isArray(json) ? json : {};
}

/** The texts of a list; none where there is no list. */
export function textsOf(json: Json | undefined): string[] {
  return Array.isArray(json) ? json.filter((one) => typeof one === 'string') : [];
}
