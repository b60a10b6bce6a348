import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseReference } from '../../../../main/domain/reference.js';
import { changeSpec, rollbackFor, type Wanted } from '../../../../main/domain/swarm/change.js';
import { inForce } from '../../../../main/domain/swarm/config.js';
import { serviceData, serviceVolumes } from '../../../../main/domain/swarm/data.js';
import { asObject, at, inexactNumbers, withAt } from '../../../../main/domain/swarm/spec.js';
import { digest, web } from './support.js';

const wanted: Wanted = {
  name: parseReference('10.210.0.254:5000/web:1'),
  digest: digest(2),
  platforms: [{ os: 'linux', architecture: 'amd64' }],
};

const spec = {
  Name: 'web',
  Labels: { 'com.docker.stack.image': 'web:1' },
  TaskTemplate: {
    ContainerSpec: { Image: web(1), Env: ['A=secret'], OomScoreAdj: 5 },
    Placement: { Constraints: ['node.role==worker'], Platforms: [{ Architecture: 's390x' }] },
    ForceUpdate: 4,
  },
  Mode: { Replicated: { Replicas: 3 } },
  UpdateConfig: { Parallelism: 2, FailureAction: 'pause', Order: 'start-first' },
  SomethingNew: { kept: true },
};

describe('the Spec that is sent', () => {
  it('is whole, with the image by its digest, the platforms of the registry and a way back', () => {
    expect(changeSpec(spec, wanted)).toEqual({
      image: web(2),
      rollbackFor: 'pause',
      spec: {
        ...spec,
        TaskTemplate: {
          ...spec.TaskTemplate,
          ContainerSpec: { ...spec.TaskTemplate.ContainerSpec, Image: web(2) },
          Placement: {
            Constraints: ['node.role==worker'],
            Platforms: [{ Architecture: 'amd64', OS: 'linux' }],
          },
        },
        UpdateConfig: { Parallelism: 2, FailureAction: 'rollback', Order: 'start-first' },
      },
    });
  });

  it('says what held without a config: left out, Parallelism would be all at once', () => {
    const { Name, Labels, TaskTemplate, Mode } = spec;
    for (const one of [
      { Name, Labels, TaskTemplate, Mode },
      { ...spec, UpdateConfig: null },
    ]) {
      const change = changeSpec(one, wanted);
      expect(change?.rollbackFor).toBe('absent');
      expect(change?.spec['UpdateConfig']).toEqual({
        Parallelism: 1,
        Monitor: 5_000_000_000,
        MaxFailureRatio: 0,
        Order: 'stop-first',
        FailureAction: 'rollback',
      });
    }
  });

  it('adds it to a config that has no failure action, and leaves one that is not pause', () => {
    const with_ = (config: object) => changeSpec({ ...spec, UpdateConfig: config }, wanted);
    expect(with_({ Parallelism: 0 })?.spec['UpdateConfig']).toEqual({
      Parallelism: 0,
      FailureAction: 'rollback',
    });
    for (const action of ['rollback', 'continue', 'of a later engine']) {
      const change = with_({ FailureAction: action });
      expect(change?.rollbackFor).toBeNull();
      expect(change?.spec['UpdateConfig']).toEqual({ FailureAction: action });
    }
    expect([rollbackFor(null), rollbackFor(''), rollbackFor('pause')]).toEqual([
      'absent',
      'absent',
      'pause',
    ]);
  });

  it('has the platforms as the CLI writes them: 32-bit ARM as any, unknown ones too', () => {
    const platforms = [
      { os: 'linux', architecture: 'arm' },
      { os: 'unknown', architecture: 'unknown' },
    ];
    const change = changeSpec(spec, { ...wanted, platforms });
    expect(at(change?.spec, ['TaskTemplate', 'Placement', 'Platforms'])).toEqual([
      { Architecture: '', OS: 'linux' },
      { Architecture: 'unknown', OS: 'unknown' },
    ]);
    for (const none of [null, []]) {
      const kept = changeSpec(spec, { ...wanted, platforms: none });
      expect(at(kept?.spec, ['TaskTemplate', 'Placement'])).toEqual(spec.TaskTemplate.Placement);
    }
  });

  it('is none where the service is not of containers', () => {
    expect(changeSpec({ TaskTemplate: { PluginSpec: {} } }, wanted)).toBeNull();
    expect(changeSpec(null, wanted)).toBeNull();
  });

  it('keeps every other key and leaves what it was given as it was', () => {
    const anything = fc.dictionary(fc.string(), fc.jsonValue());
    fc.assert(
      fc.property(anything, anything, anything, anything, (top, template, container, config) => {
        const before = {
          ...top,
          TaskTemplate: { ...template, ContainerSpec: { ...container, Image: web(1) } },
          UpdateConfig: config,
        };
        const text = JSON.stringify(before);
        const after = changeSpec(before, { ...wanted, platforms: null });
        expect(JSON.stringify(before)).toBe(text);
        const rest = withAt(after?.spec, ['TaskTemplate', 'ContainerSpec', 'Image'], web(1));
        if (after?.rollbackFor === null) expect(JSON.stringify(rest)).toBe(text);
        else {
          const now = asObject(rest['UpdateConfig']) ?? {};
          expect(now['FailureAction']).toBe('rollback');
          const action = { FailureAction: null };
          expect(JSON.stringify({ ...now, ...action })).toBe(
            JSON.stringify({ ...config, ...action }),
          );
          expect(JSON.stringify({ ...rest, UpdateConfig: config })).toBe(text);
        }
      }),
    );
  });
});

describe('a place in a Spec', () => {
  it('is made where nothing or null stands on the way, and nothing else is written over', () => {
    expect(withAt({ a: null, b: 1 }, ['a', 'c'], 2)).toEqual({ a: { c: 2 }, b: 1 });
    expect(() => withAt({ a: [1] }, ['a', 'c'], 2)).toThrow(TypeError);
    expect(() => withAt({ a: 'text' }, ['a', 'c'], 2)).toThrow(TypeError);
  });

  it('is not found in what all objects have', () => {
    expect(at({}, ['constructor', 'name'])).toBeUndefined();
    expect(at({ a: { b: [] } }, ['a', 'b'])).toEqual([]);
  });

  it('with a number that would come back as another is told', () => {
    const read: unknown = JSON.parse('{"a":{"b":[1,9223372036854775807]},"ratio":0.5,"c":-1}');
    expect(inexactNumbers(read)).toEqual(['a.b.1']);
    expect(inexactNumbers(spec)).toEqual([]);
  });
});

describe('what a service leaves out', () => {
  it("is as Swarm's defaults: one at a time, stop-first, 5 s, pause", () => {
    const none = { parallelism: 1, delay: 0, order: 'stop-first', monitor: 5_000 };
    expect(inForce(null)).toEqual({ ...none, failureAction: 'pause' });
    const given = { parallelism: 0, delay: 9, failureAction: null, monitor: null, order: null };
    expect(inForce(given)).toEqual({ ...none, parallelism: 0, delay: 9, failureAction: 'pause' });
  });
});

describe("a service's data", () => {
  it('is its volumes and binds that can be written', () => {
    const mounts = [
      { Type: 'volume', Source: 'db', Target: '/data' },
      { Type: 'volume', Source: 'conf', Target: '/conf', ReadOnly: true },
      { Type: 'bind', Source: '/srv', Target: '/srv' },
      { Type: 'bind', Source: '/var/run/docker.sock', Target: '/var/run/docker.sock' },
      { Type: 'tmpfs', Target: '/tmp' },
      {
        Type: 'volume',
        Source: 'far',
        Target: '/far',
        VolumeOptions: { DriverConfig: { Name: 'nfs' } },
      },
    ];
    const of = (Mounts: unknown) => serviceData({ TaskTemplate: { ContainerSpec: { Mounts } } });
    expect(of(mounts)).toEqual([
      { kind: 'volume', name: 'db', at: '/data', driver: 'local' },
      { kind: 'volume', name: 'far', at: '/far', driver: 'nfs' },
      { kind: 'bind', name: '/srv', at: '/srv', driver: null },
    ]);
    expect(of(null)).toEqual([]);
    const spec = { TaskTemplate: { ContainerSpec: { Mounts: mounts } } };
    expect(serviceVolumes(spec)).toEqual(['conf', 'db', 'far']);
  });
});
