import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    // Each example in a folder is a project of its own, which its tools check.
    ignores: ['build', 'dist', 'runs', 'data', '**/generated', 'src/kernels/wasm/assembly', 'examples/*/**'],
  },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: { project: './tsconfig.check.json' },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
    },
  },
  {
    // The compiler checks types everywhere; the rules that need types are slow and apply only to the product.
    files: ['**/*.{js,ts,tsx}'],
    ignores: ['src/**'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { parserOptions: { project: null } },
  },
  {
    files: ['**/*.js'],
    languageOptions: {
      globals: {
        Buffer: 'readonly',
        console: 'readonly',
        fetch: 'readonly',
        performance: 'readonly',
        process: 'readonly',
        TextDecoder: 'readonly',
        URL: 'readonly',
      },
    },
  },
);
