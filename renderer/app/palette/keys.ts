/** A key with what is held beside it. */
export interface Shortcut {
  /** As `KeyboardEvent.key` names it, in lower case: `k`, `1`, `/`, `f5`. */
  key: string;
  /** Ctrl, on macOS Command. */
  mod?: boolean;
}

/** What of a pressed key is looked at. */
export type Pressed = Pick<
  KeyboardEvent,
  'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'
>;

/** Where a key stands on the keyboard: what a layout of other letters is told by. */
const codeOf = (key: string) =>
  /^[a-z]$/.test(key) ? `Key${key.toUpperCase()}` : /^\d$/.test(key) ? `Digit${key}` : null;

const isAscii = (key: string) => /^[\x20-\x7e]+$/.test(key);

/**
 * Whether a key is the one that is pressed. A letter or digit is also known by its place where the
 * layout puts something else on it; signs are where the layout has them, with Shift or without.
 */
export function isPressed(shortcut: Shortcut, event: Pressed, mac: boolean): boolean {
  const [mod, other] = mac ? [event.metaKey, event.ctrlKey] : [event.ctrlKey, event.metaKey];
  if (mod !== (shortcut.mod ?? false) || other || event.altKey) return false;
  const code = codeOf(shortcut.key);
  if (code === null) return event.key.toLowerCase() === shortcut.key;
  if (event.shiftKey) return false;
  if (event.key.toLowerCase() === shortcut.key) return true;
  const elsewhere = code.startsWith('Digit') || !isAscii(event.key);
  return elsewhere && event.code === code;
}

/** The caps of a shortcut in the order in which they are pressed; Command is `⌘`. */
export function capsOf({ key, mod = false }: Shortcut, mac: boolean): string[] {
  const named =
    key.length > 1 ? `${key.charAt(0).toUpperCase()}${key.slice(1)}` : key.toUpperCase();
  return mod ? [mac ? '⌘' : 'Ctrl', named] : [named];
}

/** The same as `aria-keyshortcuts` writes it. */
export const ariaKeys = (shortcut: Shortcut, mac: boolean) =>
  capsOf(shortcut, mac)
    .map((cap) => (cap === '⌘' ? 'Meta' : cap === 'Ctrl' ? 'Control' : cap))
    .join('+');

/** Whether an element takes what is typed for itself. */
export const isField = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && !['checkbox', 'radio', 'range'].includes(target.type)));
