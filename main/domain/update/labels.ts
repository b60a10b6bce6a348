import type { ContainerSpec, Json, JsonObject } from '../recreate/types.js';

/** All labels of a container. */
export function labelsOf({ Config: config }: ContainerSpec): Record<string, string> {
  return Object.fromEntries(
    Object.entries(objectOf(config['Labels'])).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}

/** Those that its image does not carry too: only they say what a person wants (OWNERS §1.3). */
export function ownLabels(
  container: ContainerSpec,
  imageLabels: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(labelsOf(container)).filter(([key, value]) => imageLabels[key] !== value),
  );
}

/** An object of an engine's answer; empty where there is none. */
export function objectOf(json: Json | undefined): JsonObject {
  return json !== null && typeof json === 'object' && !Array.isArray(json) ? json : {};
}

/** The texts of a list; none where there is no list. */
export function textsOf(json: Json | undefined): string[] {
  return Array.isArray(json) ? json.filter((one) => typeof one === 'string') : [];
}
