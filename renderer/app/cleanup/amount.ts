import { parseSize } from '../../../main/domain/policy/units.js';

const UNITS = { b: 'B', kb: 'kB', mb: 'MB', gb: 'GB', tb: 'TB' } as Record<string, string>;

/**
 * Bytes that a person typed, `10 GB`, `1,5 gb`, `500MB`; a bare number is GB. Null for what is no
 * amount, or nothing.
 */
export function amountOf(text: string): number | null {
  const [, figure, unit] = /^([\d.,]+)([a-z]*)$/i.exec(text.replace(/\s+/g, '')) ?? [];
  if (figure === undefined || unit === undefined) return null;
  const known = unit === '' ? 'GB' : UNITS[unit.toLowerCase()];
  const bytes = parseSize(`${figure.replace(',', '.')}${known ?? unit}`);
  return bytes === 0 ? null : bytes;
}

/** `bytes` with as many figures as a person would say, so that it reads back as the same amount. */
export function roundAmount(bytes: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, bytes))) - 1);
  return Math.max(step, Math.round(bytes / step) * step);
}
