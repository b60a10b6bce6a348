import { absentParts } from './parts.js';
import type { Probe, Tags, UpdatePolicy, UpdateRules } from './types.js';
import type { WrittenUpdate } from './update-schema.js';
import { asList } from './values.js';

type WrittenRules = NonNullable<WrittenUpdate['default']>;

const { check, default: rules } = absentParts.update;

/** Fills in what the `update` section leaves out; an entry keeps only the keys that it has. */
export function updateOf(written: WrittenUpdate | undefined): UpdatePolicy {
  return {
    check: { ...check, ...written?.check },
    default: { ...rules, ...rulesOf(written?.default ?? {}) },
    containers: (written?.containers ?? []).map(({ match, image, ...own }, i) => ({
      id: `update.containers[${i}]`,
      match: asList(match),
      image: asList(image),
      rules: rulesOf(own),
    })),
  };
}

function rulesOf({ tags, probe, ...others }: WrittenRules): Partial<UpdateRules> {
  return {
    ...others,
    ...(tags === undefined ? {} : { tags: tagsOf(tags) }),
    ...(probe === undefined ? {} : { probe: probeOf(probe) }),
  };
}

function tagsOf(written: NonNullable<WrittenRules['tags']>): Tags {
  if (typeof written === 'string') return { level: written };
  const { include = null, exclude = null, transform = null } = written;
  return { level: 'pattern', include, exclude, transform };
}

/** A service that is well answers 200. */
function probeOf(written: NonNullable<WrittenRules['probe']>): Probe {
  return 'tcp' in written ? written : { status: 200, ...written };
}
