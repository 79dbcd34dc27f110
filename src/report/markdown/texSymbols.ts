import type { Formula } from '../document.js';

/** Commands, each followed by its character. */
function pairs(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Array.from(text.matchAll(/(\S+) (\S)/gu), ([, command, character]) => [command, character]),
  );
}

/** Letters by the LaTeX command that writes them. */
const LETTERS = pairs(
  'alpha α beta β gamma γ delta δ epsilon ε zeta ζ eta η theta θ iota ι kappa κ lambda λ mu μ nu ν xi ξ pi π ' +
    'rho ρ sigma σ tau τ phi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Phi Φ ' +
    'Psi Ψ Omega Ω ell ℓ infty ∞ emptyset ∅ partial ∂ nabla ∇ top ⊤',
);

/** Operators and brackets by their command. */
const OPERATORS = pairs(
  'cdot · times × pm ± odot ⊙ oplus ⊕ otimes ⊗ circ ∘ ast ∗ le ≤ leq ≤ ge ≥ geq ≥ ne ≠ neq ≠ approx ≈ sim ∼ ' +
    'equiv ≡ propto ∝ ll ≪ gg ≫ sum ∑ prod ∏ int ∫ in ∈ notin ∉ subset ⊂ subseteq ⊆ cup ∪ cap ∩ forall ∀ ' +
    'exists ∃ to → rightarrow → leftarrow ← gets ← mapsto ↦ Rightarrow ⇒ mid ∣ Vert ‖ prime ′ ldots … dots … ' +
    'cdots ⋯ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ langle ⟨ rangle ⟩ { { } } % % # # & & $ $ _ _ | ‖',
);

/** Names of functions, in upright letters. */
const FUNCTIONS = [
  'arg',
  'cos',
  'deg',
  'det',
  'dim',
  'exp',
  'inf',
  'ln',
  'log',
  'max',
  'min',
  'sin',
  'sup',
  'tan',
  'tanh',
];

/** Those that are an extra space, which formulas do not have. */
const SPACES = [',', ';', ':', '!', ' ', 'quad', 'qquad', 'big', 'Big', 'limits', 'displaystyle'];

/** What a command without arguments stands for; null for one that changes nothing but spaces and sizes, undefined for others. */
export function symbolOf(command: string): Formula | null | undefined {
  if (Object.hasOwn(LETTERS, command)) return { type: 'symbol', text: LETTERS[command] };
  if (Object.hasOwn(OPERATORS, command)) return { type: 'operator', text: OPERATORS[command] };
  if (FUNCTIONS.includes(command)) return { type: 'text', text: command };
  return SPACES.includes(command) ? null : undefined;
}

/** Of several commands for a character, the first. */
const COMMANDS = new Map(
  Object.entries({ ...LETTERS, ...OPERATORS })
    .reverse()
    .map(([command, character]) => [character, `\\${command}`]),
)
  .set('−', '-')
  .set('∗', '*');

/** A character as LaTeX writes it in a formula. */
export function texOf(character: string): string {
  return COMMANDS.get(character) ?? character;
}
