import { readPackageFile } from '../platform/packages.js';

/** What figures are lettered in. Their SVG names it first, then what a page has without it. */
export const FIGURE_FONT = 'Lato';

/** The regular and the bold font, as TrueType: resvg and Typst read that, and neither sees the system's fonts. */
export function readFigureFonts(): Promise<Uint8Array<ArrayBuffer>[]> {
  return Promise.all(
    ['400Regular/Lato_400Regular.ttf', '700Bold/Lato_700Bold.ttf'].map((file) =>
      readPackageFile(`@expo-google-fonts/lato/${file}`),
    ),
  );
}
