import { createHash } from 'node:crypto';

/**
 * Makes Swagger UI follow the system's colours, and fixes what it lacks for keyboard and screen reader users: links
 * inside buttons, fields without a name, code that scrolls.
 */
const script = `
const dark = matchMedia('(prefers-color-scheme: dark)');
const follow = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
dark.addEventListener('change', follow);
follow();
const nameOf = (field) => {
  if (field.id === 'servers') return 'Server';
  if (field.matches('.examples-select-element')) return 'Example';
  return field.closest('tr')?.dataset.paramName ?? 'Request body';
};
const fix = () => {
  for (const field of document.querySelectorAll('select, textarea, input')) {
    if (!field.ariaLabel) field.ariaLabel = nameOf(field);
  }
  for (const code of document.querySelectorAll('pre')) code.tabIndex = 0;
};
new MutationObserver(fix).observe(document.getElementById('page'), { childList: true, subtree: true });
const plainNames = () => ({
  wrapComponents: { DeepLink: (_, { React }) => ({ text }) => React.createElement('span', null, text) },
});
SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#page',
  deepLinking: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
  syntaxHighlight: { theme: 'obsidian' },
  plugins: [plainNames],
});
`;

/** Gives enough contrast to what Swagger UI draws too pale. */
const style = `
body { margin: 0; }
.swagger-ui .info .title small { background: #59606f; }
.swagger-ui .info .title small.version-stamp { background: #466b00; }
html:not(.dark-mode) .swagger-ui :is(.info a, .info .link, a.link) { color: #2463a8; }
html:not(.dark-mode) .swagger-ui .opblock-summary-method { color: #000; text-shadow: none; }
html:not(.dark-mode) .swagger-ui .parameter__in { color: #5a5a5a; }
html:not(.dark-mode) .swagger-ui .renderedMarkdown code { color: #6b00c9; }
html:not(.dark-mode) .swagger-ui .btn.cancel { color: #b00020; }
html:not(.dark-mode) .swagger-ui .btn.authorize { color: #1d6b45; }
html:not(.dark-mode) .swagger-ui .btn.execute { background: #2463a8; border-color: #2463a8; }
html:not(.dark-mode) .swagger-ui .json-schema-2020-12-expand-deep-button { color: #5a5a5a; }
html.dark-mode .swagger-ui .btn.cancel { color: #ff9d9d !important; }
html.dark-mode .swagger-ui .headers .header-col { color: #e4e6e6; }
html.dark-mode .swagger-ui .opblock.opblock-put :is(.opblock-section, .responses-wrapper) .opblock-section-header {
  background: #7a452c;
}
.swagger-ui .download-contents { background: #59606f; }
.swagger-ui .opblock-tag small { flex: 1 1 12em; }
@media (max-width: 640px) { .swagger-ui .response-col_links { display: none; } }
`;

/** The page at `/docs`: Swagger UI with files of this server only. */
export const docsPage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Coffee orders: the API</title>
<link rel="icon" href="/docs/favicon-32x32.png">
<link rel="stylesheet" href="/docs/swagger-ui.css">
<style>${style}</style>
</head>
<body>
<div id="page"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script>${script}</script>
</body>
</html>
`;

/** What the page needs besides its server's own files: Swagger UI sets styles itself and draws icons from data URLs. */
export const docsSources = {
  imgSrc: ["'self'", 'data:'],
  scriptSrc: ["'self'", `'sha256-${createHash('sha256').update(script).digest('base64')}'`],
  styleSrc: ["'self'", "'unsafe-inline'"],
};
