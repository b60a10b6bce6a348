import { describe, expect, it } from 'vitest';
import { composeImageLabel, recreate } from '../../../../main/domain/recreate/index.js';
import type { JsonObject, Others, RecreateInput } from '../../../../main/domain/recreate/types.js';
import { objectOf } from '../../../../main/domain/update/labels.js';
import { idOf, input, made, request } from './engine.js';

const short = idOf(1).slice(0, 12);

/** The body that a container becomes. */
function bodyOf(
  asked: { config?: JsonObject; host?: JsonObject; endpoints?: JsonObject },
  oldImage: JsonObject = {},
  more: Partial<RecreateInput> = {},
): JsonObject {
  const { config = {}, host = {}, endpoints = {} } = asked;
  const container = made(request(config, host, endpoints), oldImage);
  return recreate(input(container, { oldImage, ...more })).payload.body;
}

describe('what the old image gave', () => {
  const image: JsonObject = {
    Env: ['PATH=/bin', 'V=1'],
    Cmd: ['serve'],
    Entrypoint: ['/entry'],
    Healthcheck: { Test: ['CMD', 'up'], Interval: 5, StartInterval: 1 },
    Labels: { v: '1' },
    ExposedPorts: { '80/tcp': {} },
    Volumes: { '/data': {} },
    WorkingDir: '/app/',
    User: 'app',
    StopSignal: 'SIGINT',
  };

  it.each<[string, JsonObject, JsonObject]>([
    ['env of its own', { Env: ['A=1'] }, { Env: ['A=1'] }],
    ['env over the image’s', { Env: ['V=2'] }, { Env: ['V=2'] }],
    ['env that takes one away', { Env: ['V'] }, { Env: ['V'] }],
    ['a command', { Cmd: ['other'] }, { Cmd: ['other'] }],
    ['an entrypoint', { Entrypoint: ['/own'] }, { Entrypoint: ['/own'], Cmd: null }],
    [
      'an entrypoint with the image’s command',
      { Entrypoint: ['/own'], Cmd: ['serve'] },
      { Entrypoint: ['/own'], Cmd: ['serve'] },
    ],
    [
      'the image’s entrypoint without its command',
      { Entrypoint: ['/entry'] },
      { Entrypoint: ['/entry'], Cmd: null },
    ],
    ['no entrypoint', { Entrypoint: [''], Cmd: ['serve'] }, { Entrypoint: [''], Cmd: ['serve'] }],
    ['an empty entrypoint', { Entrypoint: [], Cmd: ['a'] }, { Entrypoint: [], Cmd: ['a'] }],
    ['an empty entrypoint alone', { Entrypoint: [] }, { Entrypoint: [] }],
    [
      'a part of a health check',
      { Healthcheck: { Interval: 9 } },
      { Healthcheck: { Interval: 9 } },
    ],
    ['no health check', { Healthcheck: { Test: ['NONE'] } }, { Healthcheck: { Test: ['NONE'] } }],
    ['labels', { Labels: { v: '2', own: 'a' } }, { Labels: { v: '2', own: 'a' } }],
    ['ports', { ExposedPorts: { '81/tcp': {} } }, { ExposedPorts: { '81/tcp': {} } }],
    ['volumes', { Volumes: { '/own': {} } }, { Volumes: { '/own': {} } }],
    ['a user', { User: '7' }, { User: '7' }],
    ['a folder', { WorkingDir: '/' }, { WorkingDir: '/' }],
    ['a signal', { StopSignal: 'SIGHUP' }, { StopSignal: 'SIGHUP' }],
    ['what no image gives', { Shell: ['sh'], StopTimeout: 3 }, { Shell: ['sh'], StopTimeout: 3 }],
    ['nothing', {}, {}],
  ])('is taken away, and %s stays', (_, config, kept) => {
    const body = bodyOf({ config }, image);
    expect(body).toEqual({
      Image: 'app:2',
      HostConfig: expect.any(Object) as object,
      NetworkingConfig: { EndpointsConfig: {} },
      ...kept,
    });
  });

  it('is compared whatever the order of keys, and whatever 20.10 made of a folder', () => {
    const container = made(request({}), image);
    container.Config['Healthcheck'] = { StartInterval: 1, Interval: 5, Test: ['CMD', 'up'] };
    container.Config['WorkingDir'] = '/app';
    const { body } = recreate(input(container, { oldImage: image })).payload;
    expect(body).not.toHaveProperty('Healthcheck');
    expect(body).not.toHaveProperty('WorkingDir');
  });

  it('is taken away with what goes with a command', () => {
    const escaped = (more: JsonObject) =>
      bodyOf({ config: { ArgsEscaped: true, ...more } }, image)['ArgsEscaped'];
    expect(escaped({})).toBeUndefined();
    expect(escaped({ Cmd: ['own'] })).toBe(true);
  });

  it('is left where the old image is not known', () => {
    const container = made(request({}), image);
    const { body } = recreate(input(container, { oldImage: null })).payload;
    expect(body).toMatchObject({ Env: ['PATH=/bin', 'V=1'], Cmd: ['serve'], User: 'app' });
  });

  it('never takes the labels of a Compose service, whatever its image carries', () => {
    const labels = { 'com.docker.compose.project': 'shop', 'com.docker.compose.version': '2.26' };
    const built = { Labels: { ...labels, v: '1' } };
    const own = { ...labels, 'com.docker.compose.config-hash': 'f' };
    expect(bodyOf({ config: { Labels: own } }, built)['Labels']).toEqual(own);
    expect(bodyOf({ config: {} }, built)).not.toHaveProperty('Labels');
  });
});

describe('what the old container made up', () => {
  it('is dropped, and a host name of one’s own is not', () => {
    expect(bodyOf({})).not.toHaveProperty('Hostname');
    expect(bodyOf({ config: { Hostname: 'own' } })['Hostname']).toBe('own');
    const host = { UTSMode: 'host' };
    expect(bodyOf({ config: { Hostname: 'machine' }, host })).not.toHaveProperty('Hostname');
  });

  it('is dropped among aliases, which are left out where there is none', () => {
    const endpoints = { one: { Aliases: [short] } };
    const host = { NetworkMode: 'one' };
    const alone = bodyOf({ host, endpoints }, {}, { apiMinor: 41 });
    expect(alone['NetworkingConfig']).toEqual({ EndpointsConfig: { one: {} } });
    const more = { one: { Aliases: ['db', short, 'abcdefabcdef'] } };
    expect(bodyOf({ host, endpoints: more })['NetworkingConfig']).toEqual({
      EndpointsConfig: { one: { Aliases: ['db', 'abcdefabcdef'] } },
    });
  });

  it('is a host name among aliases on an engine that puts it there, and nobody’s on another', () => {
    const endpoints = { one: { Aliases: ['db', 'own'] } };
    const asked = { config: { Hostname: 'own' }, host: { NetworkMode: 'one' }, endpoints };
    const aliases = (apiMinor: number) =>
      objectOf(bodyOf(asked, {}, { apiMinor })['NetworkingConfig'])['EndpointsConfig'];
    expect(aliases(43)).toEqual({ one: { Aliases: ['db'] } });
    expect(aliases(44)).toEqual(endpoints);
  });
});

describe('networks', () => {
  const host = { NetworkMode: 'two' };
  const runTime = {
    Gateway: '10.0.0.1',
    IPAddress: '10.0.0.9',
    IPv6Gateway: '',
    GlobalIPv6Address: 'fd00::9',
    GlobalIPv6PrefixLen: 64,
    MacAddress: '02:42:0a:00:00:09',
    DNSNames: ['web', short],
  };
  const endpoints = {
    one: { ...runTime, Aliases: ['a'], Links: ['db:db'], DriverOpts: { o: '1' }, GwPriority: 3 },
    two: { ...runTime, IPAMConfig: { IPv4Address: '10.0.0.9' }, GwPriority: 0 },
  };
  const one = { Aliases: ['a'], Links: ['db:db'], DriverOpts: { o: '1' }, GwPriority: 3 };
  const two = { IPAMConfig: { IPv4Address: '10.0.0.9' } };

  it('come all at once from API 1.44 on, with a configured MAC at the first', () => {
    const config = { MacAddress: '02:11:22:33:44:55' };
    const container = made(request(config, host, endpoints), {});
    const { body, joins } = recreate(input(container, { apiMinor: 44 })).payload;
    expect(joins).toEqual([]);
    expect(body).not.toHaveProperty('MacAddress');
    expect(body['NetworkingConfig']).toEqual({
      EndpointsConfig: {
        one: { ...one, Aliases: ['a'] },
        two: { ...two, MacAddress: '02:11:22:33:44:55' },
      },
    });
  });

  it('come one by one before, the one with the MAC at creation', () => {
    const config = { MacAddress: '02:11:22:33:44:55' };
    const container = made(request(config, host, endpoints), {});
    const { body, joins } = recreate(input(container, { apiMinor: 43 })).payload;
    expect(body).toMatchObject(config);
    expect(body['NetworkingConfig']).toEqual({ EndpointsConfig: { two } });
    expect(joins).toEqual([{ network: 'one', endpoint: one }]);
  });

  it.each([
    ['bridge', true],
    ['one', true],
    ['none', false],
    ['host', false],
    ['container:x', false],
  ])('are left again where it was taken off all of them: %s', (mode, offline) => {
    const container = made(request({}, { NetworkMode: mode }), {});
    const { body, joins, ...payload } = recreate(input(container)).payload;
    expect(payload.offline).toBe(offline);
    expect(body['HostConfig']).toEqual({ NetworkMode: mode });
    expect(joins).toEqual([]);
    container.NetworkSettings = {};
    expect(recreate(input(container)).payload.offline).toBe(false);
  });

  it('are found by the ID that the container was made with', () => {
    const container = made(request({}, { NetworkMode: 'n'.repeat(64) }, { one: {} }), {});
    const { body } = recreate(input(container)).payload;
    expect(body['HostConfig']).toEqual({ NetworkMode: 'n'.repeat(64) });
  });

  it('are those that it has now, not one that it was taken off', () => {
    const container = made(request({}, host, { one: { Aliases: ['a'] } }), {});
    const { body } = recreate(input(container)).payload;
    expect(body['HostConfig']).toEqual({ NetworkMode: 'one' });
  });

  it.each(['default', 'bridge', 'host', 'none'])(
    'of the engine’s own know no aliases: %s',
    (mode) => {
      const name = mode === 'default' ? 'bridge' : mode;
      const container = made(
        request({}, { NetworkMode: mode }, { [name]: { ...runTime, Aliases: ['a'] } }),
        {},
      );
      const { body, joins } = recreate(input(container, { apiMinor: 41 })).payload;
      expect(body['HostConfig']).toEqual({ NetworkMode: mode });
      expect(body['NetworkingConfig']).toEqual({ EndpointsConfig: {} });
      expect(joins).toEqual([]);
    },
  );

  it('keep the default bridge beside another one', () => {
    const container = made(request({}, { NetworkMode: 'one' }, { bridge: {}, one: {} }), {});
    expect(recreate(input(container)).payload.body['NetworkingConfig']).toEqual({
      EndpointsConfig: { bridge: {}, one: {} },
    });
  });
});

describe('another container', () => {
  const other = idOf(7);
  const others: Others = {
    nameOf: (id) => (id === other ? 'vpn' : null),
    mountsOf: (id) => (id === other || id === 'data' ? [] : null),
  };

  it('is named where its network is shared, and nothing of its network is given', () => {
    const container = made(
      request(
        {
          Hostname: 'vpn-host',
          Domainname: 'd',
          ExposedPorts: { '80/tcp': {} },
          MacAddress: '02:11:22:33:44:55',
          Env: ['A=1'],
        },
        {
          NetworkMode: `container:${other}`,
          PortBindings: { '80/tcp': [{ HostPort: '80' }] },
          Dns: ['192.0.2.1'],
          Links: ['/a:/b/c'],
          ExtraHosts: ['a:192.0.2.1'],
          PublishAllPorts: true,
          Memory: 5,
        },
      ),
      {},
    );
    expect(recreate(input(container, { others })).payload).toEqual({
      joins: [],
      offline: false,
      platform: null,
      body: expect.objectContaining({
        Image: 'app:2',
        Env: ['A=1'],
        HostConfig: { NetworkMode: 'container:vpn', Memory: 5 },
        NetworkingConfig: { EndpointsConfig: {} },
      }) as JsonObject,
    });
    const { body } = recreate(input(container, { others })).payload;
    for (const key of ['Hostname', 'Domainname', 'ExposedPorts', 'MacAddress'])
      expect(body).not.toHaveProperty(key);
  });

  it('keeps its ID where it is gone', () => {
    const host = { NetworkMode: `container:${idOf(8)}` };
    expect(bodyOf({ host }, {}, { others })['HostConfig']).toEqual(host);
  });

  it('is named in every mode, and where its volumes are taken', () => {
    const host = {
      IpcMode: `container:${other}`,
      PidMode: `container:${other}`,
      VolumesFrom: [`${other}:ro`, 'data'],
    };
    expect(bodyOf({ host }, {}, { others })['HostConfig']).toEqual({
      NetworkMode: 'bridge',
      IpcMode: 'container:vpn',
      PidMode: 'container:vpn',
      VolumesFrom: ['vpn:ro', 'data'],
    });
  });
});

describe('volumes', () => {
  it('without a name are carried by the name that the engine gave them', () => {
    const container = made(
      request(
        { Volumes: { '/own': {} } },
        {
          Binds: ['/srv:/bound:ro', 'named:/named', '/single'],
          Mounts: [
            { Type: 'volume', Target: '/entry', ReadOnly: true, VolumeOptions: { NoCopy: true } },
            { Type: 'volume', Source: 'other', Target: '/other', VolumeOptions: { Subpath: 'a' } },
            { Type: 'tmpfs', Target: '/scratch' },
          ],
        },
      ),
      { Volumes: { '/image/': {} } },
    );
    // An engine says the place of a volume without what does not matter in it.
    for (const mount of container.Mounts)
      if (mount['Destination'] === '/image/') mount['Destination'] = '/image';
    const { payload, anonymous } = recreate(
      input(container, { oldImage: { Volumes: { '/image/': {} } } }),
    );
    expect(payload.body).toMatchObject({ Volumes: { '/own': {} } });
    expect(payload.body['HostConfig']).toEqual({
      NetworkMode: 'bridge',
      Binds: ['/srv:/bound:ro', 'named:/named', 'anonymous/single:/single'],
      Mounts: [
        {
          Type: 'volume',
          Target: '/entry',
          Source: 'anonymous/entry',
          ReadOnly: true,
          VolumeOptions: { NoCopy: true },
        },
        { Type: 'volume', Source: 'other', Target: '/other', VolumeOptions: { Subpath: 'a' } },
        { Type: 'tmpfs', Target: '/scratch' },
        { Type: 'volume', Source: 'anonymous/image/', Target: '/image' },
        { Type: 'volume', Source: 'anonymous/own', Target: '/own' },
      ],
    });
    expect(anonymous).toEqual({
      'anonymous/single': '/single',
      'anonymous/entry': '/entry',
      'anonymous/own': '/own',
      'anonymous/image/': '/image',
    });
    const again = made(payload.body, {});
    expect(recreate(input(again)).anonymous).toEqual({});
  });

  describe('of another container', () => {
    const giver = idOf(7);
    const volume = (Name: string, Destination: string, RW = true): JsonObject => ({
      Type: 'volume',
      Name,
      Source: `/var/lib/docker/volumes/${Name}/_data`,
      Destination,
      RW,
    });
    const bind = { Type: 'bind', Source: '/srv', Destination: '/srv', RW: false };
    const image = { Volumes: { '/data/': {}, '/image': {} } };
    const container = made(request({}, { VolumesFrom: [`${giver}:ro`, 'kept'] }), image);
    container.Mounts = [
      volume('named', '/named', false),
      volume('of-both', '/data', false),
      volume('writable', '/more'),
      volume('own', '/image'),
      bind,
    ];
    const after = (others: Others) => {
      const { payload, anonymous } = recreate(input(container, { oldImage: image, others }));
      return { host: objectOf(payload.body['HostConfig']), anonymous };
    };
    const own = { Type: 'volume', Source: 'own', Target: '/image' };

    it('are left to it, and only what is the container’s own is carried', () => {
      const given = [volume('named', '/named'), volume('of-both', '/data'), { ...bind, RW: true }];
      const mountsOf = (id: string) => (id === giver ? given : [volume('writable', '/more')]);
      const { host, anonymous } = after({ nameOf: () => 'giver', mountsOf });
      expect(host['VolumesFrom']).toEqual(['giver:ro', 'giver']);
      expect(host['Mounts']).toEqual([own]);
      expect(anonymous).toEqual({ own: '/image' });
    });

    it('are its own affair where it has others now', () => {
      const { host } = after({ nameOf: () => null, mountsOf: () => [] });
      expect(host['Mounts']).toEqual([own]);
    });

    it('at a place that the image declares are its own where the other has none there', () => {
      const theirs = [volume('other', '/image'), volume('own', '/elsewhere')];
      const { host } = after({ nameOf: () => null, mountsOf: () => theirs });
      expect(host['Mounts']).toEqual([own]);
    });

    it('that is gone are named, read-only where they were', () => {
      const mountsOf = (id: string) => (id === giver ? null : [volume('writable', '/more')]);
      const { host, anonymous } = after({ nameOf: () => null, mountsOf });
      expect(host['VolumesFrom']).toEqual(['kept']);
      expect(host['Mounts']).toEqual([
        { Type: 'volume', Source: 'named', Target: '/named', ReadOnly: true },
        { Type: 'volume', Source: 'of-both', Target: '/data', ReadOnly: true },
        own,
        { Type: 'bind', Source: '/srv', Target: '/srv', ReadOnly: true },
      ]);
      expect(anonymous).toEqual({ own: '/image' });
    });

    it('that are all gone are from nobody', () => {
      const { host } = after({ nameOf: () => null, mountsOf: () => null });
      expect(host['VolumesFrom']).toEqual([]);
    });
  });
});

it('the platform, the reference and Compose’s image are what they are said to be', () => {
  const label = 'com.docker.compose.image';
  const container = made(request({ Labels: { [label]: 'sha256:old', a: 'b' } }), {});
  const said = { reference: 'shop/web:3', platform: 'linux/arm64', composeImage: 'sha256:new' };
  const { payload } = recreate(input(container, said));
  expect(payload.platform).toBe('linux/arm64');
  expect(payload.body['Image']).toBe('shop/web:3');
  expect(payload.body['Labels']).toEqual({ [label]: 'sha256:new', a: 'b' });
  const { body } = recreate(input(container)).payload;
  expect(objectOf(body['Labels'])[label]).toBe('sha256:old');
});

describe('the image that Compose compares with', () => {
  const old = { id: 'sha256:a', manifestDigest: 'sha256:b' };
  const next = { id: 'sha256:c', manifestDigest: 'sha256:d' };
  const single = { id: 'sha256:s', manifestDigest: 'sha256:s' };
  const classic = { id: 'sha256:k', manifestDigest: null };

  it.each([
    ['by ID', 'sha256:a', old, next, null, 'sha256:c'],
    ['by manifest', 'sha256:b', old, next, null, 'sha256:d'],
    ['by manifest where the new one tells none', 'sha256:b', old, classic, '5.5.0', null],
    ['by ID on a classic store', 'sha256:k', classic, next, '5.5.0', 'sha256:c'],
    ['by both, of an early Compose', 'sha256:s', single, next, '2.40.3', 'sha256:c'],
    ['by both, of 5.3', 'sha256:s', single, next, '5.3.9', 'sha256:c'],
    ['by both, of 5.4', 'sha256:s', single, next, 'v5.4.0-desktop.1', 'sha256:d'],
    ['by both, of 6.0', 'sha256:s', single, next, '6.0.0', 'sha256:d'],
    ['by both, of an unknown one', 'sha256:s', single, next, null, 'sha256:c'],
    ['by nothing that is known', 'sha256:x', old, next, null, null],
  ])('is written in the same kind: %s', (_, label, from, to, version, wanted) => {
    expect(composeImageLabel(label, from, to, version)).toBe(wanted);
  });
});
