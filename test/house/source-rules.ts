import ts from 'typescript';
import { importViolation, roomOf } from './floors.ts';

/** A rule that a file breaks, and where. */
export interface Violation {
  readonly path: string;
  readonly line: number;
  readonly rule: 'imports' | 'portable-math' | 'randomness-and-time' | 'length';
  readonly message: string;
}

/** The members of Math that give the same bits in every engine. */
const PORTABLE = new Set(
  'abs ceil clz32 floor fround imul max min round sign sqrt trunc E LN10 LN2 LOG10E LOG2E PI SQRT1_2 SQRT2'.split(' '),
);
const MAX_LINES = 400;
const LENGTH_REASON = /^\/\/ Over 400 lines: \S/;

/** Checks one source file against the rules that its text alone decides. `path` is relative to the repository. */
export function sourceViolations(path: string, text: string): Violation[] {
  const found: Violation[] = [];
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const report = (node: ts.Node, rule: Violation['rule'], message: string) => {
    found.push({ path, rule, message, line: file.getLineAndCharacterOfPosition(node.getStart()).line + 1 });
  };
  const isPackageSource = /^packages\/[^/]+\/src\//.test(path);
  const isMath = path.startsWith('packages/core/src/math/');
  const isRunner = roomOf(path) === 'packages/bench';

  const checkModule = (node: ts.Node, specifier: ts.Node | undefined) => {
    if (specifier !== undefined && ts.isStringLiteralLike(specifier)) {
      const problem = importViolation(path, specifier.text);
      if (problem !== undefined) report(node, 'imports', problem);
    } else if (isPackageSource && !isRunner) report(node, 'imports', 'imports a module that only the run decides');
  };

  const checkMath = (node: ts.Identifier) => {
    const { parent } = node;
    if (ts.isPropertyAccessExpression(parent) && parent.name === node && parent.expression.getText() !== 'globalThis')
      return;
    if (ts.isPropertyAssignment(parent) && parent.name === node) return;
    let member: string | undefined;
    if (ts.isPropertyAccessExpression(parent) && parent.expression === node) member = parent.name.text;
    if (ts.isElementAccessExpression(parent) && ts.isStringLiteralLike(parent.argumentExpression)) {
      member = parent.argumentExpression.text;
    }
    if (member === 'random') report(node, 'randomness-and-time', 'draws random numbers without a seed: Math.random');
    else if (member === undefined) report(node, 'portable-math', 'hands Math around instead of naming a member');
    else if (!PORTABLE.has(member)) report(node, 'portable-math', `differs between engines: Math.${member}`);
  };

  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
      if (node.moduleSpecifier !== undefined) checkModule(node, node.moduleSpecifier);
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      checkModule(node, node.argument.literal);
    else if (ts.isCallExpression(node)) {
      const isRequire = ts.isIdentifier(node.expression) && node.expression.text === 'require';
      if (isRequire || node.expression.kind === ts.SyntaxKind.ImportKeyword) checkModule(node, node.arguments[0]);
    }
    if (isPackageSource && !isMath) {
      if (ts.isIdentifier(node) && node.text === 'Math') checkMath(node);
      if (ts.isIdentifier(node) && node.text === 'Date' && !isRunner) {
        report(node, 'randomness-and-time', 'reads the wall clock or the calendar: Date');
      }
      if (ts.isBinaryExpression(node)) {
        const { kind } = node.operatorToken;
        if (kind === ts.SyntaxKind.AsteriskAsteriskToken || kind === ts.SyntaxKind.AsteriskAsteriskEqualsToken) {
          report(node, 'portable-math', 'differs between engines: **');
        }
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(file);

  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  if (lines > MAX_LINES && !LENGTH_REASON.test(text)) {
    report(file, 'length', `${lines} lines: split it, or give the reason at its top as "// Over 400 lines: ..."`);
  }
  return found;
}
