import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  credentialIn,
  dockerConfig,
  helperFor,
} from '../../../../main/adapters/registry/credentials/config.js';
import { helperFolders } from '../../../../main/adapters/registry/credentials/helper.js';
import { Credentials } from '../../../../main/adapters/registry/credentials/index.js';
import { CareenError } from '../../../../main/domain/errors.js';

const auth = Buffer.from('u:p:with colon').toString('base64');
const user = { kind: 'password', username: 'u', password: 'p:with colon' };
const hub = 'https://index.docker.io/v1/';

describe('the docker CLI\u2019s config', () => {
  it.each([
    ['ghcr.io', { 'ghcr.io': { auth } }, user],
    ['ghcr.io', { 'https://ghcr.io/v2/': { auth } }, user],
    ['docker.io', { [hub]: { auth } }, user],
    ['docker.io', { 'index.docker.io': { auth } }, user],
    ['docker.io', { 'docker.io': { auth } }, user],
    ['ghcr.io', { 'ghcr.io': { username: 'u', password: 'p:with colon' } }, user],
    ['ghcr.io', { 'ghcr.io': { auth, identitytoken: 'i' } }, { kind: 'identity', token: 'i' }],
    ['ghcr.io', { 'ghcr.io': { registrytoken: 'r' } }, { kind: 'registry', token: 'r' }],
    ['ghcr.io', { 'ghcr.io': {} }, null],
    ['ghcr.io', { 'ghcr.io.evil.example': { auth }, 'evil.example/ghcr.io': { auth } }, null],
    ['ghcr.io', { 'ghcr.io:8443': { auth } }, null],
    ['quay.io', {}, null],
  ])('of %s in %j is %j', (registry, auths, credential) => {
    expect(credentialIn(dockerConfig.parse({ auths }), registry)).toEqual(credential);
  });

  it('names a helper for one registry before the one for all', () => {
    const config = dockerConfig.parse({
      credsStore: 'desktop',
      credHelpers: { 'gcr.io': 'gcloud', 'docker.io': 'hub', 'quay.io': '' },
    });
    const helpers = ['gcr.io', 'docker.io', 'quay.io', 'ghcr.io'].map((r) => helperFor(config, r));
    expect(helpers).toEqual(['gcloud', 'hub', 'desktop', 'desktop']);
    expect(helperFor({}, 'ghcr.io')).toBeNull();
  });
});

describe('credentials', () => {
  let home: string;
  let now: number;
  beforeEach(async () => {
    now = 0;
    home = await mkdtemp(join(tmpdir(), 'careen-credentials-'));
    await mkdir(join(home, '.docker'));
  });
  afterEach(() => rm(home, { recursive: true }));

  const config = (content: unknown) =>
    writeFile(
      join(home, '.docker', 'config.json'),
      typeof content === 'string' ? content : JSON.stringify(content),
    );
  const helper = (name: string, script: string) =>
    writeFile(join(home, `docker-credential-${name}`), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const credentials = (env: Record<string, string> = {}) =>
    new Credentials({ platform: process.platform, env: { PATH: home, ...env }, home }, () => now);
  const failure = async (registry = 'ghcr.io') => {
    const e = await credentials()
      .of(registry)
      .catch((error: unknown) => error);
    if (!(e instanceof CareenError)) throw new Error(`no failure: ${JSON.stringify(e)}`);
    return e;
  };

  it('are none where there is no config', async () => {
    expect(await credentials().of('ghcr.io')).toBeNull();
  });

  it('are sought where DOCKER_CONFIG says', async () => {
    const other = join(home, 'other');
    await mkdir(other);
    await writeFile(join(other, 'config.json'), JSON.stringify({ auths: { 'ghcr.io': { auth } } }));
    expect(await credentials({ DOCKER_CONFIG: other }).of('ghcr.io')).toEqual(user);
  });

  it('of a file that cannot be read are a failure that quotes nothing of it', async () => {
    await config('{"auths": {"ghcr.io": {"auth": "c2VjcmV0"}');
    const e = await failure();
    expect(e).toMatchObject({
      code: 'credentials-unreadable',
      details: { file: join(home, '.docker', 'config.json'), why: 'JSON' },
    });
    expect(`${e.stack} ${JSON.stringify(e)} ${String(e.cause)}`).not.toContain('c2VjcmV0');
  });

  it('come from a helper, which is told the registry and little else', async () => {
    await helper(
      'test',
      `cat > "${home}/asked"; env > "${home}/env"; echo '{"Username":"u","Secret":"s"}'`,
    );
    await config({ credsStore: 'test' });
    const env = { LANG: 'C', HOME: home, CAREEN_SECRET: 'x', AWS_SECRET_ACCESS_KEY: 'y' };
    expect(await credentials(env).of('docker.io')).toEqual({
      kind: 'password',
      username: 'u',
      password: 's',
    });
    expect(await readFile(join(home, 'asked'), 'utf8')).toBe(hub);
    const passed = await readFile(join(home, 'env'), 'utf8');
    expect(passed).toContain('LANG=C');
    expect(passed).not.toMatch(/CAREEN_SECRET|AWS_SECRET/);
  });

  it('of a helper may be an identity token, or nothing', async () => {
    await config({ credsStore: 'test' });
    await helper('test', `echo '{"Username":"<token>","Secret":"i"}'`);
    expect(await credentials().of('ghcr.io')).toEqual({ kind: 'identity', token: 'i' });
    await helper('test', 'echo "credentials not found in native keychain"; exit 1');
    expect(await credentials().of('ghcr.io')).toBeNull();
  });

  it('are asked of a helper once a minute', async () => {
    await config({ credsStore: 'test' });
    await helper('test', `echo x >> "${home}/calls"; echo '{"Username":"u","Secret":"s"}'`);
    const one = credentials();
    await Promise.all([one.of('ghcr.io'), one.of('ghcr.io')]);
    now += 59_000;
    await one.of('ghcr.io');
    now += 1_000;
    await one.of('ghcr.io');
    expect(await readFile(join(home, 'calls'), 'utf8')).toBe('x\nx\n');
  });

  it('are not nobody\u2019s where the helper is missing: it says where it was sought', async () => {
    await config({ credsStore: 'gone-for-good' });
    const e = await failure();
    expect(e.code).toBe('helper-missing');
    expect(e.details).toMatchObject({ helper: 'docker-credential-gone-for-good' });
    const { looked } = e.details as { looked: string[] };
    expect(looked).toContain('/usr/bin');
    expect(looked).toContain(home);
  });

  it.each([
    ['failed', 'echo "boom s3cret"; echo s3cret >&2; exit 2'],
    ['unreadable', 'echo "s3cret"'],
    ['unreadable', 'while echo s3crets3crets3crets3cret; do :; done'],
  ])('that a helper does not give are a failure (%s) without its words', async (why, script) => {
    await config({ credsStore: 'test' });
    await helper('test', script);
    const e = await failure();
    expect(e).toMatchObject({
      code: 'helper-failed',
      details: { helper: 'docker-credential-test', why },
    });
    expect(`${e.stack} ${JSON.stringify(e)} ${String(e.cause)}`).not.toContain('s3cret');
  });

  it.each(['../evil', 'a b', 'x;id', '/bin/sh', 'a/b', '$(id)', ''])(
    'are not sought by a helper called %j',
    async (name) => {
      await config({ credHelpers: { 'ghcr.io': name } });
      if (name === '') expect(await credentials().of('ghcr.io')).toBeNull();
      else expect(await failure()).toMatchObject({ details: { why: 'bad-name' } });
    },
  );

  it('go to the engine in the form that it takes', async () => {
    await config({ auths: { [hub]: { auth: Buffer.from('u:??>>~~').toString('base64') } } });
    const header = await credentials().registryAuthHeader('postgres:16');
    expect(header).toMatch(/^[A-Za-z0-9_-]+={0,2}$/);
    expect((header ?? '').length % 4).toBe(0);
    expect(JSON.parse(Buffer.from(header ?? '', 'base64url').toString())).toEqual({
      username: 'u',
      password: '??>>~~',
      serveraddress: hub,
    });
    expect(await credentials().registryAuthHeader('ghcr.io/a/b:1')).toBeNull();
  });
});

describe('helpers', () => {
  it('are sought in fixed places first, and in no relative one', () => {
    const mac = helperFolders({ platform: 'darwin', env: { PATH: 'bin:/x:.:' }, home: '/Users/a' });
    expect(mac.slice(0, 2)).toEqual(['/usr/local/bin', '/opt/homebrew/bin']);
    expect(mac.at(-1)).toBe('/x');
    expect(mac).not.toContain('bin');
    const win = helperFolders({
      platform: 'win32',
      env: { Path: 'C:\\tools;tools' },
      home: 'C:\\Users\\a',
    });
    expect(win[0]).toBe('C:\\Program Files\\Docker\\Docker\\resources\\bin');
    expect(win.at(-1)).toBe('C:\\tools');
  });
});
