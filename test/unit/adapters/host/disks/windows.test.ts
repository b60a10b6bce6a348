import { expect, it } from 'vitest';
import { distributionsIn } from '../../../../../main/adapters/host/disks/windows.js';

const lxss = 'HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Lxss';

it('distributions are read from what reg.exe prints', () => {
  const text = [
    '',
    lxss,
    '    DefaultDistribution    REG_SZ    {1}',
    '    DefaultVersion    REG_DWORD    0x2',
    '',
    `${lxss}\\{1}`,
    '    State    REG_DWORD    0x1',
    '    DistributionName    REG_SZ    Ubuntu-24.04',
    '    BasePath    REG_SZ    \\\\?\\C:\\Users\\dev\\My Files\\wsl\\{1}',
    '    Version    REG_DWORD    0x2',
    '    VhdFileName    REG_SZ    disk.vhdx',
    '',
    `${lxss}\\{2}`,
    '    DistributionName    REG_SZ    docker-desktop',
    '    BasePath    REG_SZ    D:\\Docker',
    '',
    'End of search: 9 match(es) found.',
  ].join('\r\n');
  expect(distributionsIn(text)).toEqual([
    { name: 'Ubuntu-24.04', folder: 'C:\\Users\\dev\\My Files\\wsl\\{1}', file: 'disk.vhdx' },
    { name: 'docker-desktop', folder: 'D:\\Docker', file: 'ext4.vhdx' },
  ]);
  expect(distributionsIn('ERROR: The system was unable to find the key.')).toEqual([]);
});
