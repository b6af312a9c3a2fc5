import { createHash } from 'node:crypto';
import react from '@vitejs/plugin-react';
import type { Plugin, ProxyOptions } from 'vite';
import { defineConfig } from 'vite';

const embeddedFont = /url\(["']?data:font\/woff2;base64,([^"')]+)["']?\)/g;

/** Takes the fonts out of Cloudscape's style sheet: inside it they delay the first paint, and most are never used. */
function fontsAsFiles(): Plugin {
  return {
    name: 'fonts-as-files',
    apply: 'build',
    generateBundle(_, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'asset' || !file.fileName.endsWith('.css') || typeof file.source !== 'string') continue;
        file.source = file.source.replace(embeddedFont, (_, base64: string) => {
          const source = Buffer.from(base64, 'base64');
          const name = `open-sans-${createHash('sha256').update(source).digest('hex').slice(0, 8)}.woff2`;
          this.emitFile({ type: 'asset', fileName: `assets/${name}`, source });
          return `url(${name})`;
        });
      }
    },
  };
}

/** `vite` serves the sources, and passes calls on to the server at `COFFEE_URL`. */
const upstream: ProxyOptions = {
  target: process.env.COFFEE_URL ?? 'http://127.0.0.1:3000',
  // The server refuses changes from pages of other origins, and takes those of its own, as this one will be.
  configure: (proxy) => proxy.on('proxyReq', (request) => request.removeHeader('origin')),
};
const served = [
  '/prod',
  '/menu',
  '/workflow',
  '/executions',
  '/orders',
  '/invoices',
  '/mailbox',
  '/faults',
  '/events',
  '/issuer',
];

// biome-ignore lint/style/noDefaultExport: Vite loads its configuration by the default export.
export default defineConfig({
  plugins: [react(), fontsAsFiles()],
  resolve: { conditions: ['@coffee/source', 'module', 'browser', 'development|production'] },
  build: { target: 'es2023', assetsInlineLimit: 0, manifest: true, chunkSizeWarningLimit: 1000 },
  server: { host: '127.0.0.1', proxy: Object.fromEntries(served.map((path) => [path, upstream])) },
});
