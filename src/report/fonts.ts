import { readPackageFile } from '../platform/packages.js';

/** The regular and bold TrueType files of the figure font. */
export function readFigureFonts(): Promise<Uint8Array<ArrayBuffer>[]> {
  return Promise.all(
    ['400Regular/Lato_400Regular.ttf', '700Bold/Lato_700Bold.ttf'].map((file) =>
      readPackageFile(`@expo-google-fonts/lato/${file}`),
    ),
  );
}
