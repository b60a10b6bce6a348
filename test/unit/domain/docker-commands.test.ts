import { expect, it } from 'vitest';
import { dockerCommands } from '../../../main/domain/docker-commands.js';

const digest = `sha256:${'a'.repeat(64)}`;
const none: ReadonlySet<string> = new Set();
const id = `sha256:${'b'.repeat(64)}`;

it('names an image by its tag, and pulls it back by its digest with all its tags', () => {
  const image = {
    id,
    refs: ['127.0.0.1:5000/web:1', 'web:stable'],
    digests: [`other@${digest}`, `web@${digest}`],
  };
  expect(dockerCommands([image], none)).toEqual({
    look: [
      'docker image inspect 127.0.0.1:5000/web:1',
      'docker image history 127.0.0.1:5000/web:1',
    ],
    remove: ['docker image rm 127.0.0.1:5000/web:1 web:stable'],
    back: [
      `docker pull web@${digest}`,
      `docker tag web@${digest} 127.0.0.1:5000/web:1`,
      `docker tag web@${digest} web:stable`,
    ],
    lost: [],
  });
});

it('names what has no tag by its digest or ID, and tells what no registry has', () => {
  const byDigest = { id, refs: [], digests: [`web@${digest}`] };
  const nameless = { id, refs: [], digests: [] };
  const { remove, back, lost } = dockerCommands([byDigest, nameless], none);
  expect(remove).toEqual([`docker image rm web@${digest} ${id}`]);
  expect(back).toEqual([`docker pull web@${digest}`]);
  expect(lost).toEqual([nameless]);
});

it('quotes what is no plain word, and never forces', () => {
  const odd = { id, refs: ["a; rm -rf '/'", '-f'], digests: [`x$(y)@${digest}`] };
  const { look, remove, back } = dockerCommands([odd], none);
  expect(remove).toEqual([`docker image rm 'a; rm -rf '\\''/'\\''' '-f'`]);
  expect(look[0]).toBe(`docker image inspect 'a; rm -rf '\\''/'\\'''`);
  expect(back[0]).toBe(`docker pull 'x$(y)@${digest}'`);
  expect([...look, ...back].join('\n')).not.toMatch(/ (-f|--force)\b/);
});

it('has nothing to say of no image', () => {
  expect(dockerCommands([], none)).toEqual({ look: [], remove: [], back: [], lost: [] });
});

it('gives no command to remove what is in use or protected', () => {
  const used = { id, refs: ['db:16', 'db:stable'], digests: [`db@${digest}`] };
  const free = { id: digest, refs: ['web:1'], digests: [] };
  expect(dockerCommands([used, free], new Set([id])).remove).toEqual(['docker image rm web:1']);
  const { look, remove, back } = dockerCommands([used], new Set([id]));
  expect(remove).toEqual([]);
  expect([look.length, back.length]).toEqual([2, 3]);
});

it('leads the docker CLI to the engine where it would not go there by itself', () => {
  const image = { id, refs: ['web:1'], digests: [`web@${digest}`] };
  const at = (endpoint: string) =>
    dockerCommands([image], none, { endpoint, id: 'A', store: 'classic' });
  const removes = (endpoint: string) => at(endpoint).remove[0];
  expect(removes('unix:///run/two.sock')).toBe('docker -H unix:///run/two.sock image rm web:1');
  expect(removes('tcp://127.0.0.1:2375')).toBe('docker -H tcp://127.0.0.1:2375 image rm web:1');
  const byTls = 'docker --tlsverify -H tcp://build:2376 image rm web:1';
  expect([removes('tcp://build:2376'), removes('https://build:2376')]).toEqual([byTls, byTls]);
  const { look, remove, back } = at('ssh://ada@build');
  expect(look[0]).toBe('docker -H ssh://ada@build image inspect web:1');
  expect(remove).toEqual(['docker -H ssh://ada@build image rm web:1']);
  expect(back).toEqual([
    `docker -H ssh://ada@build pull web@${digest}`,
    `docker -H ssh://ada@build tag web@${digest} web:1`,
  ]);
});
