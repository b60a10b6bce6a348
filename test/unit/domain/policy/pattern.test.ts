import { describe, expect, it } from 'vitest';
import { matchesVersion, parsePattern } from '../../../../main/domain/policy/pattern.js';
import { repositoryOfName, splitReference } from '../../../../main/domain/reference.js';
import { parseDuration, parseSize } from '../../../../main/domain/policy/units.js';

const sha = `sha256:${'a'.repeat(64)}`;

function matches(pattern: string, reference: string): boolean {
  const parsed = parsePattern(pattern);
  if (parsed === null) throw new Error(`no pattern: ${pattern}`);
  if (parsed.kind !== 'name') return parsed.kind === 'all';
  const { name, tag, digest } = splitReference(reference);
  return parsed.repository(repositoryOfName(name)) && matchesVersion(parsed, tag, digest);
}

describe('a pattern', () => {
  it.each([
    ['**', 'x.io/a/b:1', true],
    ['postgres', 'postgres:16', true],
    ['postgres', `postgres@${sha}`, true],
    ['postgres', 'docker.io/library/postgres:16', true],
    ['postgres', 'myorg/postgres:16', false],
    ['postgres', 'postgres-exporter:1', false],
    ['postgres*', 'postgres-exporter:1', true],
    ['postgres:16', 'postgres:16', true],
    ['postgres:16', 'postgres:16-alpine', false],
    ['postgres:16*', 'postgres:16-alpine', true],
    ['postgres:16*', `postgres@${sha}`, false],
    ['postgres:16', `postgres:16@${sha}`, true],
    [`postgres@${sha}`, `postgres@${sha}`, true],
    [`postgres@${sha}`, `postgres:16@${sha}`, true],
    ['postgres@sha256:*', `postgres@${sha}`, true],
    ['*', 'postgres:16', true],
    ['*', 'myorg/api:1', false],
    ['myorg/*', 'myorg/api:1.4', true],
    ['myorg/*', 'myorg/api/v2:1.4', false],
    ['myorg/*', 'x.io/myorg/api:1.4', false],
    ['myorg/**', 'myorg/api/v2:1.4', true],
    ['*/api', 'localhost/api:1', true],
    ['*/api', 'myorg/api:1', false],
    ['*/*/api', 'myorg/api:1', true],
    ['ghcr.io/**', 'ghcr.io/a/b:1', true],
    ['localhost/web', 'localhost/web:1', true],
    ['localhost:5000/web', 'localhost:5000/web:1', true],
    ['localhost:5000/web', 'localhost/web:1', false],
    ['127.0.0.1:*/web:stable', '127.0.0.1:5000/web:stable', true],
    ['myorg/.a', 'myorg/xa:1', false],
    ['myorg/a?i', 'myorg/api:1', true],
    ['myorg/{api,web}', 'myorg/api:1', false],
    ['myorg/@(api|web)', 'myorg/api:1', false],
    ['!myorg/api', 'myorg/web:1', false],
  ])('%s over %s: %s', (pattern, reference, expected) => {
    expect(matches(pattern, reference)).toBe(expected);
  });

  it('may be an image ID, whole', () => {
    expect(parsePattern(sha)).toEqual({ kind: 'id', id: sha });
    expect(parsePattern(sha.slice(0, -1))?.kind).toBe('name');
  });

  it.each(['', ' ', 'a b', 'a\n', 'a'.repeat(257), '*a*b*c*d', ':1', 'a:', 'a@'])(
    'is not %j',
    (text) => {
      expect(parsePattern(text)).toBeNull();
    },
  );

  it('may have three wildcards in each of its parts', () => {
    expect(matches('myorg/a*i*:*-*.*', 'myorg/api-x:v1-2.3')).toBe(true);
  });
});

describe('units', () => {
  it.each([
    ['0s', 0],
    ['250ms', 250],
    ['5m', 300_000],
    ['24h', 86_400_000],
    ['30d', 2_592_000_000],
    ['1w', null],
    ['1.5h', null],
    ['-1d', null],
    ['d', null],
    ['1 d', null],
    ['1D', null],
    ['999999999999d', null],
  ])('%s is %s ms', (text, value) => {
    expect(parseDuration(text)).toBe(value);
  });

  it.each([
    ['10GB', 10e9],
    ['1.5GiB', 1.5 * 2 ** 30],
    ['500MB', 500e6],
    ['0B', 0],
    ['1kB', 1_000],
    ['1KiB', 1_024],
    ['10', null],
    ['10 GB', null],
    ['10gb', null],
    ['.5GB', null],
  ])('%s is %s bytes', (text, value) => {
    expect(parseSize(text)).toBe(value);
  });
});
