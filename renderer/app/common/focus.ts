/**
 * Where the focus goes on once what has it is taken away by an act, which is as late as main tells of it:
 * without, keys would begin again at the window's first button.
 *
 * @param to looked for then; what has got the focus meanwhile keeps it
 */
export function focusGoesTo(to: () => HTMLElement | null | undefined): void {
  const left = document.activeElement;
  const watch = new MutationObserver(() => {
    if (left?.isConnected === true && document.activeElement === left) return;
    watch.disconnect();
    if (document.activeElement === document.body) to()?.focus();
  });
  watch.observe(document.body, { childList: true, subtree: true });
}
