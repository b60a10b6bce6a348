import type { SkipReason } from '../../contract/runs.js';
import { shortId } from '../short.js';
import type { ReasonContext } from '../types.js';
import { list } from './format.js';
import type { reason } from './reason.js';

/** Why an item of a plan was left alone when its turn came. */
export function skip(sentences: ReturnType<typeof reason>) {
  return (s: SkipReason, context: ReasonContext): string => {
    const { name = shortId } = context;
    switch (s.code) {
      case 'in-use':
        return s.containers.length === 1
          ? `Skipped: container ${s.containers[0]} uses it now.`
          : `Skipped: containers ${list(s.containers)} use it now.`;
      case 'tag-moved':
        return `Skipped: ${s.ref} names another image now.`;
      case 'new-reference':
        return `Skipped: it was given the name ${s.ref} since the plan.`;
      case 'gone':
        return 'Skipped: it was gone already.';
      case 'now-kept':
        return `Skipped. ${sentences.reason(s.reason, context)}`;
      case 'base-of-kept':
        return s.images.length === 1
          ? `Skipped: ${name(s.images[0] ?? '')} stays and is built on it.`
          : `Skipped: ${list(s.images.map(name))} stay and are built on it.`;
      case 'engine-refused':
        return `Skipped: Docker refused, saying "${s.message}".`;
      case 'cancelled':
        return 'Skipped: the clean-up was cancelled before its turn.';
      case 'interrupted':
        return 'Skipped: the clean-up ended before its turn.';
      case 'cut-off':
        return 'Cut off in the middle: how much of it was done is not known.';
      case 'engine-lost':
        return 'Skipped: the connection to Docker broke off before its turn.';
      case 'state-changed':
        return `Skipped: it changed since the plan, and is ${s.state} now.`;
      case 'there-already':
        return 'Skipped: it is there already.';
      case 'name-taken':
        return `Skipped: ${s.ref} names another image now.`;
      case 'not-recoverable':
        return 'Skipped: there is no digest to pull it by.';
    }
  };
}
