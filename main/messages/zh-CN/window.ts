import type { window as english } from '../en/window.js';

export const window: typeof english = {};
