import { needsOfKind } from '../terms.js';
import type { OwnerTool } from '../tool.js';

const project = 'com.docker.compose.project';
const version = 'com.docker.desktop.extension.api.version';

/** Docker Desktop's extensions, whose containers it hides from lists (OWNERS §1.4). */
export const desktopExtensions: OwnerTool = {
  kind: 'platform',
  tool: 'extensions',
  container({ own, labels }) {
    const unit = extensionOf(labels);
    const proof = ['com.docker.desktop.extension', 'com.docker.desktop.plugin', project].find(
      (key) => own[key] !== undefined && (key !== project || unit !== null),
    );
    return proof === undefined ? null : { unit, command: 'docker extension update', proof };
  },
  images: { label: version, of: () => ({ unit: null, proof: version }) },
  volume: ({ labels }) => ofExtension(labels),
  network: ({ labels }) => ofExtension(labels),
  needs: needsOfKind.platform,
};

function extensionOf(labels: Readonly<Record<string, string>>): string | null {
  return /^(.+)-desktop-extension$/.exec(labels[project] ?? '')?.[1] ?? null;
}

function ofExtension(labels: Readonly<Record<string, string>>) {
  const unit = extensionOf(labels);
  return unit === null ? null : { unit, proof: project };
}
