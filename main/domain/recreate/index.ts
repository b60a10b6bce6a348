import { objectOf } from '../update/labels.js';
import { changesOf } from './changes.js';
import { ownConfig } from './given.js';
import { namedHost, withoutOthers } from './host.js';
import { textOf } from './json.js';
import { networking, shortId } from './networks.js';
import type { JsonObject, RecreateInput, Recreation } from './types.js';
import { carryVolumes } from './volumes.js';

export { composeImageLabel } from './compose-image.js';

/** Written by Compose, and compared by it with what the image is called now. */
const composeImageKey = 'com.docker.compose.image';

/**
 * How to make a container anew from another image, or from the same: everything that was set is
 * copied whole, and only what the old image gave, the old container made up, or the engine writes at
 * run time is left out (UPDATING §6, Drift and Networks; RECREATE).
 *
 * @returns what to create, and what that changes as the preview shows it
 */
export function recreate(input: RecreateInput): Recreation {
  const { container, oldImage, newImage, apiMinor } = input;
  const own = ownConfig(container.Config, oldImage);
  if (textOf(own['Hostname']) === shortId(container.Id)) delete own['Hostname'];
  if (input.composeImage !== null)
    own['Labels'] = { ...objectOf(own['Labels']), [composeImageKey]: input.composeImage };
  const carried = carryVolumes(container, input.others.mountsOf);
  const left = withoutOthers(own, namedHost(carried.host, input.others.nameOf));
  const net = networking(container, left.config, left.host, apiMinor);
  const body: JsonObject = {
    ...net.config,
    Image: input.reference,
    HostConfig: net.host,
    NetworkingConfig: { EndpointsConfig: net.endpoints },
  };
  const payload = { body, joins: net.joins, offline: net.offline, platform: input.platform };
  return {
    payload,
    changes: changesOf(container, payload, newImage ?? {}),
    anonymous: carried.anonymous,
  };
}
