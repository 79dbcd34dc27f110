import { InklingError } from '../../core/errors.js';
import type { Formula } from '../document.js';
import { symbolOf } from '../markdown/texSymbols.js';

/** Words with their command, a command, a number, a letter, or any other character; spaces separate them. */
const TOKEN = /\\(?:text|mathrm|operatorname)\s*\{[^{}]*\}|\\(?:[a-zA-Z]+|[^])|\d+(?:\.\d+)?|\S/gu;
const MAX_DEPTH = 30;
const COMMANDS_WITH_TEXT = ['text', 'mathrm', 'operatorname'];
const BRACKETS_THAT_GROW = ['left', 'right'];
const PRIME: Formula = { type: 'operator', text: '′' };

/**
 * A formula of the part of LaTeX that reports have: letters, numbers, operators, fractions, roots, hats, and what is above or below.
 *
 * @param tex without the dollar signs
 * @param file names the text in error messages
 * @throws {InklingError} for anything else, or braces that do not match
 */
export function parseMath(tex: string, file: string): Formula {
  return new MathParser(tex, file).parse();
}

class MathParser {
  readonly #tokens: string[];
  #next = 0;
  #depth = 0;

  constructor(
    private readonly tex: string,
    private readonly file: string,
  ) {
    this.#tokens = tex.match(TOKEN) ?? [];
  }

  parse(): Formula {
    const formula = this.#row(undefined);
    if (isEmpty(formula)) throw this.#problem('a formula', 'none');
    return formula;
  }

  /** All until a closing brace, or until the end. */
  #row(end: '}' | undefined): Formula {
    if (++this.#depth > MAX_DEPTH)
      throw this.#problem(`at most ${MAX_DEPTH} parts within each other`, 'more');
    const parts: Formula[] = [];
    while (this.#peek() !== end) {
      if (this.#peek() === undefined) throw this.#problem('"}"', 'the end');
      parts.push(...this.#scripted());
    }
    this.#next++;
    this.#depth--;
    return parts.length === 1 ? parts[0] : { type: 'row', parts };
  }

  /** A part with what is above and below it; none for a space. */
  #scripted(): Formula[] {
    const base = this.#atom();
    if (base === undefined) return [];
    let subscript: Formula | undefined;
    let superscript: Formula | undefined;
    for (let sign = this.#peek(); sign === '_' || sign === '^' || sign === "'"; sign = this.#peek()) {
      this.#next++;
      const isBelow = sign === '_';
      if ((isBelow ? subscript : superscript) !== undefined) {
        throw this.#problem(`one "${isBelow ? '_' : '^'}" after a symbol`, 'two');
      }
      if (isBelow) subscript = this.#argument(sign);
      else superscript = sign === "'" ? this.#primes() : this.#argument(sign);
    }
    if (subscript === undefined && superscript === undefined) return [base];
    return [
      {
        type: 'scripts',
        base,
        ...(subscript && { subscript }),
        ...(superscript && { superscript }),
      },
    ];
  }

  /** One prime that has been read, those after it, and what is above after them, as in LaTeX. */
  #primes(): Formula {
    const parts = [PRIME];
    for (; this.#peek() === "'"; this.#next++) parts.push(PRIME);
    if (this.#peek() === '^') {
      this.#next++;
      parts.push(this.#argument('^'));
    }
    return parts.length === 1 ? PRIME : { type: 'row', parts };
  }

  #atom(): Formula | undefined {
    const token = this.#tokens[this.#next++];
    if (token === '{') return this.#row('}');
    if (token.startsWith('\\')) return this.#command(token.slice(1));
    if (/^\d/.test(token)) return { type: 'number', text: token };
    if (/^\p{L}$/u.test(token)) return { type: 'symbol', text: token };
    if (/^[}_^&#%~$"`]$/.test(token)) throw this.#problem('a symbol', `"${token}"`);
    return { type: 'operator', text: token === '-' ? '−' : token === '*' ? '∗' : token };
  }

  #command(name: string): Formula | undefined {
    if (name === 'frac') {
      return { type: 'fraction', numerator: this.#argument('\\frac'), denominator: this.#argument('\\frac') };
    }
    if (name === 'sqrt') return { type: 'root', radicand: this.#argument('\\sqrt') };
    if (name === 'hat') return { type: 'hat', base: this.#argument('\\hat') };
    const [, command = name, words] = /^([a-z]+)\s*\{(.*)\}$/su.exec(name) ?? [];
    if (COMMANDS_WITH_TEXT.includes(command)) return { type: 'text', text: this.#text(command, words) };
    if (BRACKETS_THAT_GROW.includes(name)) {
      // A dot stands for no bracket.
      if (this.#peek() === '.') this.#next++;
      return undefined;
    }
    const symbol = symbolOf(name);
    if (symbol !== undefined) return symbol ?? undefined;
    throw this.#problem('a command that reports know', `\\${name}`);
  }

  /** A part in braces, a command, or a character: of a number, its first digit, as in LaTeX. */
  #argument(of: string): Formula {
    const token = this.#peek();
    if (token !== undefined && /^\d./.test(token)) {
      this.#tokens.splice(this.#next, 1, token[0], token.slice(1));
    }
    const argument = token === undefined || token === '}' ? undefined : this.#atom();
    if (argument === undefined) throw this.#problem(`a symbol or "{" after "${of}"`, token ?? 'the end');
    return argument;
  }

  /** Letters, digits, and hyphens. Only `\text` keeps the spaces, which nothing may then remove or break. */
  #text(command: string, words: string | undefined): string {
    if (words === undefined || !/^[\p{L}\d\s-]*[\p{L}\d-][\p{L}\d\s-]*$/u.test(words)) {
      throw this.#problem(`letters in braces after "\\${command}"`, words ?? this.#peek() ?? 'the end');
    }
    return words.replaceAll(/\s+/g, command === 'text' ? '\u00a0' : '');
  }

  #peek(): string | undefined {
    return this.#tokens.at(this.#next);
  }

  #problem(expected: string, got: string): InklingError {
    return new InklingError(
      `${this.file}: "$${this.tex}$": expected ${expected}, got ${got}; correct the formula, or write \\$ for a dollar sign`,
    );
  }
}

function isEmpty(formula: Formula): boolean {
  return formula.type === 'row' && formula.parts.length === 0;
}
