const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** A figure and its unit apart, so that a table can give the unit a column of its own. */
export interface BytesParts {
  value: string;
  unit: string;
}

/**
 * Bytes in decimal units as docker prints them: one decimal from GB on, none below (LOOK, Words).
 *
 * @param n whole bytes; a negative figure keeps its sign
 */
export function bytesParts(n: number): BytesParts {
  const sign = n < 0 ? '-' : '';
  let value = Math.abs(n);
  let step = 0;
  const shown = () => (step >= 3 ? value.toFixed(1) : value.toFixed(0));
  while (Number(shown()) >= 1000 && step < units.length - 1) {
    value /= 1000;
    step += 1;
  }
  return { value: `${sign}${shown()}`, unit: units[step] ?? 'B' };
}

/** The same in one string: `14.2 GB`. */
export function bytesText(n: number): string {
  const { value, unit } = bytesParts(n);
  return `${value} ${unit}`;
}
