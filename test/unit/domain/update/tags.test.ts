import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { Tags } from '../../../../main/domain/policy/types.js';
import { newerTags, step } from '../../../../main/domain/update/tags.js';
import { compareVersions } from '../../../../main/domain/update/tags/order.js';
import { parseTag, type TagVersion } from '../../../../main/domain/update/tags/parse.js';

// Properties are many runs; a busy machine is no failure.
vi.setConfig({ testTimeout: 120_000 });

const at = (level: Exclude<Tags['level'], 'pattern'>): Tags => ({ level });
const pattern = (
  include: string | null,
  more: { exclude?: string; transform?: string } = {},
): Extract<Tags, { level: 'pattern' }> => ({
  level: 'pattern',
  include,
  exclude: null,
  transform: null,
  ...more,
});

/** Tags as the registries of these repositories show them. */
const shown = {
  postgres:
    'latest alpine bookworm 17 16 15 17.1 17.0 16.5 16.4 16.3 17beta1 17rc1 17rc1-alpine 18beta1 16-alpine 17-alpine 16.4-alpine 16.5-alpine 17.1-alpine 16.4-alpine3.19 16.4-alpine3.20 16.5-alpine3.20 16.5-alpine3.21 17.1-alpine3.20 16-bookworm 16.5-bookworm 16.4-bullseye alpine3.20 alpine3.21',
  nginx:
    'latest stable mainline stable-alpine 1 1.27 1.28 1.27.1 1.27.2 1.27.3 1.28.0 1.27.2-alpine 1.27.3-alpine 1.28.0-alpine 1.27.3-alpine-slim 1.27.2-alpine3.20 1.27.3-alpine3.20-otel 1.28-alpine',
  node: 'lts lts-alpine current iron 20 22 23 20.18 22.11 20.18.0 20.18.1 22.11.0 20-alpine 22-alpine 20-alpine3.20 22-alpine3.20 22-alpine3.21 20.18.0-bookworm-slim 20.18.1-bookworm-slim 22.11.0-bookworm-slim 23.0.0-bookworm',
  python:
    'latest 3 3.12 3.13 3.12.6 3.12.7 3.13.0 3.13.0rc3 3.13.0rc2 3.14.0a1 3.14-rc 3.12-slim 3.13-slim 3.12.7-slim-bookworm 3.13.0-slim-bookworm 3.14.0a1-slim 3.13-rc-slim',
  traefik:
    'latest v2 v3 v3.1 v3.2 v3.1.2 v3.1.7 v3.2.0 v3.2.0-rc1 v3.2.0-rc2 v2.11 v2.11.13 saintmarcelin v2.11.13-windowsservercore-ltsc2022 v3.2.0-windowsservercore-ltsc2022 3.2.0',
  'home-assistant':
    'latest stable beta dev 2024.10 2024.11 2024.10.4 2024.11.0 2024.11.1 2024.12.0b3 2024.11.0.dev202410150219 2025.1.0 2024.11.0b9',
  grafana:
    'latest main 11.3.0 11.3.1 11.2.2 11.2.2-security-01 11.3.0-ubuntu 11.4.0 11.4.0-80121 11.4.0-81000 11.3.0-pre 10.4.14',
  gitea:
    'latest nightly 1 1.22 1.23 1.22.3 1.22.4 1.22.3-rootless 1.22.4-rootless 1.23-dev 1.23.0-rc0 1.23-nightly',
  linuxserver:
    'latest nightly develop version-1.2.3-ls45 version-1.2.3-ls46 version-1.3.0-ls47 1.2.3-ls45 1.2.3-ls46 amd64-1.2.3-ls46 arm64v8-1.2.3-ls46 nightly-1.4.0-ls2 1.2.3',
  plex: '1.40.2.8395-c67dce28e-ls239 1.40.2.8395-c67dce28e-ls240 1.41.0.8992-8463ad060-ls241 arm64v8-1.41.0.8992-8463ad060-ls241 latest',
  minio:
    'latest edge RELEASE.2024-10-13T13-34-11Z RELEASE.2024-11-07T00-52-20Z RELEASE.2024-11-07T00-52-20Z-cpuv1 RELEASE.2024-10-02T17-50-41Z.fips',
  ubuntu:
    'latest rolling devel jammy noble 22.04 24.04 24.10 noble-20241009 noble-20241118.1 jammy-20240911.1 jammy-20241010 noble-20241118',
  alpine: 'latest edge 3 3.19 3.20 3.20.2 3.20.3 20240923 20240807',
  mssql:
    'latest 2019-latest 2022-latest 2022-CU14-ubuntu-22.04 2022-CU15-ubuntu-22.04 2022-CU15-GDR1-ubuntu-22.04 2019-CU28-ubuntu-20.04',
  temurin:
    '21 21-jre 21.0.4_7-jre 21.0.5_11-jre 17.0.13_11-jdk 8u422-b05-jre 8u432-b06-jre 23.0.1_11-jre 21.0.5_11-jre-alpine',
  wordpress:
    '6.6.2-php8.2-apache 6.7.0-php8.2-apache 6.7.0-php8.3-apache 6.7.1-php8.3-fpm-alpine 6.7.0 6.6.2 cli-2.11 php8.3',
  redis: '7 7.4 7.4.0 7.4.1 7.4-rc2 8.0-M01 8.0-M02 8.0-M02-alpine 7-bookworm',
  gitlab: '17.5.1-ce.0 17.5.2-ce.0 17.6.0-rc42.ce.0 17.6.0-ce.0 17.5.2-ee.0',
  adguard: 'latest edge v0.107.53 v0.107.54 v0.108.0-b.59 v0.108.0-b.60',
  bitnami: '16.4.0-debian-12-r13 16.4.0-debian-12-r14 16.5.0-debian-12-r0 16.5.0-debian-11-r3',
  pihole: '2023.02.2 2024.05.0 2024.07.0 nightly',
  commits:
    'main 4f2a1b9 9c8b7a6d5e sha-1a2b3c4 sha256-0123abc.sig 1.2.3 1.2.4 1.2.4.sig v1.2.3-5-gabc1234 1.2.4-abcdef1 1.2.3-abcdef2',
} as const;

describe('newer tags, the newest first', () => {
  it.each<[keyof typeof shown, string, Tags, string[]]>([
    ['postgres', '16', at('major'), ['17']],
    ['postgres', '16', at('minor'), []],
    ['postgres', '16.4', at('minor'), ['16.5']],
    ['postgres', '16.3', at('minor'), ['16.5', '16.4']],
    ['postgres', '16.4', at('major'), ['17.1', '17.0', '16.5']],
    ['postgres', '16.4', at('patch'), []],
    ['postgres', '16.4-alpine', at('major'), ['17.1-alpine', '16.5-alpine']],
    ['postgres', '16.4-alpine3.20', at('minor'), ['16.5-alpine3.21', '16.5-alpine3.20']],
    ['postgres', '16.4-alpine3.19', at('patch'), ['16.4-alpine3.20']],
    ['postgres', '16.4-bullseye', at('major'), []],
    ['postgres', '17beta1', at('major'), ['18beta1', '17', '17rc1']],
    ['postgres', 'latest', at('major'), []],
    ['postgres', 'alpine3.20', at('minor'), ['alpine3.21']],
    ['postgres', '16', at('same'), []],
    ['nginx', '1.27', at('minor'), ['1.28']],
    ['nginx', '1.27.1', at('patch'), ['1.27.3', '1.27.2']],
    ['nginx', '1.27.2-alpine', at('minor'), ['1.28.0-alpine', '1.27.3-alpine']],
    ['nginx', 'stable-alpine', at('major'), []],
    ['node', '20', at('major'), ['23', '22']],
    ['node', '20-alpine3.20', at('major'), ['22-alpine3.21', '22-alpine3.20']],
    ['node', '20.18.0-bookworm-slim', at('patch'), ['20.18.1-bookworm-slim']],
    ['node', 'lts-alpine', at('major'), []],
    ['python', '3.12', at('minor'), ['3.13']],
    ['python', '3.12.7', at('major'), ['3.13.0']],
    ['python', '3.13.0rc2', at('minor'), ['3.14.0a1', '3.13.0', '3.13.0rc3']],
    ['python', '3.12.7-slim-bookworm', at('minor'), ['3.13.0-slim-bookworm']],
    ['traefik', 'v3.1', at('minor'), ['v3.2']],
    ['traefik', 'v3.1.2', at('minor'), ['v3.2.0', 'v3.1.7']],
    ['traefik', 'v2.11.13', at('major'), ['v3.2.0', 'v3.1.7', 'v3.1.2']],
    [
      'traefik',
      'v2.11.13-windowsservercore-ltsc2022',
      at('major'),
      ['v3.2.0-windowsservercore-ltsc2022'],
    ],
    ['home-assistant', '2024.10', at('minor'), ['2024.11']],
    ['home-assistant', '2024.11.0', at('patch'), ['2024.11.1']],
    ['home-assistant', '2024.10.4', at('minor'), ['2025.1.0', '2024.11.1', '2024.11.0']],
    ['grafana', '11.3.0', at('minor'), ['11.4.0', '11.3.1']],
    ['grafana', '11.4.0-80121', at('patch'), ['11.4.0-81000']],
    ['grafana', '11.3.0-ubuntu', at('major'), []],
    ['gitea', '1.22.3-rootless', at('minor'), ['1.22.4-rootless']],
    ['gitea', '1.22', at('minor'), ['1.23']],
    ['gitea', '1.22.4', at('major'), []],
    [
      'linuxserver',
      'version-1.2.3-ls45',
      at('minor'),
      ['version-1.3.0-ls47', 'version-1.2.3-ls46'],
    ],
    ['linuxserver', '1.2.3-ls45', at('patch'), ['1.2.3-ls46']],
    ['linuxserver', '1.2.3', at('major'), []],
    [
      'plex',
      '1.40.2.8395-c67dce28e-ls239',
      at('minor'),
      ['1.41.0.8992-8463ad060-ls241', '1.40.2.8395-c67dce28e-ls240'],
    ],
    ['minio', 'RELEASE.2024-10-13T13-34-11Z', at('minor'), ['RELEASE.2024-11-07T00-52-20Z']],
    ['ubuntu', '22.04', at('major'), ['24.10', '24.04']],
    ['ubuntu', '22.04', at('minor'), []],
    ['ubuntu', 'noble-20241009', at('minor'), ['noble-20241118.1', 'noble-20241118']],
    ['ubuntu', 'jammy-20240911.1', at('minor'), ['jammy-20241010']],
    ['ubuntu', 'jammy', at('major'), []],
    ['alpine', '3', at('major'), []],
    ['alpine', '3.19', at('major'), ['3.20']],
    ['alpine', '20240807', at('minor'), ['20240923']],
    ['mssql', '2022-CU14-ubuntu-22.04', at('patch'), ['2022-CU15-ubuntu-22.04']],
    ['mssql', '2019-latest', at('major'), ['2022-latest']],
    ['mssql', '2019-latest', at('minor'), []],
    ['temurin', '21.0.4_7-jre', at('minor'), ['21.0.5_11-jre']],
    ['temurin', '8u422-b05-jre', at('patch'), ['8u432-b06-jre']],
    ['wordpress', '6.6.2-php8.2-apache', at('minor'), ['6.7.0-php8.2-apache']],
    ['redis', '7.4', at('major'), []],
    ['redis', '8.0-M01', at('patch'), ['8.0-M02']],
    ['gitlab', '17.5.1-ce.0', at('minor'), ['17.6.0-ce.0', '17.5.2-ce.0']],
    ['adguard', 'v0.107.53', at('major'), ['v0.107.54']],
    ['adguard', 'v0.108.0-b.59', at('patch'), ['v0.108.0-b.60']],
    [
      'bitnami',
      '16.4.0-debian-12-r13',
      at('minor'),
      ['16.5.0-debian-12-r0', '16.4.0-debian-12-r14'],
    ],
    ['pihole', '2023.02.2', at('minor'), ['2024.07.0', '2024.05.0']],
    ['commits', '1.2.3', at('patch'), ['1.2.4']],
    ['commits', '1.2.3-abcdef2', at('patch'), ['1.2.4-abcdef1']],
    ['commits', '4f2a1b9', at('major'), []],
    ['commits', 'sha-1a2b3c4', at('major'), []],
  ])('%s:%s', (repository, current, tags, expected) => {
    expect(newerTags(current, shown[repository].split(' '), tags)).toEqual(expected);
  });

  it.each<[string, string, string, Tags, string[]]>([
    [
      'of those that are included',
      '20-lts',
      '22-lts 23-lts 24 21-lts 18-lts',
      pattern('^\\d+-lts$'),
      ['23-lts', '22-lts', '21-lts'],
    ],
    ['into another family', '20', '22-lts 23 24-lts', pattern('-lts$'), ['24-lts', '22-lts']],
    [
      'none that is excluded',
      '1.0.0',
      '1.1.0 1.2.0 2.0.0',
      pattern(null, { exclude: '^2\\.' }),
      ['1.2.0', '1.1.0'],
    ],
    [
      'a transform orders what has none',
      'r2024_1',
      'r2024_2 r2024_10 r2023_9',
      pattern(null, { transform: '^r(\\d+)_(\\d+)$ => $1.$2' }),
      ['r2024_10', 'r2024_2'],
    ],
    [
      'a transform keeps what it does not match',
      '1.0',
      '1.1 x1.2',
      pattern(null, { transform: '^y(.*)$ => $1' }),
      ['1.1'],
    ],
    [
      'a transform takes a suffix away',
      '1.2.3-abc',
      '1.2.4-xyz 1.2.2-abc',
      pattern(null, { transform: '^(\\d+\\.\\d+\\.\\d+)-.*$ => $1' }),
      ['1.2.4-xyz'],
    ],
    ['precision is kept', '1.27', '1.28 1.28.0 2', pattern('^\\d'), ['1.28']],
    ['a release stays one', '1.0.0', '1.1.0-rc1 1.0.1', pattern('^1'), ['1.0.1']],
    ['an expression that cannot be read takes none', '1.0', '1.1', pattern('^(?!x)'), []],
    [
      'a transform that cannot be read takes none',
      '1.0',
      '1.1',
      pattern(null, { transform: 'x' }),
      [],
    ],
    [
      'what must allow it as well',
      '1.0.0',
      '1.0.1 1.1.0 2.0.0',
      { ...pattern('^\\d'), within: at('minor') },
      ['1.1.0', '1.0.1'],
    ],
    [
      'a pattern within a pattern',
      '1.0.0',
      '1.0.1 1.1.0 1.2.0',
      { ...pattern('^\\d'), within: pattern(null, { exclude: '^1\\.1' }) },
      ['1.2.0', '1.0.1'],
    ],
  ])('by a pattern: %s', (_, current, all, tags, expected) => {
    expect(newerTags(current, all.split(' '), tags)).toEqual(expected);
  });

  it('takes each tag once, and 10,000 of them', () => {
    const all = Array.from({ length: 10_000 }, (_, i) => `1.${i % 5_000}.0-alpine3.20`);
    const found = newerTags('1.4998.0-alpine3.20', all, at('minor'));
    expect(found).toEqual(['1.4999.0-alpine3.20']);
  });
});

describe('a step', () => {
  it.each<[string, string, ReturnType<typeof step>]>([
    ['16', '17', 'major'],
    ['1.27.1', '1.27.2', 'patch'],
    ['1.27.1', '1.28.0', 'minor'],
    ['v2.9', 'v3.0', 'major'],
    ['16.4-alpine3.20', '16.4-alpine3.21', 'patch'],
    ['2024.12.1', '2025.1.0', 'minor'],
    ['2024.12.0', '2024.12.1', 'patch'],
    ['RELEASE.2024-10-13T13-34-11Z', 'RELEASE.2024-11-07T00-52-20Z', 'minor'],
    ['1.0.0-rc1', '1.0.0', 'patch'],
    ['1.28', '1.27', null],
    ['1.27', '1.27', null],
    ['latest', '1.27', null],
    ['3', '20240923', null],
  ])('from %s to %s', (current, next, expected) => {
    expect(step(current, next)).toBe(expected);
  });

  it('is read as the rule reads tags', () => {
    const tags = pattern(null, { transform: '^r(\\d+)_(\\d+)$ => $1.$2' });
    expect(step('r1_9', 'r2_0', tags)).toBe('major');
    expect(step('r1_9', 'r2_0')).toBe('major');
  });
});

const number = fc.nat({ max: 40 });
const suffix = fc.constantFrom(
  '',
  '-alpine',
  '-alpine3.20',
  '-alpine3.21',
  '-rc1',
  '-rc2',
  'b3',
  '-ls45',
  '-ls46',
  '-slim-bookworm',
  '-12345',
  '-abc1234',
  '-php8.3',
  '.dev2024',
  '_7',
);
const tag = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(
        fc.constantFrom('', '', '', 'v', 'version-', 'RELEASE.', 'amd64-', 'noble-'),
        fc.oneof(
          fc.array(number, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('.')),
          fc.constantFrom(
            '2024.11.1',
            '2024.12',
            '20241103',
            '2024-11-07T00-52-20Z',
            '2024',
            '2022',
          ),
        ),
        suffix,
        suffix,
      )
      .map((parts) => parts.join('')),
  },
  fc.constantFrom('latest', 'noble', 'lts-alpine', 'sha-1a2b3c4', 'deadbee1', 'stable'),
  fc.string({ unit: fc.constantFrom(...'019.-_vabr'), minLength: 1, maxLength: 12 }),
);
const levels = fc.constantFrom<Tags[]>(
  at('patch'),
  at('minor'),
  at('major'),
  pattern(null),
  pattern('\\d'),
);
const version = tag.map(parseTag).filter((read): read is TagVersion => read !== null);
const sign = Math.sign;

describe('whatever the tags are', () => {
  it('versions have a total order', () => {
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        expect(compareVersions(a, a)).toBe(0);
        expect(sign(compareVersions(a, b))).toBe(-sign(compareVersions(b, a)) + 0);
        if (compareVersions(a, b) === 0) expect(a.tag).toBe(b.tag);
        if (compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0)
          expect(compareVersions(a, c)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 20_000 },
    );
  });

  it('nothing is a downgrade, a family and its precision are kept, a release stays one', () => {
    fc.assert(
      fc.property(tag, fc.array(tag, { maxLength: 30 }), levels, (current, all, tags) => {
        const found = newerTags(current, all, tags);
        const from = parseTag(current);
        if (from === null) {
          expect(found).toEqual([]);
          return;
        }
        expect(new Set(found).size).toBe(found.length);
        expect(found).not.toContain(current);
        let before: TagVersion | null = null;
        for (const one of found) {
          expect(all).toContain(one);
          const to = parseTag(one);
          if (to === null) throw new Error(one);
          expect(compareVersions(from, to)).toBeLessThan(0);
          expect(to.shape).toBe(from.shape);
          if (tags.level !== 'pattern' || tags.include === null)
            expect(to.family).toBe(from.family);
          if (from.pre === null) expect(to.pre).toBeNull();
          if (before !== null) expect(compareVersions(before, to)).toBeGreaterThan(0);
          before = to;
          expect(step(current, one)).not.toBeNull();
        }
      }),
      { numRuns: 5_000 },
    );
  });

  it('a wider level allows whatever a narrower one does', () => {
    fc.assert(
      fc.property(tag, fc.array(tag, { maxLength: 30 }), (current, all) => {
        const [patch, minor, major] = (['patch', 'minor', 'major'] as const).map((level) =>
          newerTags(current, all, at(level)),
        );
        expect(minor).toEqual(expect.arrayContaining(patch ?? []));
        expect(major).toEqual(expect.arrayContaining(minor ?? []));
      }),
      { numRuns: 3_000 },
    );
  });
});
