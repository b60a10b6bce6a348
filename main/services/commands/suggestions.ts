import type { suggestionCommands } from '../../contract/suggestions.js';
import type { Collaborators, Handlers } from './types.js';

/** The commands about suggestions, and the service that carries them out. */
export function suggestionHandlers({
  judging,
  suggestions,
}: Collaborators): Pick<Handlers, keyof typeof suggestionCommands> {
  /** What is suggested has to be of what the engine tells now. */
  const sensed = async () => {
    const inventory = await judging.sense();
    await judging.settled();
    return inventory;
  };
  return {
    suggestions: async ({ measure }) => {
      const inventory = await sensed();
      return measure ? suggestions.measure(inventory) : suggestions.make();
    },
    'suggestion.open': async ({ key }) => {
      await sensed();
      return suggestions.open(key);
    },
    'suggestion.dismiss': ({ key }) => suggestions.dismiss(key),
    'suggestion.restore': () => suggestions.restore(),
  };
}
