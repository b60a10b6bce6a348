import { type AST, parse, VERSION } from 'svelte/compiler';
import { svelte2tsx } from 'svelte2tsx';

/** A component as TypeScript that a type checker reads as it would the component. Never run. */
export const asTypeScript = (source: string): string =>
  svelte2tsx(source, { isTsFile: true, mode: 'ts', version: VERSION }).code;

/** Attributes that a component gives to others, by the name it knows them by; `...` stands for a spread. */
export function attributesGiven(source: string): Map<string, Set<string>> {
  const given = new Map<string, Set<string>>();
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(visit);
    if (typeof node !== 'object' || node === null) return;
    const { type, name, attributes } = node as AST.Component;
    if (type === 'Component') {
      const all = given.get(name) ?? new Set();
      for (const one of attributes) all.add('name' in one ? one.name : '...');
      given.set(name, all);
    }
    Object.values(node).forEach(visit);
  };
  visit(parse(source, { modern: true }).fragment);
  return given;
}

/** Attributes that a person reads or hears. */
const told = new Set(['title', 'placeholder', 'alt', 'label', 'aria-label', 'text', 'answer']);

/** Every text that a component says in its own words. */
export function wordsIn(source: string): string[] {
  const found: string[] = [];
  const visit = (node: unknown, attribute: string | null): void => {
    if (Array.isArray(node)) return node.forEach((one) => visit(one, attribute));
    if (typeof node !== 'object' || node === null) return;
    const { type, name, data } = node as Record<string, unknown>;
    if (type === 'StyleDirective') return;
    if (type === 'Attribute') attribute = String(name);
    if (type === 'Text' && (attribute === null || told.has(attribute))) found.push(String(data));
    for (const [key, value] of Object.entries(node)) {
      const inTree = ['fragment', 'nodes', 'attributes', 'value', 'body', 'fallback'];
      const branches = ['consequent', 'alternate', 'pending', 'then', 'catch'];
      if ([...inTree, ...branches].includes(key))
        visit(value, key === 'fragment' || key === 'body' ? null : attribute);
    }
  };
  visit(parse(source, { modern: true }).fragment, null);
  return found.map((one) => one.trim()).filter((one) => /\p{L}{2}/u.test(one));
}
