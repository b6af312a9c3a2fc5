import { SqliteDatabase, SqliteOrderRepository } from '@coffee/adapter-sqlite';
import { placed } from '../sample.ts';

// Bundled as the README of the adapter says, and run where nothing is installed.

const database = await SqliteDatabase.open('orders.sqlite');
const orders = new SqliteOrderRepository(database);
await orders.put(placed);
const found = await orders.get('a0', 'v0');
await database.close();
console.log(found?.total);
