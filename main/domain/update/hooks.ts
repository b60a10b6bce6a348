import type { ContainerSpec } from '../recreate/types.js';
import { ownLabels } from './labels.js';

/** A command that a container's labels ask to be run in it around its update. */
export interface Hook {
  when: 'pre-update' | 'post-update';
  /** As it is written, for a shell. */
  command: string;
  /** Milliseconds; null: for as long as it takes. */
  timeout: number | null;
  /** Whether a failure of it stops the update. */
  aborts: boolean;
  /** The label that it stands in. */
  label: string;
}

/** Exit code by which a hook says that now is no time for an update (Watchtower). */
export const notNow = 75;

const minute = 60_000;
const watchtower = 'com.centurylinklabs.watchtower.lifecycle.';
const drydock = 'dd.hook.';

/**
 * The lifecycle hooks of a container's labels, in order, after its image's own labels are
 * subtracted: what an image says never runs anything (DESIGN §6). None where the policy does not
 * say `hooks: true`, nor where it is not known what the image says.
 *
 * Watchtower's run in the container, with a timeout in minutes (1 where none is said, 0 for none);
 * drydock's ran in its own container and run in the updated one here, with one in ms (OWNERS §4).
 */
export function hooksOf(
  container: ContainerSpec,
  imageLabels: Readonly<Record<string, string>> | null,
  allowed: boolean,
): Hook[] {
  if (!allowed || imageLabels === null) return [];
  const own = ownLabels(container, imageLabels);
  const hook = (
    when: Hook['when'],
    label: string,
    rules: Pick<Hook, 'timeout' | 'aborts'>,
  ): Hook[] => {
    const command = own[label]?.trim() ?? '';
    return command === '' ? [] : [{ when, command, label, ...rules }];
  };
  const drydocks = milliseconds(own[`${drydock}timeout`]);
  const aborts = (own[`${drydock}pre.abort`] ?? 'true').toLowerCase() === 'true';
  return [
    ...hook('pre-update', `${watchtower}pre-update`, {
      timeout: minutes(own[`${watchtower}pre-update-timeout`]),
      aborts: true,
    }),
    ...hook('pre-update', `${drydock}pre`, { timeout: drydocks, aborts }),
    ...hook('post-update', `${watchtower}post-update`, {
      timeout: minutes(own[`${watchtower}post-update-timeout`]),
      aborts: false,
    }),
    ...hook('post-update', `${drydock}post`, { timeout: drydocks, aborts: false }),
  ];
}

/** As Watchtower reads them: what is no whole number is 1, and from 0 down there is no timeout. */
function minutes(text: string | undefined): number | null {
  const read = /^[+-]?\d+$/.test(text ?? '') ? Number(text) : 1;
  return read > 0 ? read * minute : null;
}

/** As drydock reads them: what is no whole number above 0 is a minute. */
function milliseconds(text: string | undefined): number {
  return /^\d+$/.test(text ?? '') ? Number(text) || minute : minute;
}
