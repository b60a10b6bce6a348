import { accountOf } from '../account.js';
import type { Suggester } from './types.js';

/**
 * What a VM's file takes of the host beyond what is used inside, where its product gives it back
 * (HOSTS §2, "Before promising host bytes"): at most, since a file system has needs of its own.
 */
export const hostBytes: Suggester = {
  id: 'host-bytes',
  find({ vm, inventory }) {
    if (vm === null || (vm.returns !== 'shortly' && vm.returns !== 'restart')) return [];
    const used = vm.used ?? accountOf(inventory, null, null).explained;
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
