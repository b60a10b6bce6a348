import { describe, expect, it } from 'vitest';
import { engineFailure } from '../../../../main/adapters/docker/failures.js';
import { inPath, namesOf } from '../../../../main/adapters/docker/names.js';
import { clean } from '../../../../main/adapters/docker/text.js';

const digest = `sha256:${'a'.repeat(64)}`;

describe('names of an image', () => {
  it.each([
    [null, null],
    [[], []],
    [['<none>:<none>'], ['<none>@<none>']],
  ])('are none in each spelling: %j', (tags, digests) => {
    expect(namesOf(tags, digests)).toEqual({ refs: [], digests: [], ownRefs: [] });
  });

  it('are in the familiar form, sorted, each once', () => {
    const tags = ['docker.io/library/web:1', 'docker.io/acme/api:2', 'localhost/dev:1', 'web:1'];
    const { refs } = namesOf(tags, [`docker.io/library/web@${digest}`, `web@${digest}`]);
    expect(refs).toEqual(['acme/api:2', 'localhost/dev:1', 'web:1']);
    expect(namesOf(null, [`docker.io/library/web@${digest}`, `web@${digest}`]).digests).toEqual([
      `web@${digest}`,
    ]);
  });

  it('are a digest where a service pulled by tag and digest', () => {
    const { refs, digests } = namesOf([`127.0.0.1:5000/web:1@${digest}`], []);
    expect(refs).toEqual([]);
    expect(digests).toEqual([`127.0.0.1:5000/web@${digest}`]);
  });

  it("keep Careen's own apart and drop the digests that those bring", () => {
    const own = 'careen.invalid/keep/0123456789abcdef:1';
    const digests = [`careen.invalid/keep/0123456789abcdef@${digest}`, `web@${digest}`];
    expect(namesOf([own, 'web:1'], digests)).toEqual({
      refs: ['web:1'],
      digests: [`web@${digest}`],
      ownRefs: [own],
    });
  });
});

describe('a name in a path', () => {
  it.each(['web:1', `web@${digest}`, '127.0.0.1:5000/a/b:1', '[::1]:5000/a:1', digest])(
    '%s goes through',
    (name) => {
      expect(inPath(name)).toBe(name);
    },
  );

  it.each(['../containers', 'a/../b', 'a//b', 'a?b', 'a#b', 'a%2fb', '', '/a', 'a b', 'a/.'])(
    '%j does not',
    (name) => {
      expect(() => inPath(name)).toThrow('reference-invalid');
    },
  );
});

describe('foreign text', () => {
  it('can neither act nor hide', () => {
    expect(clean('a\u001b[2Jb\u202ec\u200bd\ne\tf')).toBe('a\ufffd[2Jb\ufffdc\ufffdd e f');
    expect(clean('größe 容器 🚢')).toBe('größe 容器 🚢');
  });
});

describe('a failure', () => {
  it.each([
    ['EACCES', 'connecting', 'engine-permission'],
    ['EPERM', 'connecting', 'engine-permission'],
    ['ENOENT', 'connecting', 'engine-refused'],
    ['ECONNREFUSED', 'connecting', 'engine-refused'],
    ['ECONNREFUSED', 'connected', 'engine-lost'],
    ['ECONNRESET', 'connected', 'engine-lost'],
    ['HPE_INVALID_CONSTANT', 'connecting', 'engine-unsupported'],
  ] as const)('%s while %s is %s', (code, phase, wanted) => {
    const failure = engineFailure(Object.assign(new Error('x'), { code }), 'unix:///s', phase);
    expect(failure.code).toBe(wanted);
  });

  it("is the engine's own where it has a status, with its words alone", () => {
    const told = { statusCode: 409, json: null, message: '(HTTP code 409) unexpected - in\nuse ' };
    const failure = engineFailure(Object.assign(new Error(), told), 'unix:///s', 'connected');
    expect(failure).toMatchObject({
      code: 'engine-error',
      details: { status: 409, message: 'in use' },
    });
  });
});
