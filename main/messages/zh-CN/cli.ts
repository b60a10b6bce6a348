import type { cli as english } from '../en/cli.js';
import type { format } from './format.js';

export function cli(_f: ReturnType<typeof format>): ReturnType<typeof english> {
  return { question: (images: string, bytes: string) => `移除 ${images}，${bytes}？[y/N] ` };
}
