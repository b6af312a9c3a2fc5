// biome-ignore lint/style/noDefaultExport: orval loads its configuration by the default export.
export default {
  api: {
    input: process.env.DOCUMENT,
    output: { target: 'generated/orval/api.ts', client: 'fetch', baseUrl: process.env.ORIGIN },
  },
};
