import { StringDecoder } from 'node:string_decoder';
import { stripVTControlCharacters } from 'node:util';
import type { Channel } from './frames.js';
import { clean } from './text.js';

/** Characters of one line that are kept. */
const longest = 2_000;

/**
 * Keeps the last lines of an output, oldest first, made safe: a terminal's sequences out, any other
 * control or bidi character replaced, what was overwritten by a carriage return gone.
 */
export class Tail {
  readonly #lines: string[] = [];
  readonly #open = {
    stdout: { decoder: new StringDecoder('utf8'), text: '' },
    stderr: { decoder: new StringDecoder('utf8'), text: '' },
  };

  constructor(private readonly most: number) {}

  add(data: Buffer, channel: Channel): void {
    const open = this.#open[channel];
    const [first = '', ...more] = open.decoder.write(data).split('\n');
    open.text = continued(open.text, first);
    for (const text of more) {
      this.#line(open.text);
      open.text = continued('', text);
    }
  }

  /** All that there is by now, lines without an end included. */
  lines(): string[] {
    for (const open of Object.values(this.#open)) {
      if (open.text !== '') this.#line(open.text);
      open.text = '';
    }
    return [...this.#lines];
  }

  #line(raw: string): void {
    const shown = raw.replace(/\r+$/, '').replace(/^.*\r/s, '');
    const text = clean(stripVTControlCharacters(shown));
    this.#lines.push(text.length > longest ? `${text.slice(0, longest)}…` : text);
    if (this.#lines.length > this.most) this.#lines.shift();
  }
}

/** A line that never ends takes no more room than twice what is kept of it. */
function continued(text: string, more: string): string {
  return text.length > longest ? text : (text + more).slice(0, 2 * longest);
}
