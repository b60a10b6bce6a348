import { compare } from '../plan/order.js';
import { namesIn } from './few.js';
import type { Suggester } from './types.js';

/** Images for another machine than the engine's own, which run there only emulated, if at all. */
export const foreignPlatform: Suggester = {
  id: 'foreign-platform',
  find({ inventory }) {
    const own = inventory.engine.platform;
    if (own === null) return [];
    const foreign = inventory.images.filter(({ platform }) => isForeign(platform, own));
    if (foreign.length === 0) return [];
    const platforms = new Map(foreign.map(({ id, platform }) => [id, machineOf(platform)]));
    return [
      {
        subject: 'all',
        named: foreign.map(({ id }) => id),
        tell: (plan) => ({
          id: 'foreign-platform',
          platforms: [...new Set(plan.items.flatMap(({ id }) => platforms.get(id) ?? []))].sort(
            compare,
          ),
          own,
          images: plan.items.length,
          names: namesIn(plan, 'image'),
        }),
      },
    ];
  },
};

/** `linux/arm64/v8` and `linux/arm64` run on the same machines. */
const machineOf = (platform: string) => platform.split('/').slice(0, 2).join('/');

/**
 * What machines run of others' natively, as far as such a machine may: every amd64 runs 386, and
 * many arm64 run 32-bit arm of all variants (Go's names of architectures).
 */
const alsoRuns: ReadonlyMap<string, readonly string[]> = new Map([
  ['amd64', ['386']],
  ['arm64', ['arm']],
]);

/** What does not tell its platform is of none that is known. */
function isForeign(platform: string, own: string): boolean {
  const [system, machine] = platform.split('/');
  if (!system || !machine || system === 'unknown' || machine === 'unknown') return false;
  const [ownSystem, ownMachine = ''] = own.split('/');
  if (system !== ownSystem) return true;
  return machine !== ownMachine && !(alsoRuns.get(ownMachine)?.includes(machine) ?? false);
}
