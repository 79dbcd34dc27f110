import type { FrontMatter } from './frontMatter.js';
import type { ReportInput } from './reportInput.js';
import { readFragments } from './readFragments.js';
import { readLogo, readReportFile } from './reportFile.js';

/** What a user adds to the report on a run or a sweep: front matter, where what is passed takes precedence over the folder's file. */
export function readInput(
  folder: string | undefined,
  { logo, ...passed }: FrontMatter & { readonly logo?: string | undefined },
): ReportInput {
  const { logo: keptLogo, ...kept } = folder === undefined ? {} : readReportFile(folder);
  const set = Object.fromEntries(Object.entries(passed).filter(([, value]) => value !== undefined));
  return {
    titles: { ...kept, ...set },
    ...(folder !== undefined && { fragments: readFragments(folder) }),
    logo:
      logo !== undefined
        ? readLogo(logo, '.')
        : folder !== undefined && keptLogo !== undefined
          ? readLogo(keptLogo, folder)
          : undefined,
  };
}
