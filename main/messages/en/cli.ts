import type { format } from './format.js';

/** What only the command line says. */
export function cli(_f: ReturnType<typeof format>) {
  return { question: (images: string, bytes: string) => `Remove ${images}, ${bytes}? [y/N] ` };
}
