import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recreate } from '../../../../main/domain/recreate/index.js';
import { isNothing, textOf } from '../../../../main/domain/recreate/json.js';
import type { ContainerSpec, Json, JsonObject } from '../../../../main/domain/recreate/types.js';
import { objectOf, textsOf } from '../../../../main/domain/update/labels.js';
import { idOf, input, made, request } from './engine.js';

const names = ['A', 'B', 'C', 'PATH'];
const paths = ['/a', '/b', '/c/d'];

/** Values that are told apart by who gave them: `u` a person, `1` and `2` the images. */
const config = (by: string, marks = names) =>
  fc.record(
    {
      Env: fc.subarray(marks).map((some) => some.map((name) => `${name}=${by}`)),
      Labels: fc.subarray(marks).map((some) => Object.fromEntries(some.map((key) => [key, by]))),
      Volumes: fc.subarray(paths).map((some) => keyed(some.map((path) => `${path}${by}`))),
      ExposedPorts: fc
        .subarray(['80', '443'])
        .map((some) => keyed(some.map((port) => `${port}${by}/tcp`))),
      User: fc.constant(by),
      WorkingDir: fc.constantFrom(`/${by}`, `/${by}/`),
      StopSignal: fc.constant(`SIG${by}`),
      Healthcheck: fc.record(
        {
          Test: fc.constant(['CMD', by]),
          Interval: fc.constant(by === 'u' ? 3 : Number(by)),
          StartInterval: fc.constant(by === 'u' ? 3 : Number(by)),
        },
        { requiredKeys: [] },
      ),
      Entrypoint: fc.constant([`entry-${by}`]),
      Cmd: fc.constant([`cmd-${by}`]),
    },
    { requiredKeys: [] },
  ) as fc.Arbitrary<JsonObject>;

const keyed = (keys: string[]): JsonObject => Object.fromEntries(keys.map((key) => [key, {}]));

const json = fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>;
const host = fc
  .tuple(
    fc.dictionary(fc.constantFrom('CapAdd', 'Memory', 'Ulimits', 'Unknown', 'Init', 'Dns'), json),
    fc.record(
      {
        Binds: fc.subarray(['/srv:/bound:ro', 'named:/named', '/single']),
        Mounts: fc.subarray([
          { Type: 'volume', Source: 'other', Target: '/other', VolumeOptions: { Subpath: 'a' } },
          { Type: 'volume', Target: '/entry' },
          { Type: 'tmpfs', Target: '/scratch', TmpfsOptions: { SizeBytes: 1 } },
        ]),
        Tmpfs: fc.constant({ '/t': 'size=1' }),
      },
      { requiredKeys: [] },
    ),
  )
  .map(([any, known]) => ({ ...any, ...known }));

const endpoints = fc
  .subarray(['one', 'two', 'three'])
  .map((some): JsonObject =>
    Object.fromEntries(
      some.map((name) => [
        name,
        { Aliases: [`${name}-a`], IPAMConfig: { IPv4Address: '10.0.0.9' } },
      ]),
    ),
  );

const wanted = fc
  .record({ config: config('u', ['A', 'B', 'OWN']), host, endpoints, reset: fc.boolean() })
  .map(({ config: own, host: hostConfig, endpoints: nets, reset }) => {
    const [main] = Object.keys(nets);
    // An entrypoint that was taken away needs a command.
    const entry = reset ? { Entrypoint: [''], Cmd: ['cmd-u'] } : {};
    const mode = main === undefined ? {} : { NetworkMode: main };
    return request({ ...own, ...entry }, { ...hostConfig, ...mode }, nets);
  });

/** By an image without an entrypoint nobody can tell that a person took one away. */
const images: fc.Arbitrary<[JsonObject, JsonObject]> = fc
  .tuple(config('1'), config('2'))
  .map(([one, two]) => [
    { Entrypoint: ['entry-1'], ...one },
    { Entrypoint: ['entry-2'], ...two },
  ]);

/** A container without what is made up for it, and with carried volumes asked for as before. */
function told({
  Config: own,
  HostConfig: hostConfig,
  Mounts: mounts,
  NetworkSettings: net,
}: ContainerSpec) {
  const carried = (one: Json) => textOf(objectOf(one)['Source']).startsWith('anonymous');
  const without = (list: Json | undefined, source: (one: Json) => boolean) =>
    Array.isArray(list) ? list.filter((one) => !source(one)) : [];
  return {
    // Left out and set to nothing are one.
    config: Object.fromEntries(
      Object.entries(own).filter(
        ([key, value]) => !isNothing(value) && key !== 'Hostname' && key !== 'Image',
      ),
    ),
    host: {
      ...hostConfig,
      Binds: textsOf(hostConfig['Binds']).filter((bind) => !/^(anonymous|\/single)/.test(bind)),
      Mounts: without(
        hostConfig['Mounts'],
        (one) => carried(one) || objectOf(one)['Target'] === '/entry',
      ),
    },
    mounts: mounts.map((one) => JSON.stringify(one)).sort(),
    net,
  };
}

describe('a container made anew', () => {
  it('from the same image is the same', () => {
    fc.assert(
      fc.property(wanted, images, (asked, [image]) => {
        const before = made(asked, image);
        const { payload } = recreate(input(before, { oldImage: image, newImage: image }));
        expect(told(made(payload.body, image, idOf(2)))).toEqual(told(before));
      }),
    );
  });

  it('from another image is what it would have been from that, with its volumes', () => {
    fc.assert(
      fc.property(wanted, images, (asked, [one, two]) => {
        const before = made(asked, one);
        const { payload, anonymous } = recreate(input(before, { oldImage: one, newImage: two }));
        const after = told(made(payload.body, two, idOf(2)));
        const fresh = told(made(asked, two));
        expect(after.config).toEqual(fresh.config);
        expect(after.host).toEqual(fresh.host);
        expect(after.net).toEqual(fresh.net);
        // What the new one declares, and every volume that the old one had.
        const all = new Set([...fresh.mounts, ...told(before).mounts]);
        expect(after.mounts).toEqual([...all].sort());
        for (const [name, at] of Object.entries(anonymous))
          expect(before.Mounts).toContainEqual({ Type: 'volume', Name: name, Destination: at });
      }),
    );
  });

  it('from another image and back is what it was', () => {
    fc.assert(
      fc.property(wanted, images, (asked, [one, two]) => {
        const before = made(asked, one);
        const next = recreate(input(before, { oldImage: one, newImage: two }));
        const between = made(next.payload.body, two, idOf(2));
        const back = recreate(input(between, { oldImage: two, newImage: one }));
        const after = told(made(back.payload.body, one, idOf(3)));
        expect(after.config).toEqual(told(before).config);
        expect(after.host).toEqual(told(before).host);
        expect(after.mounts).toEqual(expect.arrayContaining(told(before).mounts));
      }),
    );
  });

  it('keeps every setting of the host config', () => {
    fc.assert(
      fc.property(
        wanted,
        images,
        fc.integer({ min: 41, max: 51 }),
        (asked, [one, two], apiMinor) => {
          const before = made(asked, one);
          const { body } = recreate(
            input(before, { oldImage: one, newImage: two, apiMinor }),
          ).payload;
          const after = objectOf(body['HostConfig']);
          for (const [key, value] of Object.entries(before.HostConfig)) {
            if (key === 'Binds' || key === 'Mounts') {
              const size = (list: Json | undefined) => (Array.isArray(list) ? list.length : 0);
              expect(size(after[key])).toBeGreaterThanOrEqual(size(value));
            } else expect(after[key]).toEqual(value);
          }
        },
      ),
    );
  });

  it('holds nothing that the old image gave', () => {
    fc.assert(
      fc.property(wanted, images, (asked, [one, two]) => {
        const { body } = recreate(
          input(made(asked, one), { oldImage: one, newImage: two }),
        ).payload;
        const text = JSON.stringify({ ...body, HostConfig: {}, NetworkingConfig: {} });
        for (const mark of ['=1"', '"1"', '1/tcp', '/1', 'SIG1', 'entry-1', 'cmd-1'])
          expect(text).not.toContain(mark);
        expect(objectOf(body['Healthcheck'])).not.toMatchObject({ Interval: 1 });
        expect(objectOf(body['Healthcheck'])).not.toMatchObject({ StartInterval: 1 });
      }),
    );
  });

  it('shows every variable that changes, and every one that was set', () => {
    fc.assert(
      fc.property(wanted, images, (asked, [one, two]) => {
        const before = made(asked, one);
        const { payload, changes } = recreate(input(before, { oldImage: one, newImage: two }));
        const env = (spec: ContainerSpec): Record<string, string> =>
          Object.fromEntries(
            textsOf(spec.Config['Env']).map((entry) => entry.split('=') as [string, string]),
          );
        const [old, next] = [env(before), env(made(payload.body, two))];
        const differ = Object.keys({ ...old, ...next }).filter((key) => old[key] !== next[key]);
        const shown = changes.filter(({ area }) => area === 'env');
        expect(
          shown
            .filter(({ kind }) => kind === 'inherited')
            .map(({ name, before: from, after: to }) => [name, from, to])
            .sort(),
        ).toEqual(differ.map((key) => [key, old[key] ?? null, next[key] ?? null]).sort());
        expect(shown.filter(({ kind }) => kind === 'kept').map(({ name }) => name)).toEqual(
          textsOf(asked['Env']).map((entry) => entry.split('=')[0]),
        );
      }),
    );
  });
});
