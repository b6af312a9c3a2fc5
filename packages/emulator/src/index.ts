export { pythonTool } from './servers/python-tools.ts';
export { type MiniStackOptions, startMiniStack } from './servers/start-ministack.ts';
export { startMoto } from './servers/start-moto.ts';
export type { AwsServer } from './servers/start-server.ts';
