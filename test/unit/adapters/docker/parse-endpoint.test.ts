import { describe, expect, it } from 'vitest';
import {
  parseEndpoint,
  type SshEndpoint,
} from '../../../../main/adapters/docker/parse-endpoint.js';
import { sshArguments } from '../../../../main/adapters/docker/ssh/command.js';

const read = (text: string) => {
  try {
    return parseEndpoint(text);
  } catch (e) {
    return (e as { code: string }).code;
  }
};

describe('an endpoint by ssh', () => {
  it.each<[string, Partial<SshEndpoint>]>([
    ['ssh://build', { url: 'ssh://build', host: 'build', user: null, port: null, path: null }],
    [
      'ssh://ada@Build.example:2222/',
      { url: 'ssh://ada@Build.example:2222', user: 'ada', port: 2222 },
    ],
    ['ssh://ada@build/run/user/1/docker.sock', { path: '/run/user/1/docker.sock' }],
    ['ssh://build/with%20blank', { url: 'ssh://build/with%20blank', path: '/with blank' }],
    ['ssh://[2001:db8::1]:22', { host: '2001:db8::1', port: 22 }],
    ['ssh://corp%5Cada@build', { user: 'corp\\ada' }],
  ])('%s is read', (text, expected) => {
    expect(read(text)).toMatchObject({ kind: 'ssh', ...expected });
  });

  it.each([
    'ssh://',
    'ssh://-oProxyCommand=touch%20x',
    'ssh://-lroot@build',
    'ssh://ada:secret@build',
    'ssh://a%20b@build',
    'ssh://$(id)@build',
    'ssh://bu;ild',
    'ssh://bu%24(id)ild',
    'ssh://build/a%0Ab',
    'ssh://build/%E0',
    'ssh://build?x=1',
    'ssh://build#x',
  ])('%s is none', (text) => {
    expect(read(text)).toBe('endpoint-invalid');
  });

  it('asks ssh for no more than its words say', () => {
    const at = parseEndpoint("ssh://ada@build:2222/run/it's here.sock") as SshEndpoint;
    const args = sshArguments(at);
    expect(args.slice(args.indexOf('-T'))).toEqual([
      ...['-T', '-l', 'ada', '-p', '2222', '--', 'build'],
      ...['docker', "--host='unix:///run/it'\\''s here.sock'", 'system', 'dial-stdio'],
    ]);
  });
});

describe('an endpoint behind a port', () => {
  it.each([
    ['build:2375', 'tcp://build:2375', 'build', 2375, false],
    ['tcp://BUILD', 'tcp://build:2375', 'build', 2375, false],
    ['http://build:80/', 'tcp://build:80', 'build', 80, false],
    ['https://build', 'https://build:2376', 'build', 2376, true],
    ['tcp://[::1]:2375', 'tcp://[::1]:2375', '[::1]', 2375, false],
  ])('%s is read', (text, url, host, port, secure) => {
    expect(read(text)).toEqual({ kind: 'tcp', url, host, port, secure });
  });

  it.each(['tcp://', 'tcp://ada@build:1', 'tcp://build:1/path', 'tcp://-x:1', 'tcp://build:99999'])(
    '%s is none',
    (text) => {
      expect(read(text)).toBe('endpoint-invalid');
    },
  );
});
