import * as z from 'zod';
import { InklingError } from '../../core/errors.js';
import { codeOf } from '../../platform/fileErrors.js';
import { compilePackageFile, readPackageFile } from '../../platform/packages.js';
import { readFigureFonts } from '../fonts.js';

/**
 * Compiles Typst markup to the contents of a PDF file.
 *
 * @param files the files that the markup refers to, by absolute path
 * @throws {InklingError} if the markup is invalid
 */
export type Typesetter = (markup: string, files: ReadonlyMap<string, Uint8Array>) => Uint8Array;

const COMPILER = '@myriaddreamin/typst-ts-web-compiler';
const TEXT_FONT = '@expo-google-fonts/stix-two-text';
const FORMULA_FONT = '@expo-google-fonts/stix-two-math';
const CODE_FONT = '@expo-google-fonts/libertinus-mono';

/** The message for users if the optional packages are not installed. */
export const TYPESETTER_MISSING = `no PDF was created because Typst and its fonts, which are optional, are not installed; to install them, run "npm install ${[COMPILER, TEXT_FONT, FORMULA_FONT, CODE_FONT].join(' ')}"`;

const fontFiles = [
  `${TEXT_FONT}/400Regular/STIXTwoText_400Regular.ttf`,
  `${TEXT_FONT}/400Regular_Italic/STIXTwoText_400Regular_Italic.ttf`,
  `${TEXT_FONT}/700Bold/STIXTwoText_700Bold.ttf`,
  `${FORMULA_FONT}/400Regular/STIXTwoMath_400Regular.ttf`,
  `${CODE_FONT}/400Regular/LibertinusMono_400Regular.ttf`,
];

const MAIN = '/report.typ';
/** The compiler's diagnostics format with one line per message. */
const ONE_LINE_DIAGNOSTICS = 2;

const resultSchema = z.union([
  z.object({ result: z.instanceof(Uint8Array) }),
  z.object({ diagnostics: z.array(z.string()) }),
]);

/** Loads Typst, isolated from files, fonts and the network; undefined if one of its packages is not installed. */
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
    const output = resultSchema.parse(compiler.compile(MAIN, undefined, 'pdf', ONE_LINE_DIAGNOSTICS));
    if ('result' in output) return output.result;
    throw new InklingError(`report: Typst could not compile the PDF: ${output.diagnostics.join('; ')}`);
  };
}
