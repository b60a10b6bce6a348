import { z } from 'zod';
import { policySchema } from './schema.js';

/**
 * The policy's schema as JSON Schema 2020-12, for editors: what a file may write. What
 * no schema can say stands in its description: which patterns and dates there are, `low` below
 * `high`, an id once a list.
 */
export function policyJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(policySchema, {
    io: 'input',
    target: 'draft-2020-12',
    override: ({ zodSchema, jsonSchema }) => {
      const { properties } = jsonSchema;
      if (!(zodSchema instanceof z.ZodObject) || properties === undefined) return;
      const shape: Record<string, z.ZodType> = zodSchema.shape;
      // Zod leaves these out where a text is read further, for they could be of either side.
      for (const [key, value] of Object.entries(shape))
        Object.assign(properties[key] ?? {}, value.meta());
    },
  });
  return {
    ...schema,
    title: "Careen's policy",
    description:
      'Which images of a local Docker engine stay and which may go. An id stands once in a list; low is below high, to above free, to below max.',
  };
}
