import { readFileSync, globSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { asTypeScript, wordsIn } from '../../support/svelte-source.js';

const components = globSync('renderer/app/**/*.svelte');
/** What is a name everywhere. */
const names = new Set(['Careen']);

/** A program of the app's own sources, its components among them; messages of other languages aside. */
function programOf(): ts.Program {
  const { config } = ts.readConfigFile('tsconfig.json', (file) => readFileSync(file, 'utf8')) as {
    config: { compilerOptions: object };
  };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, '.');
  const virtual = new Map(
    components.map((file) => [path.resolve(`${file}.virtual.ts`), path.resolve(file)]),
  );
  const host = ts.createCompilerHost(options);
  const fileExists = host.fileExists.bind(host);
  const readFile = host.readFile.bind(host);
  host.fileExists = (file) => virtual.has(path.resolve(file)) || fileExists(file);
  host.readFile = (file) => {
    const component = virtual.get(path.resolve(file));
    return component === undefined ? readFile(file) : asTypeScript(readFileSync(component, 'utf8'));
  };
  host.getSourceFile = (file, language) => {
    const text = host.readFile(file);
    return text === undefined ? undefined : ts.createSourceFile(file, text, language, true);
  };
  const roots = [
    ...globSync('main/**/*.ts'),
    ...globSync('renderer/**/*.ts'),
    path.resolve('node_modules/svelte/types/index.d.ts'),
    path.resolve('node_modules/svelte2tsx/svelte-shims-v4.d.ts'),
    path.resolve('node_modules/svelte2tsx/svelte-jsx-v4.d.ts'),
    ...virtual.keys(),
  ];
  return ts.createProgram(roots, options, host);
}

/** What is written as a path of names. */
const isName = (node: ts.Node) =>
  ts.isIdentifier(node) ||
  ts.isPropertyAccessExpression(node) ||
  ts.isElementAccessExpression(node);

const folder = (file: string) => path.relative('.', file).replaceAll('\\', '/');
const isCatalogue = (node: ts.Node) =>
  folder(node.getSourceFile().fileName).startsWith('main/messages/en/');

/** Declarations of the catalogue that anything in the app comes to, through whatever name. */
function reachedIn(program: ts.Program): Set<ts.Node> {
  const checker = program.getTypeChecker();
  const reached = new Set<ts.Node>();
  const mark = (symbol: ts.Symbol | undefined) =>
    symbol?.declarations?.filter(isCatalogue).forEach((one) => reached.add(one));
  const markAll = (type: ts.Type) =>
    (type.isUnion() ? type.types : [type])
      .flatMap((one) => checker.getPropertiesOfType(one))
      .forEach(mark);
  /** By an index: those that it can name, or all. */
  const markBy = (of: ts.Type, index: ts.Type) => {
    const parts = index.isUnion() ? index.types : [index];
    if (parts.every((part) => part.isStringLiteral() || part.isNumberLiteral()))
      parts.forEach((part) => mark(checker.getPropertyOfType(of, String(part.value))));
    else markAll(of);
  };
  /** What is handed over whole as something else is reached as far as that has places for it. */
  const markAs = (given: ts.Expression, as: ts.Type | undefined) => {
    const type = checker.getTypeAtLocation(given);
    if (as?.getStringIndexType()) markAll(type);
    for (const place of as?.getProperties() ?? [])
      if (!place.declarations?.some(isCatalogue)) mark(checker.getPropertyOfType(type, place.name));
  };
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node)) mark(checker.getSymbolAtLocation(node.name));
    else if (ts.isElementAccessExpression(node))
      markBy(
        checker.getApparentType(checker.getTypeAtLocation(node.expression)),
        checker.getTypeAtLocation(node.argumentExpression),
      );
    else if (ts.isObjectBindingPattern(node)) {
      const type = checker.getTypeAtLocation(node);
      for (const { propertyName, name } of node.elements)
        mark(checker.getPropertyOfType(type, (propertyName ?? name).getText()));
    } else if (ts.isAsExpression(node)) markAs(node.expression, checker.getTypeAtLocation(node));
    else if (ts.isCallExpression(node)) {
      const isWhole = node.expression.getText().startsWith('Object.');
      for (const given of node.arguments)
        if (isWhole) markAll(checker.getTypeAtLocation(given));
        else if (isName(given)) markAs(given, checker.getContextualType(given));
    }
    ts.forEachChild(node, visit);
  };
  for (const source of program.getSourceFiles()) {
    const file = folder(source.fileName);
    if (/^(main|renderer)\//.test(file) && !file.startsWith('main/messages/zh-CN/')) visit(source);
  }
  return reached;
}

/** Every place of the catalogue that says something, with where it is written. */
function placesOf(program: ts.Program): { place: string; written: readonly ts.Node[] }[] {
  const checker = program.getTypeChecker();
  const index = program.getSourceFile(path.resolve('main/messages/index.ts'));
  const module = index && checker.getSymbolAtLocation(index);
  const messages = checker
    .getExportsOfModule(module as ts.Symbol)
    .find(({ name }) => name === 'Messages') as ts.Symbol;
  const walk = (type: ts.Type, place: string): { place: string; written: ts.Node[] }[] =>
    checker.getPropertiesOfType(type).flatMap((property) => {
      const written = property.declarations?.filter(isCatalogue) ?? [];
      const here = place === '' ? property.name : `${place}.${property.name}`;
      const inner = checker.getTypeOfSymbol(property);
      const isObject =
        (inner.flags & ts.TypeFlags.Object) !== 0 &&
        inner.getCallSignatures().length === 0 &&
        !checker.isArrayLikeType(inner);
      if (isObject) return walk(inner, here);
      return written.length === 0 ? [] : [{ place: here, written }];
    });
  return walk(checker.getDeclaredTypeOfSymbol(messages), '');
}

test('nothing is in the catalogue that the app never says', () => {
  const program = programOf();
  const reached = reachedIn(program);
  const places = placesOf(program);
  expect(places.length).toBeGreaterThan(500);
  const unused = places.filter(({ written }) => !written.some((one) => reached.has(one)));
  expect(unused.map(({ place }) => place)).toEqual([]);
}, 300_000);

test('no component says anything in words of its own', () => {
  const said = components.flatMap((file) =>
    wordsIn(readFileSync(file, 'utf8'))
      .filter((text) => !names.has(text))
      .map((text) => `${file}: ${text}`),
  );
  expect(said).toEqual([]);
});

test('words of its own are seen in a component, in its text and in what is heard', () => {
  expect(wordsIn('<p title={a}>Hello {name}</p>{#if x}<b>There</b>{/if}')).toEqual([
    'Hello',
    'There',
  ]);
  expect(wordsIn('<input placeholder="Find" class="wide" data-testid="search" />')).toEqual([
    'Find',
  ]);
  expect(wordsIn('<p>{words.title} · –</p>')).toEqual([]);
});
