import type { Input, WebContents } from 'electron';

export type ZoomAct = 'in' | 'out' | 'reset';

/** The steps of Chromium's own menu, as factors; the layout holds at every one. */
const STEPS = [0.5, 0.67, 0.75, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3] as const;
/** Chromium keeps levels, whose factors come back a little off. */
const NEAR = 0.005;

/** What of a pressed key is looked at. */
export type ZoomInput = Pick<Input, 'type' | 'key' | 'code' | 'control' | 'meta' | 'alt' | 'shift'>;

/**
 * What a key asks of the zoom, as browsers have it: Ctrl, on macOS Command, with + (= where that needs
 * Shift), − and 0, those of the number block too. A digit's key that types a sign without Shift (− on
 * a French keyboard) stays that digit's shortcut.
 */
export function zoomAskedBy(input: ZoomInput, mac: boolean): ZoomAct | null {
  const [mod, other] = mac ? [input.meta, input.control] : [input.control, input.meta];
  if (input.type !== 'keyDown' || !mod || other || input.alt) return null;
  const { key, code } = input;
  if (!input.shift && (code === 'Digit0' || key === '0')) return 'reset';
  if (!input.shift && /^Digit[1-9]$/.test(code)) return null;
  if (key === '+' || key === '=') return 'in';
  return key === '-' || key === '_' ? 'out' : null;
}

/** The factor that follows `from`; at the last step it stays there. */
export function zoomFrom(from: number, act: ZoomAct): number {
  if (act === 'reset') return 1;
  const next =
    act === 'in'
      ? STEPS.find((step) => step > from + NEAR)
      : STEPS.findLast((step) => step < from - NEAR);
  return next ?? from;
}

/** Zooms a page; Chromium remembers it for every page of the origin, between starts too. */
export function zoom(contents: WebContents, act: ZoomAct): void {
  contents.setZoomFactor(zoomFrom(contents.getZoomFactor(), act));
}

/** Has a page answer to the keys of the zoom, and to the wheel with Ctrl held. */
export function zoomByKeys(contents: WebContents, mac: boolean): void {
  contents.on('before-input-event', (event, input) => {
    const act = zoomAskedBy(input, mac);
    if (act === null) return;
    event.preventDefault();
    zoom(contents, act);
  });
  contents.on('zoom-changed', (_event, direction) => zoom(contents, direction));
}
