const ILL = [
  /\p{Script=Han}[0-9A-Za-z]/gu,
  /[0-9A-Za-z%]\p{Script=Han}/gu,
  /\p{Script=Han} +\p{Script=Han}/gu,
  /[，。；：！？、（）] | [，。；：！？、（）]/g,
];

/** Where a Chinese text lacks a space between Han and Latin, or has one beside Han or a Chinese mark. */
export function illSpaced(text: string): string[] {
  return ILL.flatMap((ill) =>
    [...text.matchAll(ill)].map(({ 0: found, index }) =>
      text.slice(Math.max(0, index - 8), index + found.length + 8),
    ),
  );
}
