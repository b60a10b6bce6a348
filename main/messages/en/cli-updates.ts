import type { KeptVersion } from '../../contract/updates.js';
import { list, plural, type format } from './format.js';

/** What only the command line says about updates. */
export function cliUpdates(f: ReturnType<typeof format>) {
  const updates = (n: number) => plural(n, 'update');
  const sizeOf = (bytes: number | null) => (bytes === null ? '' : `, ${f.bytes(bytes)}`);
  return {
    /** Column headings. */
    heading: {
      container: 'NAME',
      image: 'IMAGE',
      version: 'VERSION',
      mode: 'MODE',
      state: 'STATE',
    },
    status: 'Updates',
    statusOf: (n: number, checked: string | null) =>
      checked === null ? 'not checked yet' : `${n === 0 ? 'none' : updates(n)}, checked ${checked}`,
    running: 'Updates are under way.',
    none: 'There is no container here.',
    pending: (n: number) => `${updates(n)} can be taken.`,
    forAll: (n: number) =>
      `To take ${n === 1 ? 'the one' : `the ${f.count(n)}`} that can go together: careen update --all`,
    look: (container: string) => `To see first what would change: careen preview ${container}`,
    nextCheck: (when: string) => `The next check comes ${when}.`,
    unproven: (when: string) => `Not proven yet; updated ${when}.`,
    preview: {
      head: (container: string, reference: string, fromTo: string) =>
        `${container}, ${reference}: ${fromTo}`,
      steps: 'Steps:',
      writableUnknown:
        'What was written into the container itself, and would be lost, is not known.',
      hook: (when: 'pre-update' | 'post-update', command: string) =>
        `Runs ${when === 'pre-update' ? 'before' : 'after'} it, in the container: ${command}`,
      copy: (volumes: readonly string[], bytes: number | null) =>
        `--copy-volumes copies ${list(volumes, 8)} first${sizeOf(bytes)}.`,
      notCopied: (container: string) =>
        `Of ${container} no volume is copied: it has none with a name, or they are larger than the policy's copyUpTo.`,
      link: (address: string) => `Changelog: ${address}`,
      refused: (why: string) => `Careen does not update it. ${why}`,
      ownersWay: (command: string) => `Its own way: ${command}`,
    },
    confirm: {
      one: (container: string, fromTo: string) => `Update ${container}, ${fromTo}? [y/N] `,
      many: (n: number) => `Take ${plural(n, 'update')}? [y/N] `,
      rollback: (container: string, fromTo: string) => `Roll back ${container}, ${fromTo}? [y/N] `,
      release: (n: number, container: string, bytes: number | null) =>
        `Give up ${plural(n, 'kept version')} of ${container}${sizeOf(bytes)}? [y/N] `,
    },
    /** Above the question whether to go back. */
    staysWritten: 'What the newer version wrote into volumes and folders stays.',
    copiesBack: (copies: KeptVersion['copies']) =>
      `${list(
        copies.map(({ volume }) => volume),
        8,
      )} get back what was copied before the update; what was written there since is lost.`,
    copiesOffered: (copies: KeptVersion['copies']) =>
      `--copies gives ${list(
        copies.map(({ volume }) => volume),
        8,
      )} back what was copied before the update.`,
    noWayBack: (container: string) => `After that, ${container} cannot be rolled back.`,
    nothingKept: (container: string) => `Nothing of ${container} is kept for going back.`,
    stepEnded: (step: string, state: string) => `${step}, ${state}`,
    /** A step under way, with how far it is where that is known. */
    stepAt: (step: string, amount: string | null) =>
      amount === null ? step : `${step}, ${amount}`,
    pulled: (done: number, total: number) => `${f.bytes(done)} of ${f.bytes(total)}`,
    down: (how: string) => `It ${how}.`,
    modeNow: (container: string, mode: string, means: string) => `${container}: ${mode}, ${means}.`,
    logTail: 'The last that it wrote:',
    snoozed: (container: string, when: string) =>
      `The updates of ${container} rest until then: ${when}.`,
    awake: (container: string) => `Updates of ${container} are offered again.`,
    skipped: (container: string, version: string) =>
      `${version} is skipped for ${container}; the next version is offered again.`,
    nothingToSkip: (container: string) => `There is no new version of ${container} to skip.`,
    notSkipped: (container: string) => `No version is skipped for ${container} any more.`,
    moveOver: {
      found: (tool: string, container: string) => `${tool} runs here, in ${container}.`,
      notFound: 'No other updater runs here; only labels were read.',
      left: 'Without a counterpart in Careen:',
      why: (container: string, because: readonly string[]) => `${container}: ${because.join('; ')}`,
      yaml: 'This would stand in the policy:',
      written: 'This stands in the policy now:',
      apply: 'To write it there: careen move-over --apply',
      stop: (container: string) =>
        `While ${container} runs, Careen updates nothing by itself: docker stop ${container}`,
    },
  };
}
