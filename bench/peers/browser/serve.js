/** The version of `bench/serve.ts` for pages: `launch.js` calls the functions that it defines. */
export async function serve(prepare) {
  const job = await (await fetch('/job.json')).json();
  const prepared = await prepare(job);
  globalThis.workFor = async (wanted) => {
    const started = performance.now();
    const elapsed = () => (performance.now() - started) / 1000;
    let images = 0;
    do images += await prepared.work();
    while (elapsed() < wanted);
    return { images, seconds: elapsed() };
  };
  globalThis.checkValue = prepared.checkValue;
}
