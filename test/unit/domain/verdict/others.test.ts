import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type {
  CacheRecord,
  ContainerFacts,
  Inventory,
  Millis,
  NetworkFacts,
  Project,
  VolumeFacts,
} from '../../../../main/domain/facts.js';
import { readPolicy } from '../../../../main/domain/policy/read.js';
import { judgeOthers } from '../../../../main/domain/verdict/others/index.js';
import type { JudgedOther } from '../../../../main/domain/verdict/types.js';
import { container, furnished, image, inventory, now, policies } from '../arbitrary.js';

// Properties are many runs; a busy machine is no failure.
vi.setConfig({ testTimeout: 120_000 });

const day = 86_400_000;
const ago = (days: number) => now - days * day;
const all =
  'containers: { enabled: true, exitedFor: 14d }\n' +
  'networks: { enabled: true, unusedFor: 14d }\n' +
  'buildCache: { enabled: true, unusedFor: 7d, keep: 1GB }\n';

function judged(more: Partial<Inventory>, policyText = all, at = now): JudgedOther[] {
  const policy = readPolicy('policy.yaml', `version: 1\n${policyText}`);
  return judgeOthers(inventory([], more), policy, { now: at, ages: 'calendar' });
}

const shown = ({ verdict, decidedBy: { kind, code } }: JudgedOther) => `${verdict} ${kind} ${code}`;

describe('containers', () => {
  const exited = (days: number, facts: Partial<ContainerFacts> = {}) =>
    container(1, 1, { finished: ago(days), ...facts });
  const verdict = (facts: ContainerFacts, more: Partial<Inventory> = {}, text = all) =>
    judged({ containers: [facts], ...more }, text).map(shown)[0];

  it('go once they ended long enough ago, and tell when', () => {
    expect(verdict(exited(14))).toBe('remove remove part');
    const [young] = judged({ containers: [exited(13)] });
    expect(young).toMatchObject({
      verdict: 'keep',
      decidedBy: { kind: 'keep', code: 'young', part: 'containers', unusedFor: 14 * day },
      changesWhen: [{ at: ago(13) + 14 * day }],
    });
    expect(verdict(exited(100), {}, 'containers: { enabled: false }')).toBe(
      'keep default not-enabled',
    );
  });

  it('that were never started count from when they were made; of unknown age they stay', () => {
    const created = (at: Millis | null) =>
      container(1, 1, { state: 'created', created: at, finished: null });
    expect(verdict(created(ago(15)))).toBe('remove remove part');
    expect(verdict(created(ago(13)))).toBe('keep keep young');
    expect(verdict(created(null))).toBe('keep keep young');
  });

  it.each(['running', 'paused', 'restarting', 'removing', 'unknown'] as const)(
    'that are %s stay',
    (state) => {
      expect(verdict(exited(100, { state }))).toBe('keep hold state');
    },
  );

  it('with a label of their own stay; one that is their image`s keeps nothing', () => {
    const labels = { 'careen.keep': 'true' };
    expect(verdict(exited(100, { labels }))).toBe('keep protect container-label');
    expect(
      judged({ images: [image(1, { labels })], containers: [exited(100, { labels })] }).map(shown),
    ).toEqual(['remove remove part']);
  });

  const composed = {
    'com.docker.compose.project': 'shop',
    'com.docker.compose.config-hash': 'c0ffee',
    'com.docker.compose.project.working_dir': '/home/ada/shop',
  };
  const shop = (present: boolean | null, folder = '/home/ada/shop'): Project => ({
    kind: 'compose',
    name: 'shop',
    folder,
    files: [],
    lastUsed: ago(20),
    present,
    latestOf: [],
  });

  it.each<[string, Project[], string]>([
    ['stands', [shop(true)], 'keep hold project'],
    ['is not known to be gone', [shop(null)], 'keep hold project'],
    ['was never seen', [], 'keep hold project'],
    ['is gone', [shop(false)], 'remove remove part'],
    ['is gone from elsewhere only', [shop(false, '/srv/shop')], 'keep hold project'],
    ['stands elsewhere only', [shop(false), shop(true, '/srv/shop')], 'remove remove part'],
  ])('of a Compose project that %s', (_, projects, expected) => {
    const images = [image(1, { projects })];
    expect(verdict(exited(100, { labels: composed }), { images })).toBe(expected);
    const [one] = judged({ images, containers: [exited(100, { labels: composed })] });
    expect(one?.project).toBe('shop');
  });

  it('that a project`s name alone is painted on are a person`s', () => {
    expect(verdict(exited(100, { labels: { 'com.docker.compose.project': 'shop' } }))).toBe(
      'remove remove part',
    );
  });

  it('of an owner stay for as long as it needs them', () => {
    const kind = { 'io.x-k8s.kind.cluster': 'dev', 'io.x-k8s.kind.role': 'worker' };
    const [node] = judged({ containers: [exited(900, { labels: kind })] });
    expect(node).toMatchObject({
      verdict: 'keep',
      decidedBy: { kind: 'hold', code: 'owner', tool: 'kind', unit: 'dev' },
      project: 'dev',
    });
    const swarm = { 'com.docker.swarm.task.id': 't', 'com.docker.swarm.service.name': 'web' };
    expect(verdict(exited(900, { labels: { ...swarm, 'com.docker.swarm.task': '' } }))).toBe(
      'keep hold owner',
    );
    const testcontainers = { 'org.testcontainers': 'true', 'org.testcontainers.sessionId': 's' };
    expect(verdict(exited(900, { labels: testcontainers }))).toBe('remove remove part');
  });

  it('free their writable layer at least', () => {
    const [known, unknown] = judged({
      containers: [exited(20, { sizeRw: 7_000 }), container(2, 2, { finished: ago(20) })],
    });
    expect(known?.reclaimable).toEqual({ min: 7_000, max: 7_000, certainty: 'at-least' });
    expect(unknown?.reclaimable).toEqual({ min: 0, max: 0, certainty: 'at-least' });
  });
});

describe('networks', () => {
  const network = (facts: Partial<NetworkFacts> = {}): NetworkFacts => ({
    id: 'n',
    name: 'net',
    driver: 'bridge',
    created: ago(100),
    labels: {},
    builtIn: false,
    usedBy: [],
    lastUsed: null,
    project: null,
    ...facts,
  });
  const ofProject = { 'com.docker.compose.project': 'shop', 'com.docker.compose.network': 'x' };

  it.each<[string, Partial<NetworkFacts>, string]>([
    ['unused for long', {}, 'remove remove part'],
    ['used lately', { lastUsed: { at: ago(13), by: 'web' } }, 'keep keep young'],
    [
      'made after its last use',
      { created: ago(3), lastUsed: { at: ago(90), by: 'x' } },
      'keep keep young',
    ],
    ['of unknown age', { created: null }, 'keep keep young'],
    ['used', { usedBy: ['web'] }, 'keep hold used'],
    ['of unknown use', { usedBy: null }, 'keep hold fact-unknown'],
    ['of the engine', { builtIn: true }, 'keep hold built-in'],
    ['of a project by its labels', { labels: ofProject, project: 'shop' }, 'keep hold project'],
    ['that a project used last', { project: 'shop' }, 'keep hold project'],
    ['of kind', { name: 'kind' }, 'keep hold owner'],
  ])('%s', (_, facts, expected) => {
    const [one] = judged({ networks: [network(facts)] });
    expect(one && shown(one)).toBe(expected);
    expect(one?.reclaimable).toEqual({ min: 0, max: 0, certainty: 'exact' });
  });
});

describe('volumes', () => {
  const volume = (facts: Partial<VolumeFacts> = {}): VolumeFacts => ({
    name: 'data',
    driver: 'local',
    created: ago(500),
    labels: {},
    anonymous: false,
    size: 5,
    usedBy: [],
    lastUsed: null,
    mountedAt: null,
    project: null,
    ...facts,
  });

  it.each<[string, Partial<VolumeFacts>, string, boolean]>([
    ['without a container', {}, 'keep default by-name-only', true],
    ['without a name', { anonymous: true }, 'keep default by-name-only', true],
    ['of a project', { project: 'shop' }, 'keep hold project', true],
    ['of an owner', { name: 'buildx_buildkit_me0_state' }, 'keep hold owner', true],
    ['used', { usedBy: ['db'] }, 'keep hold used', false],
    ['of unknown use', { usedBy: null }, 'keep hold fact-unknown', false],
  ])('%s stay, and may be named: %s', (_, facts, expected, nameable) => {
    const [one] = judged({ volumes: [volume(facts)] });
    expect(one && [shown(one), one.nameable]).toEqual([expected, nameable]);
    expect(one?.id).toBe(`volume:${one?.name}`);
  });
});

describe('the build cache', () => {
  const record = (size: number, days: number | null, more: Partial<CacheRecord> = {}) => ({
    id: `${size}`,
    size,
    shared: false,
    inUse: false,
    created: null,
    lastUsed: days === null ? null : ago(days),
    ...more,
  });
  const cache = (...cacheRecords: CacheRecord[]) => judged({ cacheRecords })[0];

  it('goes down to what stays, as far as it was not used', () => {
    const one = cache(record(2e9, 8), record(3e9, 9), record(4e9, 1));
    expect(one).toMatchObject({
      id: 'build-cache',
      verdict: 'remove',
      reclaimable: { min: 0, max: 5e9, certainty: 'at-most' },
    });
    expect(cache(record(2e9, 8), record(0.5e9, 1))?.reclaimable.max).toBe(1.5e9);
  });

  it('of which images, builds and what is of unknown age stay', () => {
    const stays = [
      record(9e9, 90, { shared: true }),
      record(9e9, 90, { inUse: true }),
      record(9e9, null),
    ];
    expect(cache(...stays)).toMatchObject({
      verdict: 'keep',
      reclaimable: { min: 0, max: 0, certainty: 'exact' },
      changesWhen: [{ on: 'fact' }],
    });
    expect(cache(...stays, record(5, 7))?.reclaimable.max).toBe(5);
    expect(cache(...stays, record(5, null, { created: ago(7) }))?.reclaimable.max).toBe(5);
  });

  it('stays while it is small, and tells when the first of it gets old', () => {
    const small = cache(record(0.9e9, 90));
    expect(small?.decidedBy).toEqual({
      kind: 'keep',
      code: 'small',
      part: 'buildCache',
      keep: 1e9,
    });
    expect(cache(record(2e9, 2), record(2e9, 5))?.changesWhen).toEqual([{ at: ago(5) + 7 * day }]);
  });

  it('is one thing, and none before the engine was asked', () => {
    expect(cache()).toBeUndefined();
    expect(judged({ cacheRecords: null })).toEqual([]);
    const off = judged({ cacheRecords: [record(9e9, 90)] }, '')[0];
    expect(off && shown(off)).toBe('keep default not-enabled');
  });
});

describe('whatever there is', () => {
  const both = fc.record({ taken: furnished({ images: 3 }), policy: policies() });

  it('a verdict changes by time at the moment that it tells, and not before', () => {
    const key = ({ verdict, decidedBy: { kind, code } }: JudgedOther) => [verdict, kind, code];
    fc.assert(
      fc.property(both, fc.double({ min: 0, max: 1, noNaN: true }), ({ taken, policy }, part) => {
        const at = (t: Millis) => judgeOthers(taken, policy, { now: t, ages: 'calendar' });
        at(now).forEach((one, i) => {
          const then = (t: Millis) => key(at(t)[i] as JudgedOther);
          const times = one.changesWhen.flatMap((c) => ('at' in c ? [c.at] : []));
          expect(one.changesWhen.length).toBeGreaterThan(0);
          const moment = times[0] ?? now + 1_000 * day;
          expect(moment).toBeGreaterThan(now);
          expect(then(Math.floor(now + part * (moment - 1 - now)))).toEqual(key(one));
          expect(then(moment - 1)).toEqual(key(one));
          if (times.length > 0) expect(then(moment)).not.toEqual(key(one));
        });
      }),
      { numRuns: 300 },
    );
  });

  it('nothing goes that is used, an owner`s, kept by its label, or of a part that is off', () => {
    fc.assert(
      fc.property(both, ({ taken, policy }) => {
        for (const one of judgeOthers(taken, policy, { now, ages: 'calendar' })) {
          if (one.verdict === 'keep') continue;
          expect(one.kind).not.toBe('volume');
          expect(
            policy[`${one.kind}s` as 'containers' | 'networks'] ?? policy.buildCache,
          ).toMatchObject({ enabled: true });
          const container = taken.containers.find(({ id }) => id === one.id);
          if (container) {
            expect(['created', 'exited', 'dead']).toContain(container.state);
            expect(container.labels['io.x-k8s.kind.cluster']).toBeUndefined();
          }
          const network = taken.networks.find(({ id }) => id === one.id);
          if (network)
            expect([network.usedBy, network.builtIn, network.project]).toEqual([[], false, null]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('observed days never remove what calendar days keep', () => {
    fc.assert(
      fc.property(both, fc.integer({ min: 0, max: 200 }), ({ taken, policy }, observedDays) => {
        const seen = { ...taken, observedDays };
        const calendar = judgeOthers(seen, policy, { now, ages: 'calendar' });
        judgeOthers(seen, policy, { now, ages: 'observed' }).forEach((one, i) => {
          if (one.verdict === 'remove') expect(calendar[i]?.verdict).toBe('remove');
        });
      }),
      { numRuns: 200 },
    );
  });
});
