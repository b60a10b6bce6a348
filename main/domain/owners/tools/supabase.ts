import { byRepository } from '../by-repository.js';
import { needsOfKind } from '../terms.js';
import type { OwnerTool } from '../tool.js';

const project = 'com.supabase.cli.project';

/**
 * The Supabase CLI (supabase/cli:apps/cli-go/internal/utils). It paints Compose's project label too;
 * `supabase stop` keeps the volumes, which are the databases.
 */
export const supabase: OwnerTool = {
  kind: 'devstack',
  tool: 'Supabase',
  container({ own }) {
    const unit = own[project];
    if (unit === undefined) return null;
    return { unit, command: 'supabase stop && supabase start', proof: project };
  },
  images: byRepository(/^(?:public\.ecr\.aws\/|ghcr\.io\/)?supabase\//),
  volume: ({ labels }) => labelled(labels),
  network: ({ labels }) => labelled(labels),
  needs: needsOfKind.devstack,
};

function labelled(labels: Readonly<Record<string, string>>) {
  const unit = labels[project];
  return unit === undefined ? null : { unit, proof: project };
}
