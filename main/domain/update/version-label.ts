/** What an image's labels call its version (OCI image spec, annotations); null: nothing. */
export function versionLabel({
  labels,
}: {
  labels: Readonly<Record<string, string>>;
}): string | null {
  return labels['org.opencontainers.image.version'] ?? null;
}
