import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { onBattery } from '../../../../main/adapters/host/power.js';

const mains = (online: string) => ({ type: 'Mains', online });
const battery = (status: string) => ({ type: 'Battery', status });

/** A folder as /sys/class/power_supply is: one folder a supply, one file a value. */
async function folderWith(supplies: Record<string, Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'careen-power-'));
  for (const [name, values] of Object.entries(supplies)) {
    await mkdir(join(folder, name));
    for (const [key, value] of Object.entries(values))
      await writeFile(join(folder, name, key), `${value}\n`);
  }
  return folder;
}

describe('whether the machine runs on battery', () => {
  it.each([
    ['a laptop at the mains', { AC: mains('1'), BAT0: battery('Charging') }, false],
    ['a laptop on its battery', { AC: mains('0'), BAT0: battery('Discharging') }, true],
    ['a full battery with no adapter told of', { BAT0: battery('Full') }, false],
    [
      'a laptop charged over USB',
      { ucsi: { type: 'USB', online: '1' }, BAT0: battery('Full') },
      false,
    ],
    ['two batteries, one at work', { BAT0: battery('Full'), BAT1: battery('Discharging') }, true],
    [
      'a desktop with a mouse of its own',
      { AC: mains('1'), hid: { ...battery('Discharging'), scope: 'Device' } },
      false,
    ],
    ['a mouse alone', { hid: { ...battery('Discharging'), scope: 'Device' } }, null],
    ['a machine that tells of nothing', {}, null],
  ])('%s', async (_, supplies, expected) => {
    expect(await onBattery(await folderWith(supplies))).toBe(expected);
  });

  it('where there is no such folder it is unknown', async () => {
    expect(await onBattery(join(tmpdir(), 'careen-no-such-folder'))).toBeNull();
  });
});
