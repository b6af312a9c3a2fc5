// The embedded server in a process of its own, which the tests can end and start again.
interface Local {
  readonly startLocal: (options: object) => Promise<{ readonly url: string; close(): Promise<void> }>;
}

// By its place and as it was built: the server depends on this package, so this package cannot depend on the server.
const built = new URL('../../../local/dist/index.js', import.meta.url).href;
const { startLocal } = (await import(built)) as Local;
const system = await startLocal(JSON.parse(process.argv[2] ?? '{}') as object);

process.on('message', () => {
  system.close().then(
    () => process.exit(0),
    (error) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.send?.(system.url);
