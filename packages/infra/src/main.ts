import { App } from 'aws-cdk-lib';
import { checkWithNag } from './nag.ts';
import { OrderStack } from './order-stack.ts';
import { readStage, StageRejected } from './stage.ts';

const app = new App();
try {
  new OrderStack(app, readStage(app.node));
  checkWithNag(app);
} catch (error) {
  if (!(error instanceof StageRejected)) throw error;
  console.error(`--context ${error.message}`);
  process.exit(1);
}
