import type {
  Advice,
  Evidence,
  PolicyEdit,
  RuleFault,
  Safety,
} from '../../domain/suggestions/types.js';
import type { Reclaimable } from '../../domain/verdict/types.js';
import { count } from '../count.js';
import type { AdviceText } from '../types.js';
import { shortName } from '../short.js';
import { capital, list, plural, type format } from './format.js';
import { theRule } from './rule.js';
import { things } from './things.js';

const fault: Record<RuleFault, (rule: string) => string> = {
  'never-matches': (rule) => `${rule} matches nothing`,
  'never-removes': (rule) => `${rule} never removes anything`,
  'keeps-everything': (rule) => `${rule} keeps everything`,
  'removes-nothing': () => 'The policy removes nothing',
};

const faultWhy: Record<RuleFault, string> = {
  'never-matches': 'no image is of that name',
  'never-removes': 'another rule keeps all that it would take',
  'keeps-everything': 'no rule can remove anything beside it',
  'removes-nothing': 'it has no rule under remove',
};

/** What suggestions say, and how to carry out what only a person can. */
export function suggestion(f: ReturnType<typeof format>) {
  const named = (names: readonly string[]) => list(names.map(shortName));

  /** The headline: what it is about, without its bytes. */
  const title = (e: Evidence, now: number): string => {
    switch (e.id) {
      case 'superseded':
        return `${plural(e.images, `old ${e.repository} image`)}`;
      case 'project-gone':
        return `The project ${e.project} is gone`;
      case 'exited-containers':
        return `${plural(e.containers, 'container')} that ended long ago`;
      case 'build-cache':
        return `Build cache idle for ${f.duration(e.unusedFor)}`;
      case 'unused-volumes':
        return `${plural(e.volumes, 'volume')} that nothing uses`;
      case 'same-content':
        return `${plural(e.images, 'image')} with the same layers`;
      case 'foreign-platform':
        return `${plural(e.images, 'image')} for ${list(e.platforms)}`;
      case 'policy-rule':
        return fault[e.fault](e.rule === null ? '' : capital(theRule({ ...e, rule: e.rule })));
      case 'unbounded-logs':
        return `${plural(e.containers, 'log')} without a limit`;
      case 'writes-much':
        return `${e.container} writes a lot into itself`;
      case 'costly-keep':
        return `${capital(theRule(e))} keeps the most`;
      case 'fills-first':
        return e.fullAt <= now
          ? 'The disk is full'
          : `The disk is full in about ${f.age(now, e.fullAt)}`;
      case 'host-bytes':
        return "The VM's disk file is larger than what is in it";
    }
  };

  /** The line under it: what it rests on. */
  const why = (e: Evidence, now: number): string => {
    switch (e.id) {
      case 'superseded':
        return e.newer === 1 ? 'a newer one stays' : `${plural(e.newer, 'newer one')} stay`;
      case 'project-gone': {
        const { images: image, containers: container, volumes: volume, networks: network } = e;
        const left = things({ image, container, volume, network });
        return e.folder === null ? `${left} left` : `${left} left; ${e.folder} is not there`;
      }
      case 'exited-containers':
        return e.images === 0
          ? named(e.names)
          : `${named(e.names)}; nothing else uses ${e.images === 1 ? 'the image' : `the ${plural(e.images, 'image')}`}`;
      case 'build-cache':
        return `${f.bytes(e.bytes)} in all, of which ${f.bytes(e.keep)} stay; builds fill it again`;
      case 'unused-volumes':
        return list(
          e.first.map(({ name, mountedAt, by }) => {
            const place =
              mountedAt === null ? '' : ` (${mountedAt}${by === null ? '' : ` in ${by}`})`;
            return `${shortName(name)}${place}`;
          }),
        );
      case 'same-content':
        return `how they start may differ; ${named(e.names)}`;
      case 'foreign-platform':
        return `this engine runs ${e.own}; ${named(e.names)}`;
      case 'policy-rule':
        return faultWhy[e.fault];
      case 'unbounded-logs':
        return `${named(e.names)}; ${e.running === 0 ? 'none runs' : `${plural(e.running, 'container')} running`}`;
      case 'writes-much':
        return 'an update would lose it; a volume keeps it';
      case 'costly-keep':
        return `without it ${plural(e.images, 'more image')} could go`;
      case 'fills-first':
        return e.nextRun === null
          ? 'no clean-up is scheduled'
          : `the next clean-up is ${f.when(e.nextRun, now)}`;
      case 'host-bytes':
        return e.returns === 'shortly'
          ? 'it usually gives them back by itself'
          : 'it gives them back when it starts anew';
    }
  };

  /** What only a person can do: a sentence, and what to copy. */
  const advice = (a: Advice, e: Evidence): AdviceText => {
    switch (a.advice) {
      case 'limit-logs':
        return {
          text: 'Docker keeps everything that these containers write. Give them a limit in their compose file, or when they are made, and make them again.',
          copy: [
            'logging: { driver: json-file, options: { max-size: "10m", max-file: "3" } }',
            'docker run --log-opt max-size=10m --log-opt max-file=3 …',
          ],
        };
      case 'use-volume':
        return {
          text: 'What it writes lies in the container itself and goes with it. See where that is, and give the folder a volume.',
          copy: e.id === 'writes-much' ? [`docker diff ${e.container}`] : [],
        };
      case 'edit-policy':
        return {
          text: 'Rewrite the rule in the policy file. This command says on which line it is.',
          copy: ['careen policy check policy.yaml'],
        };
      case 'make-room':
        return {
          text: 'By the rules nothing can go now. See what takes the disk: volumes and old versions go only when you name them, and a rule that keeps less lets more go.',
          copy: ['careen space', 'careen suggest --measure'],
        };
      case 'give-back':
        return giveBack(a.product);
    }
  };

  /** What stands around the list in the window. */
  const frame = {
    heading: 'Suggestions',
    none: 'None now.',
    all: (n: number) => `See all ${count(n)}`,
    fewer: 'See fewer',
    dismiss: (title: string) => `Dismiss: ${title}`,
    dismissed: (n: number) => `${plural(n, 'suggestion')} dismissed.`,
    restore: 'Show again',
    measure: 'Count container logs',
    measured: (when: string) => `Container logs were counted: ${when}.`,
    measureAgain: 'Count the logs again',
    measuring: 'Docker is adding up volumes and logs. That can take minutes.',
    edit: (e: PolicyEdit) =>
      e.edit === 'remove-rule'
        ? `Take ${theRule({ ...e, rule: e.id })} out of ${e.list}`
        : `Add rule “${e.rule.id}” to ${e.list}`,
    effect: (n: number, bytes: Reclaimable) =>
      n === 0
        ? 'Nothing more could go by it now. Nothing is removed by the change itself.'
        : `${plural(n, 'more image')} could then go, ${f.reclaimable(bytes)}. Nothing is removed by the change itself.`,
    andMore: (n: number) => `and ${count(n)} more`,
    change: 'Change the policy',
  };

  return { title, why, advice, safety, button, frame };
}

/** What is to be known of what would go; nothing where all of it can be had again. */
const safety: Record<Safety, string | null> = {
  safe: null,
  asks: 'not all of it is known to come back',
  data: 'what was written cannot be brought back',
  told: null,
};

const button = { plan: 'Review', policy: 'Preview', advice: 'How' };

function giveBack(product: Extract<Advice, { advice: 'give-back' }>['product']): AdviceText {
  switch (product) {
    case 'docker-desktop':
      return {
        text: 'Docker Desktop usually gives free space back shortly after images go. If it does not, this asks for it. It runs a privileged container of Docker’s, so Careen leaves it to you.',
        copy: ['docker run --privileged --pid=host docker/desktop-reclaim-space'],
      };
    case 'orbstack':
      return {
        text: 'OrbStack gives free space back by itself, usually within a while.',
        copy: [],
      };
    case 'colima':
      return {
        text: 'Colima gives free space back at its next start, or when it is asked.',
        copy: ['colima ssh -- sudo fstrim -a'],
      };
    case 'rancher-desktop':
      return {
        text: 'Rancher Desktop gives free space back at each start.',
        copy: ['rdctl shutdown', 'rdctl start'],
      };
    default:
      return { text: 'Free space comes back when the virtual machine starts anew.', copy: [] };
  }
}
