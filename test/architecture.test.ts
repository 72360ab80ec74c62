// The rules of the house, held by the suite. A failure says what to do.

import { readdirSync, readFileSync, existsSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Which packages of ours each package may import. `store` gives the apiserver its client only. */
const layers: { [name: string]: string[] } = {
  api: [],
  clock: [],
  client: ["api", "clock"],
  store: ["clock"],
  apiserver: ["api", "clock", "store"],
  scheduler: ["api", "clock", "client"],
  "controller-manager": ["api", "clock", "client"],
  kubelet: ["api", "clock", "client"],
  cluster: ["apiserver", "client", "clock", "controller-manager", "kubelet", "scheduler", "store"],
  cli: ["api", "client", "clock", "cluster"],
};

const bannedGlobals =
  /\b(Date\.now\(|new Date\(\)|setTimeout\(|setInterval\(|performance\.now\(|Math\.random\(|randomUUID\()/;
const bannedNames = /(^|\/)(utils?|helpers?|common|misc|manager|impl|base|types)(\.ts|\/)/;

const LINES_IN_A_FILE = 400;

interface Source {
  /** From the root: `packages/api/src/kind.ts` */
  path: string;
  packageName: string;
  text: string;
  imports: string[];
}

const sources = Object.keys(layers).flatMap(sourcesOf);
const byPath = new Map(sources.map((source) => [source.path, source]));

describe("packages", () => {
  it("import only what their layer allows", () => {
    const wrong = sources.flatMap(({ path, packageName, imports }) =>
      imports
        .filter((name) => name.startsWith("@kubonsai/"))
        .map((name) => name.slice("@kubonsai/".length))
        .filter((name) => !layers[packageName]!.includes(name))
        .map((name) => `${path} imports ${name}: meet in objects, or move the code down a layer`),
    );
    expect(wrong).toEqual([]);
  });

  it("stay inside their folder with relative imports", () => {
    const wrong = sources.flatMap(({ path, packageName, imports }) =>
      imports
        .filter((name) => name.startsWith("."))
        .map((name) => relative(root, resolve(root, dirname(path), name)))
        .filter((target) => !target.startsWith(`packages/${packageName}/src/`))
        .map((target) => `${path} reaches into ${target}: import the package's door`),
    );
    expect(wrong).toEqual([]);
  });

  it.each(Object.keys(layers))(
    "%s names in package.json and tsconfig.json what it imports",
    (name) => {
      const folder = join(root, "packages", name);
      const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
      const config = JSON.parse(readFileSync(join(folder, "tsconfig.json"), "utf8"));
      const dependencies = Object.keys(manifest.dependencies ?? {})
        .filter((dependency) => dependency.startsWith("@kubonsai/"))
        .map((dependency) => dependency.slice("@kubonsai/".length));
      const references = (config.references ?? []).map(({ path }: { path: string }) =>
        path.slice(3),
      );
      expect(dependencies.sort()).toEqual([...layers[name]!].sort());
      expect(references.sort()).toEqual([...layers[name]!].sort());
    },
  );

  it("have no import cycles between files", () => {
    expect(findCycles()).toEqual([]);
  });

  it("have no file that nothing reaches", () => {
    const reached = reachable(
      sources.filter(({ path }) => /^packages\/[^/]+\/src\/(index|main)\.ts$/.test(path)),
    );
    const dead = sources.filter((source) => !reached.has(source)).map(({ path }) => path);
    expect(dead, "delete these, or import them where they belong").toEqual([]);
  });
});

describe("files", () => {
  it("take time and chance from the clock package", () => {
    const wrong = sources
      .filter(({ packageName }) => packageName !== "clock")
      .flatMap(({ path, text }) =>
        codeLines(text)
          .filter(({ line }) => bannedGlobals.test(line))
          .map(({ line, number }) => `${path}:${number} take a Clock or Random: ${line.trim()}`),
      );
    expect(wrong).toEqual([]);
  });

  it("are named for one idea", () => {
    const wrong = sources.filter(({ path }) => bannedNames.test(path)).map(({ path }) => path);
    expect(wrong, "name the idea").toEqual([]);
  });

  it("begin by saying what they are", () => {
    const wrong = sources.filter(({ text }) => !text.startsWith("// ")).map(({ path }) => path);
    expect(wrong, "add one to three lines at the top").toEqual([]);
  });

  it("are of a size that a person reads", () => {
    const long = sources
      .map(({ path, text }) => ({ path, lines: text.split("\n").length }))
      .filter(({ lines }) => lines > LINES_IN_A_FILE)
      .map(({ path, lines }) => `${path} has ${lines} lines: one idea, one file`);
    expect(long).toEqual([]);
  });

  it("have no default exports", () => {
    const wrong = sources.filter(({ text }) => /^export default/m.test(text));
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });
});

describe("documents", () => {
  it("link to files that exist", () => {
    const broken = markdownFiles().flatMap((path) =>
      [...readFileSync(join(root, path), "utf8").matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)]
        .map((match) => match[1]!)
        .filter((target) => !existsSync(resolve(root, dirname(path), target)))
        .map((target) => `${path} links to ${target}`),
    );
    expect(broken).toEqual([]);
  });
});

function sourcesOf(packageName: string): Source[] {
  const folder = join("packages", packageName, "src");
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => {
      const path = join(folder, name);
      const text = readFileSync(join(root, path), "utf8");
      return { path, packageName, text, imports: importsOf(text) };
    });
}

/** Static imports and re-exports, and `import("…")`; type-only ones too. */
function importsOf(text: string): string[] {
  const pattern =
    /^(?:import|export)\b[^"';]*?from\s+"([^"]+)"|^import\s+"([^"]+)"|\bimport\("([^"]+)"\)/gm;
  return [...text.matchAll(pattern)].map((match) => (match[1] ?? match[2] ?? match[3])!);
}

/** What `source` imports of its own package; `valuesOnly` leaves out type-only imports. */
function neighbours(source: Source, valuesOnly = false): Source[] {
  const text = valuesOnly
    ? source.text.replace(/^(?:import|export) type [^;]+;/gm, "")
    : source.text;
  return importsOf(text)
    .filter((name) => name.startsWith("."))
    .flatMap((name) => {
      const path = relative(root, resolve(root, dirname(source.path), name));
      return byPath.get(path) ?? [];
    });
}

function reachable(from: Source[]): Set<Source> {
  const seen = new Set(from);
  for (const source of seen) for (const next of neighbours(source)) seen.add(next);
  return seen;
}

function findCycles(): string[] {
  const cycles: string[] = [];
  const done = new Set<Source>();
  const visit = (source: Source, trail: Source[]) => {
    const start = trail.indexOf(source);
    if (start >= 0) {
      cycles.push([...trail.slice(start), source].map(({ path }) => path).join(" → "));
      return;
    }
    if (done.has(source)) return;
    for (const next of neighbours(source, true)) visit(next, [...trail, source]);
    done.add(source);
  };
  for (const source of sources) visit(source, []);
  return cycles;
}

function codeLines(text: string): { line: string; number: number }[] {
  return text
    .split("\n")
    .map((line, index) => ({ line, number: index + 1 }))
    .filter(({ line }) => !/^\s*(\/\/|\*|\/\*)/.test(line));
}

function markdownFiles(): string[] {
  const docs = readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" });
  return [
    ...readdirSync(root).filter((name) => name.endsWith(".md")),
    ...docs.filter((name) => name.endsWith(".md")).map((name) => join("docs", name)),
  ];
}
