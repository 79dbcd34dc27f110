import { useEffect, useRef, useState } from 'preact/hooks';
import { messageOf } from '../../../components/format.js';
import { text } from '../../text/text.js';
import type { Lab } from '../../useLab.js';
import { decodePretrained, type Pretrained } from './pretrained.js';

/** Where the site has a pretrained network, if it has one. */
const FILE = 'pretrained.safetensors';

/** The pretrained network of the site, or of a file, which is loaded when it is chosen. */
export function usePretrained({ collection, network, pretrained, setPretrained }: Lab) {
  const isNeeded = collection.value.kind === 'largePhoto';
  const [isOnSite, setOnSite] = useState(false);
  const [isLoading, setLoading] = useState(false);
  const [problem, setProblem] = useState<string>();
  const latest = useRef<symbol | undefined>(undefined);
  useEffect(() => {
    // Other images ask the site for nothing.
    if (isNeeded && pretrained === undefined) void siteHasFile().then(setOnSite);
  }, [isNeeded, pretrained]);
  const use = async (read: () => Promise<Pretrained>) => {
    const own = (latest.current = Symbol('loading'));
    const replaced = network.value;
    setLoading(true);
    setProblem(undefined);
    try {
      const chosen = await read();
      if (latest.current !== own) return;
      setPretrained(chosen);
      network.choosePretrained(chosen, replaced);
    } catch (error) {
      if (latest.current === own) setProblem(text.network.pretrained.unopened(messageOf(error)));
    } finally {
      if (latest.current === own) setLoading(false);
    }
  };
  return {
    /** Whether files with such networks can be opened. */
    isNeeded,
    /** Whether there is one to choose. */
    isAvailable: isNeeded && (pretrained !== undefined || isOnSite),
    isLoading,
    problem,
    choose: () => use(async () => pretrained ?? decodePretrained(await fileOfSite())),
    open: (file: File) => use(async () => decodePretrained(new Uint8Array(await file.arrayBuffer()))),
  };
}

async function siteHasFile(): Promise<boolean> {
  const response = await fetch(FILE, { method: 'HEAD' }).catch(() => undefined);
  return response?.ok === true;
}

/** @throws {Error} when the site is not reached */
async function fileOfSite(): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(FILE).catch(() => undefined);
  if (response?.ok !== true) throw new Error(text.network.pretrained.unreached);
  return new Uint8Array(await response.arrayBuffer());
}
