const linkLabels = ['org.opencontainers.image.source', 'org.opencontainers.image.url'];

/** The address that an image's labels name: https only, without credentials; else null. */
export function linkOf(labels: Readonly<Record<string, string>>): string | null {
  for (const label of linkLabels) {
    const text = labels[label] ?? '';
    if (!URL.canParse(text)) continue;
    const url = new URL(text);
    if (url.protocol === 'https:' && !url.username && !url.password) return url.href;
  }
  return null;
}
