import ts from 'typescript';

/** A public symbol whose docstring lacks something. */
export interface Gap {
  readonly symbol: string;
  readonly message: string;
}

/**
 * Checks the docstrings of everything that an entry file exports: a text for each symbol and each member, and for
 * functions a `@param` for each parameter, a `@returns` when there is a value and, with `examples`, an `@example`.
 */
export function documentationGaps(entry: string, examples: boolean, host?: ts.CompilerHost): Gap[] {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    noEmit: true,
    skipLibCheck: true,
    types: [],
  };
  const program = ts.createProgram([entry], options, host);
  const checker = program.getTypeChecker();
  const file = program.getSourceFile(entry);
  const module = file === undefined ? undefined : checker.getSymbolAtLocation(file);
  if (module === undefined) throw new Error(`${entry}: expected a module, got a file without exports`);
  const gaps: Gap[] = [];

  const hasText = (symbol: ts.Symbol) => symbol.getDocumentationComment(checker).length > 0;
  const tags = (symbol: ts.Symbol, name: string) => symbol.getJsDocTags(checker).filter((tag) => tag.name === name);

  const checkFunction = (name: string, symbol: ts.Symbol, declaration: ts.FunctionDeclaration) => {
    const documented = tags(symbol, 'param').map((tag) => tag.text?.find(({ kind }) => kind === 'parameterName')?.text);
    for (const parameter of declaration.parameters) {
      const parameterName = parameter.name.getText();
      if (!documented.includes(parameterName))
        gaps.push({ symbol: name, message: `@param ${parameterName} is missing` });
    }
    const signature = checker.getSignatureFromDeclaration(declaration);
    const returned = signature && checker.typeToString(checker.getReturnTypeOfSignature(signature));
    if (returned !== 'void' && tags(symbol, 'returns').length === 0) {
      gaps.push({ symbol: name, message: '@returns is missing' });
    }
    if (examples && tags(symbol, 'example').length === 0) gaps.push({ symbol: name, message: '@example is missing' });
  };

  const checkMembers = (
    name: string,
    declaration: ts.ClassDeclaration | ts.InterfaceDeclaration | ts.TypeLiteralNode,
  ) => {
    for (const member of declaration.members) {
      if (ts.isConstructorDeclaration(member) || ts.isIndexSignatureDeclaration(member)) continue;
      if (member.name === undefined || ts.isPrivateIdentifier(member.name)) continue;
      const symbol = checker.getSymbolAtLocation(member.name);
      const memberName = `${name}.${member.name.getText()}`;
      if (symbol === undefined || !hasText(symbol)) gaps.push({ symbol: memberName, message: 'is not documented' });
      const { type } = member as ts.PropertySignature;
      if (type !== undefined && ts.isTypeLiteralNode(type)) checkMembers(memberName, type);
    }
  };

  for (const exported of checker.getExportsOfModule(module)) {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    const name = exported.name;
    if (!hasText(symbol)) gaps.push({ symbol: name, message: 'is not documented' });
    for (const declaration of symbol.declarations ?? []) {
      if (ts.isFunctionDeclaration(declaration)) checkFunction(name, symbol, declaration);
      if (ts.isClassDeclaration(declaration) || ts.isInterfaceDeclaration(declaration)) checkMembers(name, declaration);
      if (ts.isTypeAliasDeclaration(declaration) && ts.isTypeLiteralNode(declaration.type)) {
        checkMembers(name, declaration.type);
      }
    }
  }
  return gaps;
}
