/**
 * The key of the engine that Careen finds by itself, or that `engine.choose` leads to: there always is
 * one, and a home of a time with one engine only knows no other.
 */
export const firstEngine = 'first';
