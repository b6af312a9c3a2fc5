// The embedded server in a process of its own, so that tests can kill and restart it.
interface Local {
  readonly startLocal: (options: object) => Promise<{ readonly url: string; close(): Promise<void> }>;
}

// By path and as built: the server depends on this package, so this package cannot depend on the server.
const built = new URL('../../../local/dist/index.js', import.meta.url).href;
const { startLocal } = (await import(built)) as Local;
const system = await startLocal(JSON.parse(process.argv[2] ?? '{}') as object);

process.on('message', async () => {
  await system.close();
  process.exit();
});
process.send?.(system.url);
