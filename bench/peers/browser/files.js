/** The version of `../files.js` for pages: fetches what the jobs read. */
const job = await (await fetch('/job.json')).json();
const names = [`${job.network}.json`, `${job.network}.safetensors`, 'images-28x28x1.u8', 'labels.u8'];
const files = new Map(
  await Promise.all(
    names.map(async (name) => [name, new Uint8Array(await (await fetch(`/fixture/${name}`)).arrayBuffer())]),
  ),
);

export function readFixtureFile(_, name, length = Infinity) {
  return files.get(name).subarray(0, length);
}
