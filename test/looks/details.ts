import type { Result } from '../../main/contract/commands.js';
import type { ImageRow } from '../../main/contract/slices.js';
import { sharersOf } from '../../main/domain/sharers.js';
import { DAY, NOW } from './base.js';
import { knownOf } from './store.js';

/** Everything that the panel tells of an image that goes, with the verdict that it was given. */
export function detailOf(r: ImageRow): Result<'image.get'> {
  const made = madeOf(r);
  const known = knownOf(r);
  if (!known?.judged) return made;
  const { judged, untick, store } = known;
  const { verdict, decidedBy, references, alsoMatched, estimate, changesWhen } = judged;
  const { created, used, origin, recoverable, projects } = judged.facts;
  const facts = { ...made.image.facts, created, used, origin, recoverable, projects };
  const image = { ...made.image, verdict, decidedBy, references, alsoMatched, estimate };
  const layers = judged.facts.layers ?? [];
  const sharers = sharersOf(r.id, layers, store, 0);
  return {
    ...made,
    untick,
    image: { ...image, changesWhen, facts },
    layers: layers.map((layer, at) => ({ ...layer, sharedWith: sharers[at]?.count ?? 0 })),
  };
}

function madeOf(r: ImageRow): Result<'image.get'> {
  return {
    image: {
      id: r.id,
      refs: r.refs,
      verdict: r.verdict,
      decidedBy: {
        kind: 'remove',
        code: 'rule',
        rule: 'stale',
        unusedFor: 60 * DAY,
        age: { since: r.used ?? NOW, from: 'used', estimated: false },
      },
      references: [],
      alsoMatched: [],
      baseOf: [],
      estimate: false,
      reclaimable: r.unique,
      changesWhen: [{ on: 'containerGone' }, { on: 'ruleChange' }],
      facts: {
        id: r.id,
        refs: r.refs,
        digests: [`${(r.refs[0] ?? 'myorg/api').split(':')[0]}@${r.id}`],
        formerRefs: ['myorg/api:1.12.4'],
        created: r.created,
        arrived: { at: NOW - 33 * DAY, source: 'seen' },
        used: { at: r.used ?? NOW, source: 'container-finished', by: 'api' },
        lastTagged: null,
        size: r.size,
        layers: null,
        layersInDoubt: false,
        history: null,
        content: null,
        usedBy: [],
        labels: {},
        platform: 'linux/amd64',
        origin: r.recoverable === 'no' ? 'built' : 'pulled',
        recoverable:
          r.recoverable === 'no' ? { state: 'no' } : { state: 'verified', at: NOW - 2 * 3_600_000 },
        projects: [
          {
            kind: 'compose',
            name: 'acme-shop',
            folder: '/home/ada/work/acme',
            files: [],
            lastUsed: NOW - 30 * DAY,
            present: true,
            latestOf: ['api'],
          },
        ],
        parent: null,
      },
    },
    protected: r.protected,
    untick: null,
    unverified: null,
    layers: [
      { chainId: 'a', size: 117e6, sharedWith: 29 },
      { chainId: 'b', size: 587e6, sharedWith: 12 },
      { chainId: 'c', size: r.unique.min, sharedWith: 0 },
    ],
    link: 'https://github.com/myorg/api',
  };
}

/** An image that stays, one of its names for another reason, and a rule that would else remove it. */
export function keptDetailOf(r: ImageRow): Result<'image.get'> {
  const detail = madeOf(r);
  const { image } = detail;
  const keep = {
    kind: 'keep' as const,
    code: 'rule' as const,
    rule: 'recent',
    rank: 2,
    last: 3,
    usedWithin: null,
    age: null,
  };
  return {
    ...detail,
    unverified: { code: 'registry-silent', details: { registry: 'docker.io', seconds: 10 } },
    image: {
      ...image,
      verdict: 'keep',
      decidedBy: keep,
      alsoMatched: [image.decidedBy],
      references: [
        { ref: 'myorg/api:1.14', kind: 'tag', decidedBy: keep },
        { ref: 'myorg/api:old', kind: 'tag', decidedBy: image.decidedBy },
      ],
      changesWhen: [{ on: 'newerVersion' }],
      facts: {
        ...image.facts,
        recoverable: { state: 'unknown' },
        projects: [
          ...image.facts.projects,
          {
            kind: 'dev-container',
            name: 'experiment',
            folder: '/home/ada/tmp/experiment',
            files: [],
            lastUsed: NOW - 80 * DAY,
            present: false,
            latestOf: [],
          },
        ],
      },
    },
  };
}
