import { readPackageFile } from '../platform/packages.js';

/** What figures are lettered in where a machine's own fonts are out of reach: on paper and in PNG files. */
export const FIGURE_FONT = 'Lato';

/** Its regular and its bold font, as TrueType, which resvg and Typst both read. */
export function readFigureFonts(): Promise<Uint8Array<ArrayBuffer>[]> {
  return Promise.all(
    ['400Regular/Lato_400Regular.ttf', '700Bold/Lato_700Bold.ttf'].map((file) =>
      readPackageFile(`@expo-google-fonts/lato/${file}`),
    ),
  );
}
