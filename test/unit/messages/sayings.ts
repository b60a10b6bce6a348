import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import type { Messages } from '../../../main/messages/index.js';
import { now } from './samples.js';

/** Texts that are no names: they come in Chinese, as the catalogue words them. By a parameter's name, or by its place. */
const phrases: Record<string, readonly string[]> = {};
const come = (names: string, ...texts: string[]) => {
  for (const name of names.split(' ')) phrases[name] = texts;
};
come('amount alone canGo figure freed measured said moreBytes lessBytes', '约 7.4 GB', '7.4 GB');
come('part range used', '约 7.4 GB', '7.4 GB');
come('when next checked', '3 小时后', '刚刚', '11 月 24 日');
come('date until', '11 月 24 日');
come('since', '始于 11 月 24 日');
come('span age lately seconds time within', '3 小时', '5 秒');
come('things n files', '3 个镜像', '构建缓存');
come('rule', '规则“stale”', '你的设置', '名称 postgres');
come('verdict state mode level short what store kind how title step doing measure', '没有应答');
come('means cause', '没有应答');
come('often', '每 6 小时', '每天');
come('sentence why summary change full because parts', '没有应答', '约 9 天后写满');
come('window.policyForm.was.text', '目前没有', '3 个容器');
come('window.policyForm.menu.of', '规则“stale”', 'web');
come('window.cleanup.whyOf.name window.cleanup.tick.name', 'web', '构建缓存');
come('window.policyPage.seeReason.name window.why.panel.name', 'web', '构建缓存');
come('window.updates.provingSince.time', '12:00');
come(
  'window.engine.lost.when window.engine.remembered.when window.updates.limited.when',
  '12:00',
  '11 月 24 日 12:00',
);

/** Of numbers with these names: moments. */
const moments = new Set(['at', 'ms', 'until', 'since', 'when', 'startedAt', 'endedAt', 'fullAt']);
const HOUR = 3_600_000;

/** No more of these are made of one object. */
const MOST = 60;
/** More than any list names before it counts the rest. */
const MANY = 13;

function program(): { checker: ts.TypeChecker; messages: ts.Type } {
  const { config } = ts.readConfigFile('tsconfig.json', (file) => readFileSync(file, 'utf8')) as {
    config: { compilerOptions: object };
  };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, '.');
  const file = path.resolve('main/messages/index.ts');
  const made = ts.createProgram([file], options);
  const checker = made.getTypeChecker();
  const source = made.getSourceFile(file);
  const module = source && checker.getSymbolAtLocation(source);
  const messages = checker
    .getExportsOfModule(module as ts.Symbol)
    .find(({ name }) => name === 'Messages') as ts.Symbol;
  return { checker, messages: checker.getDeclaredTypeOfSymbol(messages) };
}

/** Each is the first of every list, but for one that goes through its own. */
function oneByOne(lists: readonly (readonly unknown[])[]): unknown[][] {
  const base = lists.map(([first]) => first);
  const others = lists.flatMap((list, i) => list.slice(1).map((one) => base.with(i, one)));
  return [base, ...others].slice(0, MOST);
}

/** Values of a type, as many as its sentences may differ by. */
function valuesOf(checker: ts.TypeChecker, type: ts.Type, name: string, depth = 0): unknown[] {
  const of = (inner: ts.Type, as = name) => valuesOf(checker, inner, as, depth + 1);
  const last = name.slice(name.lastIndexOf('.') + 1);
  if (type.isUnion()) return type.types.flatMap((one) => of(one));
  if (type.isStringLiteral() || type.isNumberLiteral()) return [type.value];
  if (type.flags & ts.TypeFlags.BooleanLiteral) return [checker.typeToString(type) === 'true'];
  if (type.flags & ts.TypeFlags.Null) return [null];
  if (type.flags & ts.TypeFlags.Undefined) return [undefined];
  if (type.flags & ts.TypeFlags.StringLike) return [...(phrases[name] ?? phrases[last] ?? ['web'])];
  if (type.flags & ts.TypeFlags.NumberLike)
    return last === 'now' ? [now] : moments.has(last) ? [now - HOUR, now + 90 * HOUR] : [2, 1, 0];
  const [call] = type.getCallSignatures();
  if (call) {
    const [first] = of(call.getReturnType(), '');
    return [() => first];
  }
  if (checker.isArrayLikeType(type)) {
    const inner = checker.getTypeArguments(type as ts.TypeReference)[0];
    const some = inner === undefined || depth > 8 ? [] : of(inner);
    const many = Array.from({ length: MANY }, (_, i) => some[i % some.length]);
    return [...some.map((one) => [one]), some.slice(0, 2), many];
  }
  if (!(type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) || depth > 8) return [{}];
  const places = checker.getPropertiesOfType(type);
  return oneByOne(places.map((place) => of(checker.getTypeOfSymbol(place), place.name))).map(
    (values) => Object.fromEntries(places.map((place, i) => [place.name, values[i]])),
  );
}

/** The texts that something said consists of; what is there to be copied into a terminal is no text. */
function textsIn(said: unknown): string[] {
  if (typeof said === 'string') return [said];
  if (typeof said !== 'object' || said === null) return [];
  return Object.entries(said).flatMap(([key, inner]) => (key === 'copy' ? [] : textsIn(inner)));
}

/**
 * All that a catalogue says, each with its place: its functions are called with arguments made up
 * from their types, so that no sentence has to be listed for that.
 */
export function sayingsOf(m: Messages): [place: string, text: string][] {
  const { checker, messages } = program();
  const walk = (type: ts.Type, value: unknown, place: string): [string, string][] => {
    if (typeof value === 'function') {
      const parameters = type.getCallSignatures()[0]?.parameters ?? [];
      const values = parameters.map((one) =>
        valuesOf(checker, checker.getTypeOfSymbol(one), `${place}.${one.name}`),
      );
      return oneByOne(values)
        .flatMap((given) => textsIn((value as (...all: unknown[]) => unknown)(...given)))
        .map((text) => [place, text]);
    }
    if (typeof value !== 'object' || value === null)
      return textsIn(value).map((text) => [place, text]);
    return Object.entries(value).flatMap(([key, inner]) => {
      const symbol = checker.getPropertyOfType(type, key);
      const at = place === '' ? key : `${place}.${key}`;
      return symbol
        ? walk(checker.getTypeOfSymbol(symbol), inner, at)
        : textsIn(inner).map((text): [string, string] => [at, text]);
    });
  };
  return walk(messages, m, '');
}
