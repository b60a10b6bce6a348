import type { Limit, Missing } from '../../../domain/disk/types.js';
import { type DiskFile, type DiskFiles, isByteCount, Unreadable } from './files.js';

export const MiB = 2 ** 20;
export const GiB = 2 ** 30;

/** The size of the virtual disk that WSL gives a distribution, where nothing else is known (HOSTS §2). */
export const wslLimit: Limit = { bytes: 2 ** 40, from: 'assumed' };

const units: Record<string, number> = { '': 1, K: 2 ** 10, M: MiB, G: GiB, T: 2 ** 40, P: 2 ** 50 };

/** Bytes of a size as Lima writes it: `60GiB`, `60G`, `60GB` mean the same there; null: none. */
export function limaSize(value: unknown): number | null {
  if (typeof value === 'number') return limitBytes(value);
  if (typeof value !== 'string') return null;
  const match = /^\s*(\d+(?:\.\d+)?)\s*([KMGTP]?)(?:i?B)?\s*$/i.exec(value);
  if (!match) return null;
  return limitBytes(Number(match[1]) * (units[(match[2] ?? '').toUpperCase()] ?? NaN));
}

/** A number of units from a settings file as bytes; null for what cannot be a disk's size. */
export function sizeIn(unit: number, value: unknown): number | null {
  return typeof value === 'number' ? limitBytes(value * unit) : null;
}

function limitBytes(value: number): number | null {
  const bytes = Math.round(value);
  return bytes > 0 && isByteCount(bytes) ? bytes : null;
}

/** What the settings say, else the size that the file has for its VM. */
export async function limitOf(
  files: DiskFiles,
  set: number | null,
  image: DiskFile,
): Promise<Limit | Missing> {
  if (set !== null) return { bytes: set, from: 'settings' };
  try {
    return { bytes: await virtualSize(files, image), from: 'file' };
  } catch (e) {
    if (e instanceof Unreadable) return e.missing;
    throw e;
  }
}

/** A raw file's own size; of a qcow2 file bytes 24 to 31, big endian (HOSTS §2). */
async function virtualSize(files: DiskFiles, { path, size }: DiskFile): Promise<number> {
  const head = Buffer.from(await files.head(path, 32));
  const isQcow2 = head.length >= 32 && head.toString('latin1', 0, 4) === 'QFI\xfb';
  const bytes = isQcow2 ? Number(head.readBigUInt64BE(24)) : size;
  if (bytes <= 0 || !isByteCount(bytes)) throw new Unreadable('damaged', path);
  return bytes;
}
