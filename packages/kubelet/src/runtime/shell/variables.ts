// A shell's variables: scalars, bash's indexed arrays, attributes, function-local scopes.

export interface Variable {
  /** Undefined: declared (`export x`), not set. */
  value: string | undefined;
  /** An indexed array; its first element is the scalar value. */
  elements?: Map<number, string>;
  isExported: boolean;
  isReadonly: boolean;
}

/** An assignment to a read-only variable. */
export class ReadonlyError extends Error {}

export class Variables {
  readonly #variables: Map<string, Variable>;
  readonly #scopes: Map<string, Variable | undefined>[] = [];

  constructor(variables: Map<string, Variable> = new Map()) {
    this.#variables = variables;
  }

  static fromEnvironment(env: ReadonlyMap<string, string>): Variables {
    const variables = new Variables();
    for (const [name, value] of env) {
      variables.#variables.set(name, { value, isExported: true, isReadonly: false });
    }
    return variables;
  }

  /** For a subshell. */
  copy(): Variables {
    const copies = new Map<string, Variable>();
    for (const [name, variable] of this.#variables) {
      const copy = { ...variable };
      if (variable.elements) copy.elements = new Map(variable.elements);
      copies.set(name, copy);
    }
    return new Variables(copies);
  }

  find(name: string): Variable | undefined {
    return this.#variables.get(name);
  }

  get(name: string): string | undefined {
    const variable = this.#variables.get(name);
    return variable?.elements ? variable.elements.get(0) : variable?.value;
  }

  names(): string[] {
    return [...this.#variables.keys()].sort();
  }

  /** @throws ReadonlyError */
  set(name: string, value: string): void {
    const variable = this.#writable(name);
    if (variable.elements) variable.elements.set(0, value);
    else variable.value = value;
  }

  setElement(name: string, index: number, value: string): void {
    const variable = this.#writable(name);
    variable.elements ??= new Map(variable.value === undefined ? [] : [[0, variable.value]]);
    variable.elements.set(index, value);
  }

  setElements(name: string, values: readonly string[], isAppend = false): void {
    const variable = this.#writable(name);
    const before = isAppend ? [...(variable.elements?.values() ?? [])] : [];
    variable.elements = new Map([...before, ...values].map((value, index) => [index, value]));
  }

  elements(name: string): string[] {
    const variable = this.#variables.get(name);
    if (variable?.elements) {
      return [...variable.elements].sort((a, b) => a[0] - b[0]).map(([, value]) => value);
    }
    return variable?.value === undefined ? [] : [variable.value];
  }

  element(name: string, index: number): string | undefined {
    const variable = this.#variables.get(name);
    if (!variable?.elements) return index === 0 ? variable?.value : undefined;
    const last = Math.max(-1, ...variable.elements.keys());
    return variable.elements.get(index < 0 ? last + 1 + index : index);
  }

  declare(name: string, attributes: Partial<Pick<Variable, "isExported" | "isReadonly">>): void {
    Object.assign(this.#entry(name), attributes);
  }

  /** @throws ReadonlyError */
  unset(name: string): void {
    if (this.#variables.get(name)?.isReadonly) throw new ReadonlyError(name);
    this.#variables.delete(name);
  }

  unsetElement(name: string, index: number): void {
    this.#variables.get(name)?.elements?.delete(index);
  }

  /** What child processes get. */
  environment(): Map<string, string> {
    const env = new Map<string, string>();
    for (const [name, { isExported }] of this.#variables) {
      const value = isExported ? this.get(name) : undefined;
      if (value !== undefined) env.set(name, value);
    }
    return env;
  }

  enterScope(): void {
    this.#scopes.push(new Map());
  }

  leaveScope(): void {
    for (const [name, before] of this.#scopes.pop() ?? []) {
      if (before) this.#variables.set(name, before);
      else this.#variables.delete(name);
    }
  }

  get isInScope(): boolean {
    return this.#scopes.length > 0;
  }

  /** Keeps the value from before the function; the new one starts unset. */
  makeLocal(name: string): void {
    const scope = this.#scopes[this.#scopes.length - 1];
    if (!scope || scope.has(name)) return;
    const before = this.#variables.get(name);
    scope.set(name, before);
    const isExported = before?.isExported ?? false;
    this.#variables.set(name, { value: undefined, isExported, isReadonly: false });
  }

  #entry(name: string): Variable {
    let variable = this.#variables.get(name);
    if (!variable) {
      variable = { value: undefined, isExported: false, isReadonly: false };
      this.#variables.set(name, variable);
    }
    return variable;
  }

  #writable(name: string): Variable {
    const variable = this.#entry(name);
    if (variable.isReadonly) throw new ReadonlyError(name);
    return variable;
  }
}
