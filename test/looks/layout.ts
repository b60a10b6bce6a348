import type { Page } from 'playwright-core';

/** What is there and is not seen, and why that is right. */
const UNSEEN = [
  // Comes into the window once it has the focus.
  '.Skip:not(:focus)',
];

/** Where the whole of what is cut with "…" is told, beside a tooltip. */
const TOLD = [
  // The map tells of a tile what is pointed at, in a tip of its own.
  '.SpaceMap [data-key]',
  // The drawing of layers tells of a block in the line below it.
  '.LayerIcicle [role=treeitem]',
];

/** What lies over other things for a while, beside what is fixed in the window or sticks to its edge. */
const ABOVE = ['.Floating', '.MapTip', '.Skip'];

/**
 * What a person cannot read of a page as it stands: text or a sign that is drawn over another, covered
 * by what is no layer above, cut off where nothing scrolls, cut with "…" without its whole in a
 * tooltip, or drawn out of its button, tile or frame; a space after a Chinese mark, where sentences
 * were put together as English ones are; and a page wider than its window.
 */
export const faultsOf = (page: Page): Promise<string[]> =>
  page.evaluate(lookedAt, {
    unseen: UNSEEN.join(),
    told: TOLD.join(),
    above: ABOVE.join(),
  });

/** Runs in the page: all that it needs stands in it. */
function lookedAt(named: { unseen: string; told: string; above: string }): string[] {
  interface Box {
    left: number;
    right: number;
    top: number;
    bottom: number;
  }
  /** One line of a text, or a sign. */
  interface Mark {
    node: Node;
    of: Element;
    says: string;
    whole: Box;
    /** As far as it is in sight. */
    seen: Box;
  }
  const faults = new Set<string>();
  const marks: Mark[] = [];

  const styles = new Map<Element, CSSStyleDeclaration>();
  const styleOf = (one: Element) => {
    const known = styles.get(one) ?? getComputedStyle(one);
    styles.set(one, known);
    return known;
  };
  const wide = ({ left, right }: Box) => right - left;
  const high = ({ top, bottom }: Box) => bottom - top;
  const within = (a: Box, b: Box): Box => ({
    left: Math.max(a.left, b.left),
    right: Math.min(a.right, b.right),
    top: Math.max(a.top, b.top),
    bottom: Math.min(a.bottom, b.bottom),
  });
  /** The letters of a line fill its box no higher than this. */
  const slack = (box: Box) => 0.3 * high(box);
  const nameOf = (one: Element) =>
    [one.localName, ...[...one.classList].filter((c) => !c.startsWith('svelte-'))].join('.');
  const plain = (text: string) => text.replaceAll(/\s+/g, ' ').trim();
  const shown = (text: string) => JSON.stringify(plain(text).slice(0, 60));

  const alphaOf = (colour: string) => {
    if (colour === 'transparent' || colour === 'none') return 0;
    const parts = /^rgba\(.*, ([\d.]+)\)$|\/ ([\d.]+)\)$/.exec(colour);
    return parts ? Number(parts[1] ?? parts[2]) : 1;
  };
  const groundOf = (one: Element) => {
    const { backgroundColor, fill, fillOpacity } = styleOf(one);
    return one instanceof SVGGeometryElement
      ? alphaOf(fill) * Number(fillOpacity)
      : alphaOf(backgroundColor);
  };
  const isFramed = (one: Element) => {
    const { borderLeftWidth, borderLeftColor, borderTopWidth, borderTopColor } = styleOf(one);
    return (
      parseFloat(borderLeftWidth) > 0 &&
      alphaOf(borderLeftColor) > 0 &&
      parseFloat(borderTopWidth) > 0 &&
      alphaOf(borderTopColor) > 0
    );
  };

  /** The ancestors that a text moves with and is cut by: what is placed freely leaves some out. */
  function holdersOf(one: Element): Element[] {
    const holders: Element[] = [];
    let freed = 'static';
    for (let up: Element | null = one; up !== null; up = up.parentElement) {
      const { position, transform, filter, display } = styleOf(up);
      const moves = transform !== 'none' || filter !== 'none';
      if (freed === 'fixed' && !moves) continue;
      if (freed === 'absolute' && !moves && position === 'static') continue;
      if (!/^(inline|contents)$/.test(display) || up.localName === 'svg') holders.push(up);
      freed = position;
    }
    return holders;
  }

  /** Whether "…" is drawn in this box where a text goes on out of it. */
  function endsInDots(box: Element, of: Element): boolean {
    const { textOverflow, display, webkitLineClamp } = styleOf(box);
    if (webkitLineClamp !== 'none') return true;
    if (textOverflow !== 'ellipsis' || /flex|grid/.test(display)) return false;
    for (let up = of; up !== box; up = up.parentElement ?? box)
      if (!styleOf(up).display.startsWith('inline')) return false;
    return true;
  }
  const wordsOf = (text: string) => text.split(/[\s,:;·()]+/).filter((word) => word !== '');
  /** A tooltip may join the parts of a line otherwise than the line does. */
  function isTold(of: Element, text: string): boolean {
    if (of.closest(named.told)) return true;
    const told = of.closest('[title]')?.getAttribute('title') ?? '';
    return wordsOf(text).every((word) => told.includes(word));
  }

  const nowhere: Box = { left: 0, right: 0, top: 0, bottom: 0 };
  /** As far as a line is in sight, and what is wrong with where it ends. */
  function seenOf(of: Element, text: string, whole: Box): Box {
    let seen = whole;
    const free = { x: false, y: false };
    const fault = (why: string) => faults.add(`${why}: ${shown(text)} (${nameOf(of)})`);
    for (const box of [...holdersOf(of), null]) {
      const style = styleOf(box ?? document.documentElement);
      const edge = box?.getBoundingClientRect();
      // What is cut to its own middle, or to nothing, is there for who hears the page.
      if (box && (style.clipPath === 'inset(50%)' || /^rect\((0px(, )?){4}\)$/.test(style.clip)))
        return nowhere;
      const clips = (overflow: string) => box === null || overflow !== 'visible';
      const scrolls = (overflow: string) => box !== null && /auto|scroll/.test(overflow);
      const frame: Box = {
        left: clips(style.overflowX) ? (edge?.left ?? 0) : -Infinity,
        right: clips(style.overflowX) ? (edge?.right ?? innerWidth) : Infinity,
        top: clips(style.overflowY) ? (edge?.top ?? 0) : -Infinity,
        bottom: clips(style.overflowY) ? (edge?.bottom ?? innerHeight) : Infinity,
      };
      const start = {
        x: frame.left - (box?.scrollLeft ?? 0),
        y: frame.top - (box?.scrollTop ?? 0),
      };
      if (scrolls(style.overflowX) && seen.left > start.x - 2) free.x = true;
      if (scrolls(style.overflowY) && seen.top > start.y - 2 - slack(whole)) free.y = true;
      const rest = within(seen, frame);
      const isCut =
        (!free.x && wide(rest) < wide(seen) - 1.5) ||
        (!free.y && high(rest) < high(seen) - slack(whole));
      // What has no room beside its neighbour may wrap out of sight whole.
      const isGone = wide(rest) < 1 || high(rest) < 1;
      if (isCut && wide(seen) > 0 && high(seen) > 0 && !(isGone && isTold(of, text))) {
        const by = box === null ? 'the window' : nameOf(box);
        const dots = box !== null && endsInDots(box, of);
        if (!dots) fault(`cut off by ${by}`);
        else if (box.matches('.tag')) fault('a tag is cut');
        else if (!isTold(of, text)) fault('cut with "…" and told nowhere');
      }
      seen = rest;
    }
    return seen;
  }

  function add(node: Node, of: Element, says: string, box: Box) {
    if (wide(box) < 1 || high(box) < 1) return;
    const whole = { left: box.left, right: box.right, top: box.top, bottom: box.bottom };
    const seen = seenOf(of, says, whole);
    if (wide(seen) >= 1 && high(seen) >= 1) marks.push({ node, of, says, whole, seen });
  }
  const isSeen = (one: Element) =>
    one.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    !one.closest(named.unseen);

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    const of = node.parentElement;
    const says = node.textContent ?? '';
    if (of === null || plain(says) === '' || !isSeen(of)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const line of range.getClientRects()) add(node, of, says, line);
  }
  const pen = document.createElement('canvas').getContext('2d');
  for (const field of document.querySelectorAll<HTMLInputElement>('input:not([type=range])')) {
    if (
      !isSeen(field) ||
      (styleOf(field).appearance === 'none' && wide(field.getBoundingClientRect()) < 2)
    )
      continue;
    const style = styleOf(field);
    const edge = field.getBoundingClientRect();
    const inner = {
      left: edge.left + parseFloat(style.paddingLeft),
      right: edge.right - parseFloat(style.paddingRight),
      top: edge.top,
      bottom: edge.bottom,
    };
    add(field, field, field.value || field.placeholder || nameOf(field), inner);
    if (pen === null || field.value !== '' || field.placeholder === '') continue;
    pen.font = style.font;
    if (pen.measureText(field.placeholder).width > wide(inner) + 1)
      faults.add(`a placeholder is cut: ${shown(field.placeholder)}`);
  }
  for (const sign of document.querySelectorAll('svg, img')) {
    const edge = sign.getBoundingClientRect();
    if (sign.querySelector('text') || wide(edge) > 48 || !isSeen(sign)) continue;
    add(sign, sign.parentElement ?? sign, `a sign in ${nameOf(sign.parentElement ?? sign)}`, edge);
  }

  /** What lies at a point and hides what an element says there; null: nothing does. */
  function coverOf({ node, of }: Mark, x: number, y: number): Element | null {
    for (const one of document.elementsFromPoint(x, y)) {
      if (one.contains(of) || node.contains(one)) return null;
      // What is drawn of its children out of its box has no ground of its own there.
      const { left, right, top, bottom } = one.getBoundingClientRect();
      if (x < left || x > right || y < top || y > bottom) continue;
      if (groundOf(one) > 0.9) return one;
    }
    return null;
  }
  /** Layers above a page are meant to hide what is below them, and what sticks is scrolled under. */
  function isAbove(cover: Element, of: Element): boolean {
    if (cover.closest(named.above)) return true;
    for (let up: Element | null = cover; up && !up.contains(of); up = up.parentElement)
      if (/sticky|fixed/.test(styleOf(up).position)) return true;
    return false;
  }

  // What lets the pointer through is seen none the less.
  const all = new CSSStyleSheet();
  all.replaceSync('* { pointer-events: auto !important }');
  document.adoptedStyleSheets.push(all);

  for (const mark of marks) {
    const { of, says, seen } = mark;
    // Of a line that is scrolled out but for its edge nothing can be read anyhow.
    if (high(seen) < 3 && high(seen) < high(mark.whole) - 1) continue;
    const y = (seen.top + seen.bottom) / 2;
    for (const x of [seen.left + 1, (seen.left + seen.right) / 2, seen.right - 1]) {
      const cover = coverOf(mark, x, y);
      if (cover && !isAbove(cover, of))
        faults.add(`covered by ${nameOf(cover)}: ${shown(says)} (${nameOf(of)})`);
    }
    for (const box of holdersOf(of)) {
      if (box.clientWidth === 0 && !(box instanceof SVGElement)) continue;
      if (!isFramed(box) && !(groundOf(box) > 0.05)) continue;
      const edge = box.getBoundingClientRect();
      const rest = within(seen, edge);
      if (wide(rest) < wide(seen) - 2 || high(rest) < high(seen) - slack(seen))
        faults.add(`drawn out of ${nameOf(box)}: ${shown(says)} (${nameOf(of)})`);
    }
  }

  marks.sort((a, b) => a.seen.top - b.seen.top);
  marks.forEach((a, i) => {
    for (let j = i + 1; j < marks.length; j++) {
      const b = marks[j];
      if (!b || b.seen.top > a.seen.bottom) break;
      if (a.node === b.node || a.node.contains(b.node) || b.node.contains(a.node)) continue;
      const both = within(a.seen, b.seen);
      if (wide(both) <= 2 || high(both) <= Math.max(3, Math.min(slack(a.whole), slack(b.whole))))
        continue;
      const x = (both.left + both.right) / 2;
      const y = (both.top + both.bottom) / 2;
      if (coverOf(a, x, y) || coverOf(b, x, y)) continue;
      faults.add(
        `one over the other: ${shown(a.says)} / ${shown(b.says)} (${nameOf(a.of)} / ${nameOf(b.of)})`,
      );
    }
  });
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== all);

  // Half of its own square is free already.
  for (const [gap] of document.body.innerText.matchAll(/.*[，。；：！？、] \S.*/g))
    faults.add(`a space after a Chinese mark: ${shown(gap)}`);

  if (document.documentElement.scrollWidth > innerWidth)
    faults.add('the page is wider than its window');
  return [...faults];
}
