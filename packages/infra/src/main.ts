import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { OrderStack } from './order-stack.ts';
import { readStage, StageRejected } from './stage.ts';

const app = new App();
try {
  const stage = readStage(app.node);
  new OrderStack(app, `coffee-orders-${stage.name}`, { stage });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
} catch (error) {
  if (!(error instanceof StageRejected)) throw error;
  console.error(`--context ${error.message}`);
  process.exit(1);
}
