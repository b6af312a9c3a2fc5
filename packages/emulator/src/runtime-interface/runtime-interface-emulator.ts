import { builtTool } from './build-tools.ts';

const version = 'v0.0.0-20261030222936-bef5c4ba774d';

/** Amazon's runtime interface emulator, which is Lambda to a function: the path of its program. Built when missing. */
export function runtimeInterfaceEmulator(): Promise<string> {
  return builtTool({
    name: `aws-lambda-rie-${version}`,
    file: 'aws-lambda-rie',
    needs: [['go']],
    remedy: 'for example by: apt-get install -y golang-go',
    command: (folder) => ({
      file: 'go',
      args: ['install', `github.com/aws/aws-lambda-runtime-interface-emulator/cmd/aws-lambda-rie@${version}`],
      environment: { GOBIN: folder },
    }),
  });
}
