/**
 * A number in groups of three, to thousandths, as English and Chinese both write it. Not by `Intl`: the
 * first of its formats in a process lists every locale that there is, for as long as a screen is made.
 */
export const count = (n: number): string =>
  String(Number.isInteger(n) ? n : Math.round(n * 1000) / 1000).replace(
    /(?<!\.\d*)\B(?=(?:\d{3})+(?!\d))/g,
    ',',
  );
