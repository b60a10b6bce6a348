/** One space between Han and Latin or digits, none between Han, where values meet the sentence. */
export function spaced(text: string): string {
  return text
    .replaceAll(/(\p{Script=Han})(?=[\w-])/gu, '$1 ')
    .replaceAll(/([\w%])(?=\p{Script=Han})/gu, '$1 ')
    .replaceAll(/(\p{Script=Han}) (?=\p{Script=Han})/gu, '$1');
}
