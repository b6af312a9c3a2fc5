// The fence around the hexagon: imports point inward only (docs/architecture.md). Packages are matched by the role in
// their name, so a new adapter is fenced the day it is created.
const inside = (...names) => `^packages/(${names.join('|')})/|^@coffee/(${names.join('|')})(/|$)`;
const anyPackage = '^packages/([^/]+)/|^@coffee/';
const tests = '\\.test\\.ts$|/test-support/';

const only = (name, ...allowed) => ({
  name: `${name}-imports-inward`,
  comment: `${name} may import ${allowed.length > 0 ? allowed.join(', ') : 'no other package of this repository'}`,
  severity: 'error',
  from: { path: `^packages/${name}/`, pathNot: tests },
  to: { path: anyPackage, pathNot: inside(name, ...allowed) },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    only('domain'),
    only('api', 'domain'),
    only('ports', 'domain'),
    only('application', 'domain', 'ports'),
    only('adapter-[^/]+', 'domain', 'ports', 'aws-errors'),
    only('aws-errors', 'ports'),
    only('workflow', 'domain', 'ports', 'application'),
    only('console', 'domain', 'api'),
    only('cli', 'domain', 'api'),
    {
      name: 'adapters-apart',
      comment: 'An adapter never imports another, not even in a test of its own behaviour.',
      severity: 'error',
      from: { path: '^packages/adapter-([^/]+)/', pathNot: tests },
      to: { path: '^packages/adapter-|^@coffee/adapter-', pathNot: '^packages/adapter-$1/' },
    },
    {
      name: 'container-at-the-edge',
      comment: 'Only the composition roots know Inversify.',
      severity: 'error',
      from: { path: '^packages/', pathNot: [inside('lambdas', 'local'), tests] },
      to: { path: 'node_modules/(inversify|@inversifyjs|reflect-metadata)|^(inversify|@inversifyjs|reflect-metadata)' },
    },
    {
      name: 'core-without-vendors',
      comment: 'The core imports no SDK, no server and nothing of Node.js.',
      severity: 'error',
      from: {
        path: '^packages/(domain|ports|application)/src',
        pathNot: [tests, '^packages/ports/src/contracts/', '/arbitraries\\.ts$'],
      },
      to: { dependencyTypes: ['core', 'npm'], pathNot: 'node_modules/zod/|^zod' },
    },
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-test-in-product',
      severity: 'error',
      from: { path: '^packages/', pathNot: tests },
      to: { path: tests },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/dist/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@coffee/source', 'import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.json', '.d.ts'],
    },
  },
};
