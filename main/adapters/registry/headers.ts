/** The headers of an answer, names in lower case. */
export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** A header as one text, however often it stands there (RFC 9110 §5.3); empty where it does not. */
export function headerOf(headers: Headers, name: string): string {
  return [headers[name] ?? []].flat().join(', ').trim();
}

/** The type of a body, without its parameters. */
export function contentTypeOf(headers: Headers): string {
  return headerOf(headers, 'content-type').split(';')[0]?.trim().toLowerCase() ?? '';
}
