import type { ImageTerm, OwnerTool } from './tool.js';

/** A tool's images that their repository alone tells; `term` where it is not the tool's usual one. */
export function byRepository(
  repository: RegExp,
  term?: ImageTerm,
): NonNullable<OwnerTool['images']> {
  const rest = term === undefined ? {} : { term };
  return { repository, of: (_, sign) => ({ unit: null, proof: sign ?? '', ...rest }) };
}
