import { createHash } from 'node:crypto';
import react from '@vitejs/plugin-react';
import type { Plugin, ProxyOptions } from 'vite';
import { defineConfig } from 'vite';

const embeddedFont = /url\(["']?data:font\/woff2;base64,([^"')]+)["']?\)/g;

/** Takes the fonts out of Cloudscape's style sheet: in it they hold up the first paint, and few of them are ever used. */
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

/** `vite` alone serves the sources and asks the server that `COFFEE_URL` names. */
const upstream: ProxyOptions = {
  target: process.env.COFFEE_URL ?? 'http://127.0.0.1:3000',
  // The server refuses to be changed by pages of other origins; this one is its own, in the making.
  configure: (proxy) => proxy.on('proxyReq', (request) => request.removeHeader('origin')),
};
const served = ['/prod', '/menu', '/workflow', '/executions', '/orders', '/invoices', '/mailbox', '/faults', '/events'];

// biome-ignore lint/style/noDefaultExport: Vite loads its configuration by the default export.
export default defineConfig({
  plugins: [react(), fontsAsFiles()],
  resolve: { conditions: ['@coffee/source', 'module', 'browser', 'development|production'] },
  build: { target: 'es2023', assetsInlineLimit: 0, manifest: true, chunkSizeWarningLimit: 1000 },
  server: { host: '127.0.0.1', proxy: Object.fromEntries(served.map((path) => [path, upstream])) },
});
