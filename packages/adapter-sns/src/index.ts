export { SnsNotifier } from './sns-notifier.ts';
