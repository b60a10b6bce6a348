import { describe, expect, it } from 'vitest';
import type { Advice, Evidence } from '../../../main/domain/suggestions/types.js';
import { messages, type Language } from '../../../main/messages/index.js';
import { now } from './samples.js';

const day = 86_400_000;
const anonymous = 'f'.repeat(64);
const evidence: Evidence[] = [
  { id: 'superseded', repository: 'myorg/api', images: 5, newer: 1, names: ['myorg/api:1'] },
  {
    id: 'superseded',
    repository: 'myorg/api',
    images: 1,
    newer: 3,
    names: [`sha256:${anonymous}`],
  },
  {
    id: 'project-gone',
    project: 'shop',
    folder: '/home/ada/shop',
    images: 2,
    containers: 0,
    volumes: 1,
    networks: 1,
  },
  { id: 'exited-containers', containers: 3, images: 1, names: ['a', 'b', 'c'] },
  { id: 'exited-containers', containers: 1, images: 0, names: ['a'] },
  { id: 'build-cache', bytes: 9e9, unusedFor: 7 * day, keep: 5e9 },
  {
    id: 'unused-volumes',
    volumes: 2,
    first: [
      { name: 'shop_data', mountedAt: '/var/lib/data', by: 'db', at: now - 40 * day },
      { name: anonymous, mountedAt: null, by: null, at: null },
    ],
  },
  { id: 'unused-volumes', volumes: 1, first: [] },
  { id: 'same-content', images: 2, names: ['a:1', 'b:1'] },
  {
    id: 'foreign-platform',
    platforms: ['linux/arm64'],
    own: 'linux/amd64',
    images: 1,
    names: ['a:1'],
  },
  { id: 'policy-rule', list: 'keep', rule: 'all', fault: 'keeps-everything' },
  { id: 'policy-rule', list: 'remove', rule: 'slip', fault: 'never-matches' },
  { id: 'policy-rule', list: 'remove', rule: 'stale', fault: 'never-removes' },
  { id: 'policy-rule', list: 'remove', rule: null, fault: 'removes-nothing' },
  { id: 'unbounded-logs', containers: 2, running: 0, names: ['web', 'db'] },
  { id: 'unbounded-logs', containers: 2, running: 1, names: ['web', 'db'] },
  { id: 'writes-much', container: 'web', state: 'running' },
  { id: 'costly-keep', rule: 'lately', images: 12 },
  { id: 'fills-first', fullAt: now + 3 * day, nextRun: now + 5 * day },
  { id: 'fills-first', fullAt: now - 1, nextRun: null },
  { id: 'host-bytes', file: '/vm/disk', returns: 'shortly' },
  { id: 'host-bytes', file: '/vm/disk', returns: 'restart' },
];
const advice: Advice[] = [
  { advice: 'limit-logs' },
  { advice: 'use-volume' },
  { advice: 'edit-policy' },
  { advice: 'make-room' },
  ...(['docker-desktop', 'orbstack', 'colima', 'rancher-desktop', 'lima'] as const).map(
    (product): Advice => ({ advice: 'give-back', product }),
  ),
];
const holes = /undefined|null|NaN|\[object|\$\{|\s\s|sha256:|!|！/;

describe.each(['en', 'zh-CN'] satisfies Language[])('suggestions in %s', (language) => {
  const m = messages(language, { timeZone: 'UTC' });

  it.each(evidence)('$id has a headline and what it rests on, each of its own', (one) => {
    for (const text of [m.suggestion.title(one, now), m.suggestion.why(one, now)])
      expect(text).not.toMatch(holes);
    expect(m.suggestion.title(one, now)).not.toBe('');
    expect(m.suggestion.title(one, now).length).toBeLessThanOrEqual(60);
  });

  it('say when sizes were counted, and offer to count again', () => {
    const { measure, measureAgain, measured } = m.suggestion.frame;
    const when = m.format.when(now - day / 8, now);
    expect(measured(when)).toContain(when);
    expect(measured(when)).not.toMatch(holes);
    expect(measureAgain).not.toBe(measure);
  });

  it('say how, where only a person can', () => {
    const texts = advice.map((one) => m.suggestion.advice(one, evidence[16] as Evidence).text);
    expect(new Set(texts).size).toBe(texts.length);
    for (const text of texts) expect(text).not.toMatch(holes);
  });
});

it('English says what a person asks first', () => {
  const { suggestion } = messages('en', { timeZone: 'UTC' });
  expect(evidence.map((one) => suggestion.title(one, now)).slice(0, 2)).toEqual([
    '5 old myorg/api images',
    '1 old myorg/api image',
  ]);
  expect(suggestion.why(evidence[1] as Evidence, now)).toBe('3 newer ones stay');
});
