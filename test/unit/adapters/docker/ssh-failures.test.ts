import { expect, it } from 'vitest';
import { sshFailure } from '../../../../main/adapters/docker/ssh/failures.js';
import type { SshEndpoint } from '../../../../main/adapters/docker/parse-endpoint.js';

const at = { host: 'build', user: 'ada', port: null } as SshEndpoint;
const oldKey = (said: string) =>
  (sshFailure(at, 255, said).details as { oldKey: object | null }).oldKey;
const changed = (where: string) =>
  `@@@@@\r\n@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\r\n${where}\r\nHost key verification failed.\r\n`;

it('says where ssh found the key that is another now', () => {
  const said = changed('Offending ED25519 key in /home/ada/.ssh/known_hosts:3');
  expect(oldKey(said)).toEqual({ file: '/home/ada/.ssh/known_hosts', line: 3 });
  const windows = changed('Offending ECDSA key in C:\\Users\\Ada L/.ssh/known_hosts:12');
  expect(oldKey(windows)).toEqual({ file: 'C:\\Users\\Ada L/.ssh/known_hosts', line: 12 });
  const debian = changed(
    'Offending RSA key in /proxy:9\r\nOffending ED25519 key in /home/ada/.ssh/known_hosts:3\r\n  remove with:\r\n  ssh-keygen -f "/home/ada/.ssh/known_hosts" -R "build"',
  );
  expect(oldKey(debian)).toEqual({ file: '/home/ada/.ssh/known_hosts', line: 3 });
  const older = changed('Offending key in /etc/ssh/ssh_known_hosts:1');
  expect(oldKey(older)).toEqual({ file: '/etc/ssh/ssh_known_hosts', line: 1 });
});

it('says no place where ssh names none, or where it failed otherwise', () => {
  expect(oldKey(changed('Please contact your system administrator.'))).toBeNull();
  expect(oldKey('Offending RSA key in /x:1\nConnection refused')).toBeNull();
  expect(oldKey(changed(`Offending RSA key in /x:${'9'.repeat(400)}`))).toBeNull();
});
