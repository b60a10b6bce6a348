import type { Duration, Tags, UpdateMode } from '../../policy/types.js';

/** Labels of a container's own: those that its image carries too are left out (OWNERS §1.3). */
export type OwnLabels = Readonly<Record<string, string>>;

/** What a label asks for. It lowers and narrows what the policy allows, never more. */
export interface LabelAsks {
  /** The label, as it is told. */
  label: string;
  mode?: UpdateMode;
  tags?: Tags;
  minAge?: Duration;
  /** That no registry is asked: only what the engine has counts. */
  localOnly?: true;
}

/** One tool's labels. */
export type LabelReader = (own: OwnLabels) => LabelAsks[];
