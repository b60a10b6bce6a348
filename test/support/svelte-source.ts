import { parse, type AST } from 'svelte/compiler';

interface Place {
  start: number;
  end: number;
}
type Any = Place & { type: string; [key: string]: unknown };

/**
 * A component as TypeScript that says the same to a type checker, as far as names and their scopes
 * go: its script, and after it the template with its blocks as statements. Never run.
 */
export function asTypeScript(source: string): string {
  const root = parse(source, { modern: true });
  const text = ({ start, end }: Place) => source.slice(start, end);
  const script = [root.module, root.instance]
    .map((one) => (one ? text(one.content as unknown as Place) : ''))
    .join('\n');

  const one = (node: Any): string => {
    const inner = (value: unknown) => (value ? all((value as AST.Fragment).nodes) : '');
    switch (node.type) {
      case 'EachBlock': {
        const list = text(node.expression as Place);
        const item = node.context ? text(node.context as Place) : '_item';
        const index = node.index ? `let ${node.index as string} = 0;` : '';
        const key = node.key ? `(${text(node.key as Place)});` : '';
        return `for (const ${item} of (${list})) { ${index} ${key} ${inner(node.body)} } ${inner(node.fallback)}`;
      }
      case 'IfBlock':
        return `if (${text(node.test as Place)}) { ${inner(node.consequent)} } else { ${inner(node.alternate)} }`;
      case 'AwaitBlock': {
        const value = node.value ? `const ${text(node.value as Place)} =` : '';
        const awaited = `${value} await (${text(node.expression as Place)});`;
        return `{ ${inner(node.pending)} } { ${awaited} ${inner(node.then)} } { ${inner(node.catch)} }`;
      }
      case 'SnippetBlock': {
        const parameters = (node.parameters as Place[]).map(text).join(', ');
        return `function ${text(node.expression as Place)}(${parameters}) { ${inner(node.body)} }`;
      }
      case 'ConstTag':
        return `${text(node.declaration as Place)};`;
      default:
        return rest(node);
    }
  };
  const all = (nodes: readonly unknown[]): string => nodes.map((n) => one(n as Any)).join('\n');
  /** What a node holds of expressions, its own and those of its attributes and children. */
  const rest = (node: Any): string =>
    Object.entries(node)
      .map(([key, value]) => {
        if (key === 'expression' && value && typeof value === 'object')
          return `(${text(value as Place)});`;
        if (key === 'fragment') return `{ ${all((value as AST.Fragment).nodes)} }`;
        if (key === 'attributes') return all(value as unknown[]);
        if (key === 'value' && value !== true && value !== null && typeof value === 'object')
          return all(Array.isArray(value) ? value : [value]);
        return '';
      })
      .join('\n');

  return `${script}\n;{\n${all(root.fragment.nodes)}\n}\nexport {};\n`;
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
