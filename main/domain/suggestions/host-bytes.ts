import { accountOf } from '../account.js';
import type { EngineFacts, Inventory } from '../facts.js';
import type { Bytes } from '../policy/types.js';
import type { Suggester } from './types.js';

/** Products whose file holds other machines of a person's beside the engine's (HOSTS §2). */
const sharesFile: ReadonlySet<EngineFacts['product']> = new Set(['orbstack']);

/**
 * What a VM's file takes of the host beyond what is used inside, where its product gives it back
 * (HOSTS §2, "Before promising host bytes"): at most, since a file system has needs of its own, and
 * never before all that is known to lie inside was counted.
 */
export const hostBytes: Suggester = {
  id: 'host-bytes',
  find({ vm, inventory }) {
    if (vm === null || (vm.returns !== 'shortly' && vm.returns !== 'restart')) return [];
    if (sharesFile.has(inventory.engine.product)) return [];
    const used = vm.used ?? counted(inventory);
    if (used === null) return [];
    const max = Math.max(0, vm.allocated - used);
    return [
      {
        subject: vm.file,
        evidence: { id: 'host-bytes', file: vm.file, returns: vm.returns },
        bytes: { min: 0, max, certainty: max === 0 ? 'exact' : 'at-most' },
        action: { kind: 'advice', advice: 'give-back', product: inventory.engine.product },
      },
    ];
  },
};

/** Bytes of all that the engine holds; null while the size of any of it was not asked for. */
function counted(inventory: Inventory): Bytes | null {
  const { images, containers, volumes, cacheRecords } = inventory;
  const isCounted =
    cacheRecords !== null &&
    images.every(({ layers, layersInDoubt }) => layers !== null && !layersInDoubt) &&
    containers.every(({ sizeRw }) => sizeRw !== null) &&
    volumes.every(({ size }) => size !== null);
  return isCounted ? accountOf(inventory, null, null).explained : null;
}
