import { fileURLToPath } from 'node:url';

/** The folder of the built page: `index.html`, and `assets` with names that change with their content. */
export const consoleFolder: string = fileURLToPath(new URL('.', import.meta.url));
