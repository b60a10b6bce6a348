import { describe, expect, it } from 'vitest';
import {
  attachmentKey,
  goneAttachments,
  type KnownAttachment,
  networkFacts,
  prunedAttachments,
  type Use,
  volumeFacts,
  withUse,
} from '../../../main/services/knowledge/attachments.js';
import { container } from '../domain/arbitrary.js';
import { listed } from './support.js';

const use = (at: number, more: Partial<Use> = {}): Use => ({
  to: 'volume',
  id: 'data',
  at,
  by: `at-${at}`,
  mountedAt: '/data',
  project: null,
  ...more,
});

const known = (...all: KnownAttachment[]) => new Map(all.map((one) => [attachmentKey(one), one]));

describe('what is remembered of a volume or network', () => {
  it('is the latest use; what a use does not tell stays as it was', () => {
    const first = withUse(undefined, use(10, { project: 'acme' }));
    const second = withUse(first, use(20, { mountedAt: null }));
    expect(second).toMatchObject({
      lastUsed: { at: 20, by: 'at-20' },
      mountedAt: '/data',
      project: 'acme',
    });
    const older = withUse(second, use(15, { mountedAt: '/elsewhere', project: 'other' }));
    expect(older).toBe(second);
    expect(withUse(second, use(20, { mountedAt: null }))).toBe(second);
  });

  it('is bounded: what is there, and what went lately', () => {
    const now = 1_000 * 86_400_000;
    const gone = (n: number, goneAt: number | null) => ({
      ...withUse(undefined, use(1, { id: `v${n}` })),
      goneAt,
    });
    const all = [
      ...Array.from({ length: goneAttachments.count + 20 }, (_, n) => gone(n, now - n)),
      gone(-1, now - goneAttachments.age),
      gone(-2, null),
    ];
    const left = prunedAttachments(all, now).map(({ id }) => id);
    expect(left).toHaveLength(goneAttachments.count + 1);
    expect(left).toContain('v-2');
    expect(left).not.toContain('v-1');
    expect(left).not.toContain(`v${goneAttachments.count + 19}`);
  });
});

describe('networks and volumes as facts', () => {
  const network = {
    id: 'n1',
    name: 'shop',
    driver: 'bridge',
    created: 5,
    labels: {},
    builtIn: false,
    usersListed: true,
  };
  const volume = { name: 'data', driver: 'local', created: 5, labels: {}, anonymous: false };

  it('name containers in any state that use them, by name or ID', () => {
    const containers = [
      container(1, 1, { name: 'b', networks: ['shop'], volumes: ['data'] }),
      container(2, 1, { name: 'a', networks: ['n1'], state: 'created' }),
      container(3, 1, { name: 'c', networks: ['bridge'] }),
    ];
    const now = listed({ containers, networks: [network], volumes: [volume] });
    expect(networkFacts(now, known())[0]?.usedBy).toEqual(['a', 'b']);
    expect(volumeFacts(now, known())[0]).toMatchObject({ usedBy: ['b'], size: null });
  });

  it('are not known to be unused where others can use them', () => {
    const now = listed({ networks: [{ ...network, usersListed: false }] });
    expect(networkFacts(now, known())[0]?.usedBy).toBeNull();
  });

  it('say who used them last, but not of another one of the same name', () => {
    const past = withUse(undefined, use(10, { project: 'acme' }));
    expect(volumeFacts(listed({ volumes: [volume] }), known(past))[0]).toMatchObject({
      lastUsed: { at: 10, by: 'at-10' },
      mountedAt: '/data',
      project: 'acme',
    });
    const anew = listed({ volumes: [{ ...volume, created: 11 }] });
    expect(volumeFacts(anew, known(past))[0]).toMatchObject({
      lastUsed: null,
      mountedAt: null,
      project: null,
    });
  });

  it('are of the project that their labels name', () => {
    const labels = { 'com.docker.compose.project': 'shop' };
    const past = withUse(undefined, use(10, { project: 'acme' }));
    const now = listed({ volumes: [{ ...volume, labels }] });
    expect(volumeFacts(now, known(past))[0]?.project).toBe('shop');
  });
});
