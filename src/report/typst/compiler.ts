import { z } from 'zod';
import { InklingError } from '../../core/errors.js';
import { codeOf } from '../../platform/files.js';
import { compilePackageFile, readPackageFile } from '../../platform/packages.js';
import { readFigureFonts } from '../fonts.js';

/**
 * Makes the bytes of a PDF file of Typst markup.
 *
 * @param files that the markup names, by their absolute paths
 * @throws {InklingError} when the markup is wrong
 */
export type Typesetter = (markup: string, files: ReadonlyMap<string, Uint8Array>) => Uint8Array;

const COMPILER = '@myriaddreamin/typst-ts-web-compiler';
const TEXT = '@expo-google-fonts/stix-two-text';
const FORMULAS = '@expo-google-fonts/stix-two-math';
const CODE = '@expo-google-fonts/libertinus-mono';

/** What to say where there is no typesetter. */
export const NO_TYPESETTER = `no PDF: Typst and its fonts are optional packages; "npm install ${[COMPILER, TEXT, FORMULAS, CODE].join(' ')}" brings them`;

const fontFiles = [
  `${TEXT}/400Regular/STIXTwoText_400Regular.ttf`,
  `${TEXT}/400Regular_Italic/STIXTwoText_400Regular_Italic.ttf`,
  `${TEXT}/700Bold/STIXTwoText_700Bold.ttf`,
  `${FORMULAS}/400Regular/STIXTwoMath_400Regular.ttf`,
  `${CODE}/400Regular/LibertinusMono_400Regular.ttf`,
];

const MAIN = '/report.typ';
/** Of the compiler's ways to describe what is wrong, the one of a line each. */
const IN_LINES = 2;

const resultSchema = z.union([
  z.object({ result: z.instanceof(Uint8Array) }),
  z.object({ diagnostics: z.array(z.string()) }),
]);

/** Typst, or nothing where one of its packages is not installed. It sees no files, no fonts and no network but what it is given. */
export async function findTypesetter(): Promise<Typesetter | undefined> {
  try {
    return await loadTypesetter();
  } catch (error) {
    if (['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'].includes(codeOf(error) ?? '')) return undefined;
    throw error;
  }
}

async function loadTypesetter(): Promise<Typesetter> {
  const typst = await import('@myriaddreamin/typst-ts-web-compiler');
  const [fonts, figureFonts] = await Promise.all([
    Promise.all(fontFiles.map(readPackageFile)),
    readFigureFonts(),
    typst.default({ module_or_path: compilePackageFile(`${COMPILER}/wasm`) }),
  ]);
  const builder = new typst.TypstCompilerBuilder();
  builder.set_dummy_access_model();
  for (const font of [...fonts, ...figureFonts]) await builder.add_raw_font(font);
  const compiler = await builder.build();
  return (markup, files) => {
    compiler.reset_shadow();
    compiler.add_source(MAIN, markup);
    for (const [path, bytes] of files) compiler.map_shadow(path, bytes);
    const answer = resultSchema.parse(compiler.compile(MAIN, undefined, 'pdf', IN_LINES));
    if ('result' in answer) return answer.result;
    throw new InklingError(`report: Typst cannot set it: ${answer.diagnostics.join('; ')}`);
  };
}
