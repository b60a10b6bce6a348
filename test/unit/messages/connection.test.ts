import { describe, expect, it } from 'vitest';
import { errorDetails } from '../../../main/contract/errors.js';
import { CareenError } from '../../../main/domain/errors.js';
import { messages } from '../../../main/messages/index.js';

const ssh = errorDetails()['ssh-failed'].shape.why.options;
const tls = errorDetails()['tls-failed'].shape.why.options;
const build = {
  host: 'build',
  user: 'ada',
  port: 2222,
  oldKey: null,
  said: 'words of its own',
};

describe.each(['en', 'zh-CN'] as const)('why an engine cannot be reached, in %s', (language) => {
  const { error } = messages(language);
  const bySsh = (why: (typeof ssh)[number], more: object = {}) =>
    error(new CareenError('ssh-failed', { ...build, why, ...more }));
  const byTls = (why: (typeof tls)[number]) =>
    error(new CareenError('tls-failed', { endpoint: 'tcp://build:2376', why, said: 'CODE' }));

  it('has a sentence of its own for each, with the machine and a way on', () => {
    const told = [...ssh.map((why) => bySsh(why)), ...tls.map((why) => byTls(why))];
    expect(new Set(told).size).toBe(ssh.length + tls.length);
    for (const one of told) {
      // What is wrong, and then what to do.
      expect(
        one.split(language === 'en' ? /[.;] / : /[。；]/).filter(Boolean).length,
      ).toBeGreaterThan(1);
      expect(one).not.toMatch(/undefined|null|\$\{/);
    }
    for (const why of ssh) if (why !== 'no-ssh') expect(bySsh(why)).toContain('build:2222');
    for (const why of tls) expect(byTls(why)).toContain('tcp://build:2376');
  });

  it('says what to type as the address has it', () => {
    expect(bySsh('unknown-key')).toContain('"ssh -p 2222 ada@build"');
    expect(bySsh('login-refused')).toContain('"ssh -p 2222 ada@build"');
    expect(bySsh('ended')).toContain('"ssh -p 2222 ada@build docker version"');
    expect(bySsh('changed-key')).toContain('ssh-keygen -R "[build]:2222"');
    const plain = { user: null, port: null };
    expect(bySsh('unknown-key', plain)).toContain('"ssh build"');
    expect(bySsh('changed-key', plain)).toContain('ssh-keygen -R build');
    expect(bySsh('changed-key', { port: 22 })).toContain('ssh-keygen -R build');
    const oldKey = { file: '/home/ada/.ssh/known_hosts', line: 3 };
    expect(bySsh('changed-key', { oldKey })).toMatch(/\b3\b/);
    expect(bySsh('changed-key', { oldKey })).toContain(oldKey.file);
    expect(bySsh('changed-key', { oldKey })).not.toContain('ssh-keygen');
    expect(bySsh('timed-out', { host: 'fd00::1' })).toContain('[fd00::1]:2222');
  });
});
