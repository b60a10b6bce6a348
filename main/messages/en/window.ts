/** What only the window says. */
export const window = {};
