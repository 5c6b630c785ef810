import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** A piece of code that the documentation shows: where it stands, the folder it runs in, its text. */
interface Example {
  readonly place: string;
  readonly folder: string;
  readonly code: string;
}

/** The code of every `@example` in a source file. */
function docstringExamples(path: string, folder: string): Example[] {
  const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022, true);
  const found: Example[] = [];
  const visit = (node: ts.Node): void => {
    for (const tag of ts.getJSDocTags(node)) {
      if (tag.parent.parent !== node || tag.tagName.text !== 'example') continue;
      const text = ts.getTextOfJSDocComment(tag.comment) ?? '';
      const code = /```ts\n([\s\S]*?)```/.exec(text)?.[1] ?? '';
      const line = file.getLineAndCharacterOfPosition(tag.getStart()).line + 1;
      found.push({ place: `${relative(root, path)}:${line}`, folder, code });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** The `ts` blocks of a Markdown file. */
function markdownExamples(path: string, folder: string): Example[] {
  const text = readFileSync(path, 'utf8');
  return [...text.matchAll(/```ts\n([\s\S]*?)```/g)].map((match) => ({
    place: `${relative(root, path)}:${text.slice(0, match.index).split('\n').length}`,
    folder,
    code: match[1],
  }));
}

const packages = readdirSync(join(root, 'packages')).map((name) => join(root, 'packages', name));
const examples = packages.flatMap((folder) => [
  ...readdirSync(join(folder, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.startsWith('generated'))
    .flatMap((file) => docstringExamples(join(folder, 'src', file), folder)),
  ...(existsSync(join(folder, 'README.md')) ? markdownExamples(join(folder, 'README.md'), folder) : []),
]);
examples.push(...markdownExamples(join(root, 'README.md'), join(root, 'benchmarks')));
const docs = join(root, 'docs');
const pages = readdirSync(docs, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.md') && !/^(?:api|node_modules|\.vitepress)\//.test(file),
);
examples.push(...pages.flatMap((file) => markdownExamples(join(docs, file), docs)));

describe('the examples of docstrings and READMEs', () => {
  it('exist', () => {
    expect(examples.length).toBeGreaterThan(10);
  });

  /** What each example threw or wrote to standard error, by its place. */
  const complaints = new Map<string, string>();

  beforeAll(async () => {
    for (const folder of new Set(examples.map((example) => example.folder))) {
      const own = examples.filter((example) => example.folder === folder);
      // Modules below the folder that shows them find packages as its own code does.
      const made = join(folder, 'test-report/examples');
      rmSync(made, { recursive: true, force: true });
      mkdirSync(made, { recursive: true });
      const paths = own.map(({ code }, i) => {
        const path = join(made, `${i}.mjs`);
        const { outputText } = ts.transpileModule(code, {
          compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
        });
        writeFileSync(path, outputText);
        return path;
      });
      const [list, results] = ['list.json', 'results.json'].map((file) => join(made, file));
      writeFileSync(list, JSON.stringify(paths));
      await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'run-examples.mjs'), list, results]);
      const found = JSON.parse(readFileSync(results, 'utf8')) as string[];
      own.forEach(({ place }, i) => {
        complaints.set(place, found[i]);
      });
    }
  }, 120_000);

  it.each(examples)('$place runs as it stands', ({ code, place }) => {
    expect(code, 'a ts code block').not.toBe('');
    expect(complaints.get(place)).toBe('');
  });

  it('pass the type check', () => {
    const files = new Map(
      examples.map(({ code, folder }, i) => [join(folder, `example-${i}.ts`), `${code}\nexport {};\n`]),
    );
    const options: ts.CompilerOptions = {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      types: ['node'],
      strict: true,
      noEmit: true,
      skipLibCheck: true,
    };
    const host = ts.createCompilerHost(options);
    const { getSourceFile, fileExists } = host;
    host.fileExists = (path) => files.has(path) || fileExists(path);
    host.getSourceFile = (path, ...rest) => {
      const text = files.get(path);
      return text === undefined
        ? getSourceFile(path, ...rest)
        : ts.createSourceFile(path, text, ts.ScriptTarget.ES2022);
    };
    const diagnostics = ts.getPreEmitDiagnostics(ts.createProgram([...files.keys()], options, host));
    const places = [...files.keys()];
    const found = diagnostics.map(({ file, messageText }) => {
      const { place } = examples[places.indexOf(file?.fileName ?? '')] ?? { place: 'nowhere' };
      return `${place}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
    expect(found).toEqual([]);
  });
});

describe('the programs under examples/', () => {
  const programs = readdirSync(join(root, 'examples'), { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.js'),
  );

  it.concurrent.each(programs)('%s runs and has something to say', async (program) => {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [join(root, 'examples', program)]);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/\S/);
  });
});
