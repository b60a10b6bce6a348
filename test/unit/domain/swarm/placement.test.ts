import { describe, expect, it } from 'vitest';
import { nodesFor, type Placed } from '../../../../main/domain/swarm/placement.js';
import type { NodeFacts } from '../../../../main/domain/swarm/types.js';

const node = (change: Partial<NodeFacts> = {}): NodeFacts => ({
  id: 'abc123',
  name: 'Attic',
  role: 'worker',
  availability: 'active',
  state: 'ready',
  address: '10.0.1.7',
  hostname: 'Attic',
  platform: { os: 'linux', architecture: 'x86_64' },
  engineLabels: { 'com.acme.room': 'north' },
  resources: null,
  plugins: [
    { type: 'Volume', name: 'local' },
    { type: 'Volume', name: 'acme/nfs:latest' },
    { type: 'Log', name: 'json-file' },
  ],
  labels: { disk: 'SSD', Zone: 'a' },
  ...change,
});
const silent = node({
  address: null,
  hostname: null,
  platform: null,
  engineLabels: null,
  plugins: null,
});

/** Whether a node suits; null: not known. */
function suits(service: Partial<Placed>, one: NodeFacts = node()): boolean | null {
  const found = nodesFor({ constraints: [], platforms: [], plugins: [], ...service }, [one]);
  return found && found.take.length + found.keep.length === 1;
}

describe('a constraint', () => {
  // Value, other value: of each kind.
  it.each([
    ['node.id', 'abc123', 'abc'],
    ['node.hostname', 'Attic', 'cellar'],
    ['node.role', 'worker', 'manager'],
    ['node.platform.os', 'linux', 'windows'],
    ['node.platform.arch', 'x86_64', 'amd64'],
    ['node.labels.disk', 'SSD', 'hdd'],
    ['engine.labels.com.acme.room', 'north', 'south'],
  ])('of %s holds for what is the same, in any case', (key, value, other) => {
    const ask = (text: string) => suits({ constraints: [text] });
    expect([ask(`${key}==${value}`), ask(`${key}!=${value}`)]).toEqual([true, false]);
    expect([ask(`${key}==${other}`), ask(`${key}!=${other}`)]).toEqual([false, true]);
    expect(ask(`  ${key}  ==  ${value.toUpperCase()} `)).toBe(true);
    expect(ask(`${key} != ${value.toLowerCase()}`)).toBe(false);
    const [first = '', ...rest] = key.split('.');
    expect(ask(`${[first.toUpperCase(), ...rest].join('.')} == ${value}`)).toBe(true);
  });

  it.each([
    ['10.0.1.7', true],
    ['10.0.1.8', false],
    ['10.0.1.7/32', true],
    ['10.0.0.0/23', true],
    ['10.0.1.200/24', true],
    ['10.0.0.0/24', false],
    ['0.0.0.0/0', true],
    ['192.0.0.0/1', false],
  ])('of node.ip compares with an address or a range: %s', (value, expected) => {
    expect([
      suits({ constraints: [`node.ip==${value}`] }),
      suits({ constraints: [`NODE.IP != ${value}`] }),
    ]).toEqual([expected, !expected]);
  });

  it('names a label as it is written', () => {
    expect(suits({ constraints: ['node.labels.Zone == a'] })).toBe(true);
    expect(suits({ constraints: ['node.labels.zone == a'] })).toBe(false);
  });

  it('of a label that is not there finds it empty', () => {
    for (const key of ['node.labels.gpu', 'engine.labels.gpu', 'node.labels.constructor'])
      expect([
        suits({ constraints: [`${key} == yes`] }),
        suits({ constraints: [`${key} != yes`] }),
      ]).toEqual([false, true]);
  });

  it('is no pattern', () => {
    expect(suits({ constraints: ['node.hostname == att.*'] })).toBe(false);
  });

  it('holds with all others', () => {
    expect(suits({ constraints: ['node.role == worker', 'node.id != x'] })).toBe(true);
    expect(suits({ constraints: ['node.role == worker', 'node.id == x'] })).toBe(false);
  });

  it.each([
    'node.colour == red',
    'node.ip == fd00::7',
    'node.ip == 10.0.0.0/33',
    'node.ip == 10.0.0.0/8/8',
    'node.ip == 10.0.1.007',
    'node.ip == 10.0.1.256',
    'node.ip == attic',
    'node.role = worker',
    'node.role ~= worker',
    'node.role ==',
    '== worker',
    'node.labels. == x',
    'node.role != worker == manager',
    'node.role > worker',
    'disk',
    '',
  ])('that is not understood is not guessed: "%s"', (text) => {
    expect(suits({ constraints: [text] })).toBeNull();
  });

  it('of what the node has not told is not known, unless another surely does not hold', () => {
    for (const key of [
      'node.ip',
      'node.hostname',
      'node.platform.os',
      'node.platform.arch',
      'engine.labels.a',
    ])
      expect(suits({ constraints: [`${key} != 1.2.3.4`] }, silent)).toBeNull();
    expect(suits({ constraints: ['node.labels.disk == ssd', 'node.role == worker'] }, silent)).toBe(
      true,
    );
    expect(suits({ constraints: ['node.hostname == x', 'node.role == manager'] }, silent)).toBe(
      false,
    );
  });
});

describe('platforms', () => {
  const on = (os: string, architecture: string) => ({ platforms: [{ os, architecture }] });

  it.each([
    ['one by its other name', on('linux', 'amd64'), true],
    ['one by its own name', on('linux', 'x86_64'), true],
    ['any architecture', on('linux', ''), true],
    ['any system', on('', 'amd64'), true],
    ['another architecture', on('linux', 'arm64'), false],
    ['another system', on('windows', 'amd64'), false],
    ['a name in capitals, which Swarm does not know', on('Linux', 'amd64'), false],
    ['none, which is any', { platforms: [] }, true],
  ])('%s', (_, service, expected) => {
    expect(suits(service)).toBe(expected);
  });

  it('are one of several, and not known of a node that has not told', () => {
    const both = { platforms: [...on('linux', 'arm64').platforms, ...on('linux', '').platforms] };
    expect(suits(both)).toBe(true);
    expect(suits(both, silent)).toBeNull();
    const arm = node({ platform: { os: 'linux', architecture: 'aarch64' } });
    expect(suits(on('linux', 'arm64'), arm)).toBe(true);
  });
});

describe('plugins', () => {
  const asks = (type: string, name: string, one?: NodeFacts) =>
    suits({ plugins: [{ type, name }] }, one);

  it('are found by their name, also where it has the tag that goes without saying', () => {
    expect([asks('Volume', 'local'), asks('Volume', 'acme/nfs')]).toEqual([true, true]);
    expect([asks('Volume', 'acme/nf'), asks('Volume', 'json-file')]).toEqual([false, false]);
    expect([asks('Log', 'json-file'), asks('Log', 'loki')]).toEqual([true, false]);
  });

  it('are not missed where the node does not tell', () => {
    expect(asks('Log', 'loki', silent)).toBeNull();
    const old = node({ plugins: [{ type: 'Volume', name: 'local' }] });
    expect([asks('Log', 'loki', old), asks('Volume', 'nfs', old)]).toEqual([true, false]);
  });
});

describe('nodes', () => {
  const any = { constraints: [], platforms: [], plugins: [] };

  it.each<[Partial<NodeFacts>, 'take' | 'keep' | 'neither']>([
    [{}, 'take'],
    [{ availability: 'pause' }, 'keep'],
    [{ availability: 'drain' }, 'neither'],
    [{ state: 'down' }, 'neither'],
    [{ state: 'down', availability: 'pause' }, 'neither'],
    [{ state: 'unknown' }, 'keep'],
    [{ state: 'disconnected' }, 'keep'],
  ])('%o: %s', (change, expected) => {
    const one = node(change);
    expect(nodesFor(any, [one])).toEqual({
      take: expected === 'take' ? [one] : [],
      keep: expected === 'keep' ? [one] : [],
    });
  });

  it('of which one that could take it is not known make none known', () => {
    const constraints = ['engine.labels.a != b'];
    expect(nodesFor({ ...any, constraints }, [node(), silent])).toBeNull();
    const gone = { ...silent, state: 'down' as const };
    expect(nodesFor({ ...any, constraints }, [node(), gone])?.take).toHaveLength(1);
  });
});
