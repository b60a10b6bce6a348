const widths = new Map<string, number>();
let pen: CanvasRenderingContext2D | null = null;

/** Px that a text of the map takes in one line: in the interface's font, 11 px. */
export function widthOf(text: string): number {
  let width = widths.get(text);
  if (width === undefined) {
    pen ??= penOf();
    width = pen?.measureText(text).width ?? text.length * 6;
    widths.set(text, width);
  }
  return width;
}

function penOf(): CanvasRenderingContext2D | null {
  const made = document.createElement('canvas').getContext('2d');
  if (made) made.font = `11px ${getComputedStyle(document.body).fontFamily}`;
  return made;
}
