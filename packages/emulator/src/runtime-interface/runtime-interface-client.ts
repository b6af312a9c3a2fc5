import { builtTool } from './build-tools.ts';
import { nodeHeaders } from './node-headers.ts';

const version = '3.3.0';

/**
 * Amazon's runtime interface client for Node.js, which is what runs a function on Lambda: the path of its program.
 * Built when missing, in a minute or two; its native part speaks Node-API, so that one build serves every Node.js.
 */
export async function runtimeInterfaceClient(): Promise<string> {
  const headers = await nodeHeaders();
  return builtTool({
    name: `aws-lambda-ric-${version}`,
    file: 'node_modules/aws-lambda-ric/bin/index.mjs',
    needs: [
      ['npm'],
      ['python3'],
      ['make'],
      ['g++', 'c++'],
      ['cmake', 'cmake3'],
      ['autoconf'],
      ['automake'],
      ['libtoolize'],
    ],
    remedy:
      'for example by: apt-get install -y autoconf automake cmake g++ libtool make python3 (3.11, or with setuptools)',
    command: (folder) => ({
      file: 'npm',
      args: ['install', '--prefix', folder, '--no-save', '--no-audit', '--no-fund', `aws-lambda-ric@${version}`],
      ...(headers === undefined ? {} : { environment: { npm_config_nodedir: headers } }),
    }),
  });
}
