export { pythonTool } from './servers/python-tools.ts';
export type { AwsServer } from './servers/start-server.ts';
export { type MiniStackOptions, startMiniStack } from './servers/with-ministack.ts';
export { startMoto } from './servers/with-moto.ts';
