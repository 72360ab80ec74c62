// Enough PHP for a page that greets and tells where it runs: text, echo, print, variables, joined
// strings, a few functions and the request's tables. Anything else is PHP's own fatal error.

/** A script that PHP would give up on; the text follows `PHP Fatal error:  `. */
export class PhpError extends Error {}

export interface PhpWorld {
  readonly version: string;
  readonly hostname: string;
  readonly nowMs: number;
  readonly server: ReadonlyMap<string, string>;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
  environment(name: string): string | undefined;
  information(): string;
}

export interface PhpPage {
  text: string;
  status: number;
  headers: Map<string, string>;
}

/** @throws PhpError */
export function runScript(source: string, world: PhpWorld): PhpPage {
  const script = new Script(world);
  const pattern = /<\?(php\b|=)([^]*?)(?:\?>\n?|$)/g;
  let end = 0;
  for (const match of source.matchAll(pattern)) {
    script.page.text += source.slice(end, match.index);
    const [whole, opening, code = ""] = match;
    end = match.index + whole.length;
    if (!script.run(opening === "=" ? `echo ${code}` : code)) return script.page;
  }
  script.page.text += source.slice(end);
  return script.page;
}

const TOKEN =
  /\s+|\/\/[^\n]*|#[^\n]*|\/\*[^]*?\*\/|(\$?[A-Za-z_]\w*)|(\d+(?:\.\d+)?)|'((?:\\[^]|[^'\\])*)'|"((?:\\[^]|[^"\\])*)"|([.,;()[\]=+*/-])/y;

type Token =
  { kind: "name" | "text" | "template" | "sign"; text: string } | { kind: "number"; text: string };

class Script {
  readonly page: PhpPage = { text: "", status: 200, headers: new Map() };
  readonly #world: PhpWorld;
  readonly #variables = new Map<string, string>();
  #tokens: Token[] = [];

  constructor(world: PhpWorld) {
    this.#world = world;
  }

  /** @returns false when the script has ended the page */
  run(code: string): boolean {
    this.#tokens = tokensOf(code);
    while (this.#tokens.length > 0) {
      const [first] = this.#tokens;
      if (first!.text === "exit" || first!.text === "die") return false;
      this.#statement();
      if (this.#tokens.length > 0) this.#expect(";");
    }
    return true;
  }

  #statement(): void {
    const first = this.#tokens[0]!;
    if (first.kind === "sign" && first.text === ";") return;
    if (first.kind === "name" && /^(?:echo|print)$/i.test(first.text)) {
      this.#tokens.shift();
      do this.page.text += this.#expression();
      while (this.#take(","));
      return;
    }
    if (first.text.startsWith("$") && this.#tokens[1]?.text === "=") {
      this.#tokens.splice(0, 2);
      this.#variables.set(first.text, this.#expression());
      return;
    }
    this.#expression();
  }

  #expression(): string {
    let text = this.#sum();
    while (this.#take(".")) text += this.#sum();
    return text;
  }

  #sum(): string {
    let left = this.#value();
    for (;;) {
      const sign = ["+", "-", "*", "/"].find((one) => this.#take(one));
      if (!sign) return left;
      const [a, b] = [Number(left), Number(this.#value())];
      left = String(sign === "+" ? a + b : sign === "-" ? a - b : sign === "*" ? a * b : a / b);
    }
  }

  #value(): string {
    const token = this.#tokens.shift();
    if (!token) throw new PhpError("syntax error, unexpected end of file");
    if (token.kind === "text" || token.kind === "number") return token.text;
    if (token.kind === "template") return this.#filled(token.text);
    if (token.kind === "sign" && token.text === "(") {
      const inner = this.#expression();
      this.#expect(")");
      return inner;
    }
    if (token.kind !== "name") throw new PhpError(`syntax error, unexpected token "${token.text}"`);
    if (token.text.startsWith("$")) return this.#variable(token.text);
    return this.#take("(") ? this.#call(token.text) : this.#constant(token.text);
  }

  #variable(name: string): string {
    if (!this.#take("[")) return this.#variables.get(name) ?? "";
    const key = this.#expression();
    this.#expect("]");
    return this.#lookUp(name, key);
  }

  #lookUp(name: string, key: string): string {
    const { server, query, form, environment } = this.#world;
    if (name === "$_SERVER") return server.get(key) ?? "";
    if (name === "$_GET") return query.get(key) ?? "";
    if (name === "$_POST") return form.get(key) ?? "";
    if (name === "$_REQUEST") return form.get(key) ?? query.get(key) ?? "";
    return name === "$_ENV" ? (environment(key) ?? "") : "";
  }

  /** Variables inside double quotes: `$name`, `{$name}`, `{$_GET['a']}`, `$_GET[a]`. */
  #filled(text: string): string {
    const pattern = /\{?(\$[A-Za-z_]\w*)(?:\[['"]?([\w-]+)['"]?\])?\}?/g;
    return text.replace(pattern, (_whole, name: string, key?: string) =>
      key === undefined ? (this.#variables.get(name) ?? "") : this.#lookUp(name, key),
    );
  }

  #call(name: string): string {
    const args: string[] = [];
    while (!this.#take(")")) {
      args.push(this.#expression());
      this.#take(",");
    }
    const known = Object.hasOwn(FUNCTIONS, name.toLowerCase()) && FUNCTIONS[name.toLowerCase()];
    if (!known) throw new PhpError(`Uncaught Error: Call to undefined function ${name}()`);
    return known(this.#world, args, this.page);
  }

  #constant(name: string): string {
    if (name === "PHP_VERSION") return this.#world.version;
    if (name === "PHP_EOL") return "\n";
    if (name === "PHP_OS") return "Linux";
    if (/^true$/i.test(name)) return "1";
    if (/^(?:false|null)$/i.test(name)) return "";
    throw new PhpError(`Uncaught Error: Undefined constant "${name}"`);
  }

  #take(sign: string): boolean {
    const [first] = this.#tokens;
    if (first?.kind !== "sign" || first.text !== sign) return false;
    this.#tokens.shift();
    return true;
  }

  #expect(sign: string): void {
    if (this.#take(sign)) return;
    throw new PhpError(
      `syntax error, unexpected token "${this.#tokens[0]?.text ?? "end of file"}"`,
    );
  }
}

type PhpFunction = (world: PhpWorld, args: readonly string[], page: PhpPage) => string;

const FUNCTIONS: { readonly [name: string]: PhpFunction } = {
  date: ({ nowMs }, [format = ""]) => dateText(format, nowMs),
  error_log: () => "",
  getenv: ({ environment }, [name = ""]) => environment(name) ?? "",
  gethostname: ({ hostname }) => hostname,
  header: (_world, [line = ""], page) => {
    const [name = "", ...rest] = line.split(":");
    if (/^HTTP\/\S+ \d{3}/.test(line)) page.status = Number(line.split(" ")[1]);
    else page.headers.set(name.trim(), rest.join(":").trim());
    return "";
  },
  htmlspecialchars: (_world, [text = ""]) =>
    text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`),
  http_response_code: (_world, [code], page) => {
    if (code !== undefined) page.status = Number(code);
    return String(page.status);
  },
  php_uname: ({ hostname }, [mode]) =>
    mode === "n" ? hostname : `Linux ${hostname} 6.8.0-kubonsai x86_64`,
  phpinfo: (world, _args, page) => {
    page.text += world.information();
    return "1";
  },
  phpversion: ({ version }) => version,
  strlen: (_world, [text = ""]) => String(text.length),
  strtolower: (_world, [text = ""]) => text.toLowerCase(),
  strtoupper: (_world, [text = ""]) => text.toUpperCase(),
  time: ({ nowMs }) => String(Math.floor(nowMs / 1000)),
};

function dateText(format: string, nowMs: number): string {
  const iso = new Date(nowMs).toISOString();
  const parts: { readonly [letter: string]: string } = {
    Y: iso.slice(0, 4), m: iso.slice(5, 7), d: iso.slice(8, 10), H: iso.slice(11, 13),
    i: iso.slice(14, 16), s: iso.slice(17, 19), c: `${iso.slice(0, 19)}+00:00`, T: "UTC",
    r: new Date(nowMs).toUTCString().replace("GMT", "+0000"),
  }; // prettier-ignore
  return format.replace(/[A-Za-z]/g, (letter) => parts[letter] ?? letter);
}

function tokensOf(code: string): Token[] {
  const tokens: Token[] = [];
  for (TOKEN.lastIndex = 0; TOKEN.lastIndex < code.length;) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(code);
    if (!match) throw new PhpError(`syntax error, unexpected "${code.slice(at, at + 1)}"`);
    const [, name, number, single, double, sign] = match;
    if (name !== undefined) tokens.push({ kind: "name", text: name });
    else if (number !== undefined) tokens.push({ kind: "number", text: number });
    else if (single !== undefined) {
      tokens.push({ kind: "text", text: single.replace(/\\([\\'])/g, "$1") });
    } else if (double !== undefined) tokens.push({ kind: "template", text: unescaped(double) });
    else if (sign !== undefined) tokens.push({ kind: "sign", text: sign });
  }
  return tokens;
}

const ESCAPES: { readonly [letter: string]: string } = { n: "\n", t: "\t", r: "\r" };

function unescaped(text: string): string {
  return text.replace(/\\([ntr"\\])/g, (_whole, letter: string) => ESCAPES[letter] ?? letter);
}
