import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright-core';
import { findBrowser } from '../browser.js';
import { serveFolder } from '../site/staticServer.js';

/** Chromium's own implementation of Vulkan, so that no GPU is needed. */
export const SOFTWARE_ADAPTER = [
  '--no-sandbox',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
];
const DIST = fileURLToPath(new URL('../../../dist', import.meta.url));

/** A page that has WebGPU and can import the modules of `dist`, by their path. */
export interface GpuPage {
  readonly page: Page;
  close(): Promise<void>;
}

/** The reason why tests of shaders are skipped. */
export const noGpuPage = 'no Chromium with WebGPU in PATH; "apt-get install chromium" installs it';

/** Undefined where there is no such Chromium, which is reported. */
export async function openGpuPage(): Promise<GpuPage | undefined> {
  const executablePath = findBrowser();
  if (executablePath === undefined) return undefined;
  const server = await serveFolder(DIST);
  const browser = await chromium.launch({ executablePath, args: SOFTWARE_ADAPTER });
  const page = await browser.newPage();
  await page.route('**/page', (route) => route.fulfill({ contentType: 'text/html', body: '' }));
  await page.goto(`${server.url}/page`);
  const close = async () => {
    await browser.close();
    server.close();
  };
  // Browsers without WebGPU have no `gpu`.
  const hasAdapter = await page.evaluate(async () => {
    const { gpu } = navigator as { readonly gpu?: GPU };
    return gpu !== undefined && (await gpu.requestAdapter()) !== null;
  });
  if (hasAdapter) return { page, close };
  console.warn(`Shaders are not tested: ${noGpuPage}`);
  await close();
  return undefined;
}
