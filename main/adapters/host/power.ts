import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where Linux tells of its power supplies (Documentation/ABI/testing/sysfs-class-power). */
const supplies = '/sys/class/power_supply';

/**
 * Whether this machine runs on battery; null where that cannot be told: elsewhere than on Linux,
 * and without a battery and a mains supply to ask. Batteries of mice and the like say nothing.
 */
export async function onBattery(folder = supplies): Promise<boolean | null> {
  const all = await Promise.all((await entries(folder)).map((name) => read(join(folder, name))));
  const mains = all.filter(({ type }) => type === 'Mains' || type === 'USB');
  if (mains.some(({ online }) => online === '1')) return false;
  const batteries = all.filter(({ type, scope }) => type === 'Battery' && scope !== 'Device');
  if (batteries.length === 0) return mains.length === 0 ? null : false;
  return batteries.some(({ status }) => status === 'Discharging');
}

async function entries(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch {
    // No such folder: no Linux, or a container without it.
    return [];
  }
}

async function read(supply: string) {
  const [type, online, scope, status] = await Promise.all(
    ['type', 'online', 'scope', 'status'].map((name) => value(join(supply, name))),
  );
  return { type, online, scope, status };
}

/** Supplies differ in which files they have; one that is not there says nothing. */
async function value(file: string): Promise<string | null> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch {
    return null;
  }
}
