const VIEW = 'layers';

/** The layers view in the window's address, with the image that is chosen in it; null: another view. */
export function placeOf(id: string | null): { image: string | null } | null {
  if (id === VIEW) return { image: null };
  return id?.startsWith(`${VIEW}/`) ? { image: id.slice(VIEW.length + 1) } : null;
}

export const idOf = (image: string | null) => (image === null ? VIEW : `${VIEW}/${image}`);
