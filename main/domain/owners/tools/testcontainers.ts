import { needsOfKind, reusable } from '../terms.js';
import type { OwnerTool } from '../tool.js';

const sign = 'org.testcontainers';
/** Java's, Node's and .NET's mark of a container that the next run takes up again. */
const reused = [`${sign}.hash`, `${sign}.container-hash`, `${sign}.reuse-hash`] as const;

/** Testcontainers in all its languages, and Ryuk, which deletes what they leave (moby-ryuk). */
export const testcontainers: OwnerTool = {
  kind: 'ephemeral',
  tool: 'Testcontainers',
  container({ own, name, repositories }) {
    const unit = own[`${sign}.lang`] ?? null;
    if (reused.some((key) => own[key] !== undefined))
      return { unit, command: null, proof: sign, term: reusable };
    const isOwn = own[sign] === 'true' || own[`${sign}.managed-by`] === 'testcontainers';
    if (isOwn) return { unit, command: null, proof: sign };
    const isRyuk =
      /^(?:testcontainers-ryuk-|reaper_)/.test(name) ||
      repositories.includes('testcontainers/ryuk');
    return isRyuk ? { unit, command: null, proof: name } : null;
  },
  images: {
    repository: /^testcontainers\/(?:ryuk|sshd)$/,
    label: sign,
    of({ labels }, shown) {
      if (shown !== null && shown !== sign) return { unit: null, proof: shown, term: reusable };
      return labels[sign] === 'true' ? { unit: null, proof: sign } : null;
    },
  },
  volume: ({ labels }) => labelled(labels),
  network: ({ labels }) => labelled(labels),
  needs: needsOfKind.ephemeral,
};

function labelled(labels: Readonly<Record<string, string>>) {
  return labels[sign] === 'true' ? { unit: labels[`${sign}.lang`] ?? null, proof: sign } : null;
}
