import { afterEach, expect, test, vi } from 'vitest';
import { imageAt, loadAllImages } from '../../src/web/datasetImages.js';

/** What a server sends that fits only a few images into a response. */
function serveImages(total: number, perPage: number): string[] {
  const paths: string[] = [];
  vi.stubGlobal('sessionStorage', { getItem: () => null });
  vi.stubGlobal('fetch', (path: string) => {
    paths.push(path);
    const { searchParams } = new URL(path, 'http://localhost/');
    const first = Number(searchParams.get('first'));
    const indices = Array.from({ length: Math.min(perPage, total - first) }, (_, i) => first + i);
    const pixels = Buffer.from(indices.flatMap((index) => [index, 2 * index])).toString('base64');
    return Promise.resolve(
      Response.json({ total, indices, labels: indices.map((index) => index % 3), pixels }),
    );
  });
  return paths;
}

afterEach(() => {
  vi.unstubAllGlobals();
});

test('loads all images, also if a response has fewer than were asked for', async () => {
  serveImages(7, 3);
  const progress: number[] = [];
  const images = await loadAllImages('pets', 'test', 'a-1', (loaded) => progress.push(loaded));
  expect(images.total).toBe(7);
  expect(images.indices).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(images.labels).toEqual([0, 1, 2, 0, 1, 2, 0]);
  expect([...imageAt(images, 5)]).toEqual([5, 10]);
  expect(progress).toEqual([3, 6, 7]);
});

test('loads a part without images once', async () => {
  const paths = serveImages(0, 3);
  const images = await loadAllImages('pets', 'test', 'a-1', () => undefined);
  expect(images).toMatchObject({ total: 0, indices: [], labels: [] });
  expect(paths).toEqual(['api/data/pets/test?first=0&count=1000&run=a-1']);
});
