import type { LabelReader } from './types.js';
import { goBool } from './values.js';

/** Diun tells of new images, and of this container it shall not (crazy-max/diun). */
const diunLabels: LabelReader = (own) =>
  goBool(own['diun.enable']) === false ? [{ label: 'diun.enable', mode: 'ignore' }] : [];

/** Ouroboros' (pyouroboros/ouroboros:pyouroboros/dockerclient.py, monitor_filter). */
const ouroborosLabels: LabelReader = (own) =>
  /^(?:false|no)$/i.test(own['com.ouroboros.enable'] ?? '')
    ? [{ label: 'com.ouroboros.enable', mode: 'ignore' }]
    : [];

/** Podman's own updater takes it, by its unit (containers/podman:podman-auto-update.1). */
const podmanLabels: LabelReader = (own) =>
  /^(?:registry|image|local)$/.test(own['io.containers.autoupdate'] ?? '')
    ? [{ label: 'io.containers.autoupdate', mode: 'notify' }]
    : [];

/** Of tools that have one label to say it by. */
export const otherLabels: readonly LabelReader[] = [diunLabels, ouroborosLabels, podmanLabels];
