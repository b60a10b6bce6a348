import {
  chmod,
  chown,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { socketFolder } from '../../main/adapters/control/folder.js';
import { bundle } from '../support/bundle.js';
import { Taker } from '../support/takers.js';

const root = process.getuid?.() === 0;
let child: string;
let home: string;
let takers: Taker[] = [];
const swept: string[] = [];

beforeAll(async () => {
  child = await bundle('test/support/entry-owner.ts');
});
afterAll(() => rm(join(child, '..'), { recursive: true }));
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'careen-owner-'));
});
afterEach(async () => {
  await Promise.all(takers.map((taker) => taker.kill()));
  takers = [];
  for (const folder of [home, ...swept.splice(0)]) await rm(folder, { recursive: true });
});

async function taker(where = home): Promise<Taker> {
  const made = new Taker(child, where);
  takers.push(made);
  expect(await made.ask()).toEqual({ ready: made.pid });
  return made;
}

const answeredBy = (owner: Taker, client: Taker) => ({
  role: 'client',
  answer: { pid: owner.pid, name: 'status', params: { from: client.pid } },
});

async function killedOwner(): Promise<void> {
  const owner = await taker();
  expect(await owner.ask('claim')).toEqual({ role: 'owner' });
  await owner.kill();
  expect((await lstat(join(home, 'control.sock'))).isSocket()).toBe(true);
}

describe('the owner of a data home', () => {
  it('answers who comes second, and gives the home up when it ends', async () => {
    const first = await taker();
    const second = await taker();
    expect(await first.ask('claim')).toEqual({ role: 'owner' });
    expect(await second.ask('claim')).toEqual(answeredBy(first, second));
    expect(await first.ask('close')).toEqual({ closed: true });
    expect(await readdir(home)).toEqual([]);
    const third = await taker();
    expect(await third.ask('claim')).toEqual({ role: 'owner' });
  });

  it('is replaced by the next command when it was killed', async () => {
    await killedOwner();
    const next = await taker();
    expect(await next.ask('claim')).toEqual({ role: 'owner' });
    expect(await next.ask('still-mine')).toEqual({ stillMine: true });
    expect(await readdir(home)).toEqual(['control.sock']);
  });

  it.each([
    { name: 'over a stale socket', stale: true },
    { name: 'over none', stale: false },
  ])(
    'is exactly one of 20 who race $name',
    async ({ stale }) => {
      if (stale) await killedOwner();
      const racers = await Promise.all(Array.from({ length: 20 }, () => taker()));
      const parts = await Promise.all(racers.map((racer) => racer.ask('claim')));
      const owners = racers.filter((_, n) => (parts[n] as { role: string }).role === 'owner');
      expect(owners).toHaveLength(1);
      const [owner] = owners as [Taker];
      for (const [n, racer] of racers.entries())
        if (racer !== owner) expect(parts[n]).toEqual(answeredBy(owner, racer));
      expect(await owner.ask('still-mine')).toEqual({ stillMine: true });
    },
    300_000,
  );

  it('knows when the public name is no longer its own', async () => {
    const first = await taker();
    await first.ask('claim');
    await rm(join(home, 'control.sock'));
    const second = await taker();
    expect(await second.ask('claim')).toEqual({ role: 'owner' });
    expect(await first.ask('still-mine')).toEqual({ stillMine: false });
    expect(await second.ask('still-mine')).toEqual({ stillMine: true });
  });

  it('is found and put back by who comes while its socket lies aside', async () => {
    const owner = await taker();
    await owner.ask('claim');
    await rename(join(home, 'control.sock'), join(home, 'control.sock.aside-00000000'));
    const late = await taker();
    expect(await late.ask('claim')).toEqual(answeredBy(owner, late));
    expect(await owner.ask('still-mine')).toEqual({ stillMine: true });
    expect(await readdir(home)).toEqual(['control.sock']);
  });

  it('puts its own socket back from aside before a run', async () => {
    const owner = await taker();
    await owner.ask('claim');
    await rename(join(home, 'control.sock'), join(home, 'control.sock.aside-00000000'));
    expect(await owner.ask('still-mine')).toEqual({ stillMine: true });
    expect(await readdir(home)).toEqual(['control.sock']);
  });

  it('takes a plain file at its name for stale', async () => {
    await writeFile(join(home, 'control.sock'), '');
    const owner = await taker();
    expect(await owner.ask('claim')).toEqual({ role: 'owner' });
  });

  it('is reached by a short name where the path is too long for a socket', async () => {
    const deep = join(home, 'd'.repeat(60), 'e'.repeat(60));
    const first = await taker(deep);
    const second = await taker(deep);
    expect(await first.ask('claim')).toEqual({ role: 'owner' });
    expect(await second.ask('claim')).toEqual(answeredBy(first, second));
    const short = await socketFolder(deep, 'control.sock.aside-00000000');
    swept.push(short);
    expect(await readdir(short)).toEqual(['control.sock']);
    expect((await lstat(short)).mode & 0o777).toBe(0o700);
    expect((await lstat(deep)).mode & 0o777).toBe(0o700);
    expect(await readdir(deep)).toEqual([]);
  });

  it.runIf(root)("is nobody's in a home of another user's", async () => {
    const other = join(home, 'other');
    await mkdir(other);
    await chown(other, 65534, 65534);
    const refused = { failed: { code: 'home-foreign', details: { home: other } } };
    expect(await (await taker(other)).ask('claim')).toMatchObject(refused);
    expect(await readdir(other)).toEqual([]);

    const inside = join(other, 'careen');
    const refusedInside = { failed: { code: 'home-foreign', details: { home: inside } } };
    expect(await (await taker(inside)).ask('claim')).toMatchObject(refusedInside);
    expect(await readdir(other)).toEqual([]);
  });

  it('closes its home to others', async () => {
    await chmod(home, 0o755);
    const owner = await taker();
    await owner.ask('claim');
    expect((await lstat(home)).mode & 0o777).toBe(0o700);
    expect((await lstat(join(home, 'control.sock'))).mode & 0o777).toBe(0o600);
  });
});
