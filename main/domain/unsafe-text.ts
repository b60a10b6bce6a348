/**
 * Controls, zero-width characters and those that turn the direction of writing: what could act in a
 * terminal or hide in a window. For `replace`, since it is global.
 */
export const unsafe =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;

/**
 * A foreign text made safe for a window, a terminal and a log (DESIGN §2): white space becomes a
 * blank, any other control or bidi character U+FFFD, so that it can neither act nor hide.
 */
export function clean(text: string): string {
  return text.replace(unsafe, (c) => (c === '\n' || c === '\t' || c === '\r' ? ' ' : '\ufffd'));
}
