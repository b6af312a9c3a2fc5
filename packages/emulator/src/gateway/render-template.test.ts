import { codePoints } from '@coffee/domain/arbitraries';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lintTemplate, TemplateError } from './lint-template.ts';
import type { TemplateInput } from './render-template.ts';
import { escapeJavaScript, renderTemplate } from './render-template.ts';

const given: TemplateInput = {
  body: `{"a":1,"b":"it's \\"q\\" é 😀","n":null,"t":true,"e":"","o":{"k":"v"},"at":1764019200.123}`,
  parameters: { path: { orderid: 'o1' }, header: { 'Key-header': 'v-header', b: 'x' } },
  context: { path: '/prod/order', requestTimeEpoch: 1764019200123, extendedRequestId: 'ab+/c=' },
};

/** Renders a template that the lint lets pass. */
function render(template: string, changes: Partial<TemplateInput> = {}): string {
  lintTemplate(template);
  return renderTemplate(template, { ...given, ...changes }).text;
}

const escaped = `#set($body = $util.escapeJavaScript($input.body).replaceAll("\\\\'", "'"))\n`;

// What Velocity 1.7 printed with Commons Lang 2.6 and json-smart 2.2, of templates like these.
describe('renders as Velocity does', () => {
  it.each([
    [
      `${escaped}"\${body}"`,
      `"{\\"a\\":1,\\"b\\":\\"it's \\\\\\"q\\\\\\" \\u00E9 \\uD83D\\uDE00\\",\\"n\\":null,\\"t\\":true,\\"e\\":\\"\\",` +
        '\\"o\\":{\\"k\\":\\"v\\"},\\"at\\":1764019200.123}"',
    ],
    ["$input.json('$.a') $input.json('$.b') $input.json('$.missing')", '1 "it\'s \\"q\\" é 😀" ""'],
    ["$input.json('$.at') $input.json('$.t')", '1.764019200123E9 true'],
    [`#set($a = "x $!input.path('$.missing') y")\n\${a}`, 'x  y'],
    [`#set($a = "x$!input.path('$.n')y")\n\${a}`, 'xy'],
    [`#if("$!input.path('$.missing')" != "")\ny\n#else\nn\n#end`, 'n\n'],
    [`#if("$!input.path('$.at')" != "")\ny\n#else\nn\n#end`, 'y\n'],
    [`#set($s = "a:b:c")\n#set($l = $s.lastIndexOf(":") + 1)\n#set($s = $s.substring($l))\n\${s}`, 'c'],
    [`#set($s = "abc")\n#set($l = $s.lastIndexOf(":") + 1)\n#set($s = $s.substring($l))\n\${s}`, 'abc'],
    [`#set($s = $context.extendedRequestId.replaceAll("[^0-9A-Za-z_-]", ""))\n\${s}`, 'abc'],
    [`#set($s = "xxxxx")\n#set($s = $s.replaceAll("[a-z]{2}", "/"))\n\${s}`, '//x'],
    ['#set($s = "x.y")\n#if($s.contains("x.") && $s.contains("z"))\na\n#elseif($s.contains("."))\nb\n#end', 'b\n'],
    [
      '#set($found = "none")\n#set($all = $input.params().get("header"))\n#foreach($k in $all.keySet())\n' +
        `#if($k.toLowerCase() == "key-header")\n#set($found = $all.get($k))\n#end\n#end\n\${found}`,
      'v-header',
    ],
    [`#set($id = $input.params().get("path").get("orderid"))\n## a comment\n\${context.path}/\${id}`, '/prod/order/o1'],
  ])('%s', (template, expected) => {
    expect(render(template).trim()).toBe(expected.trim());
  });

  it('takes an empty body as an empty object', () => {
    expect(render(`${escaped}\${body} $input.json('$.a')`, { body: '' })).toBe('{} ""');
  });

  it('a body of 256 KiB that JSON gives back', () => {
    const order = { order: { city: `L'Aquila "x" \\ \n @@ 😀 \u2028 $5 #if $body ${'é'.repeat(130_000)}` } };
    const text = render(`${escaped}{"input": "\${body}"}`, { body: JSON.stringify(order) });
    expect(JSON.parse(JSON.parse(text).input)).toEqual(order);
  });
});

describe('overrides', () => {
  it('collects the status and the headers of the response', () => {
    const template = `#set($status = 409)
#set($context.responseOverride.status = $status)
#set($context.responseOverride.header.Retry-After = "1")
#set($context.responseOverride.header.Location = "\${context.path}/x")`;
    lintTemplate(template);
    const { status, headers } = renderTemplate(template, given);
    expect([status, { ...headers }]).toEqual([409, { 'retry-after': '1', location: '/prod/order/x' }]);
  });

  it.each([
    '#set($a = 400)\n#set($context.responseOverride.status = $a)\n#set($context.responseOverride.status = $a)',
    '#set($context.responseOverride.header.a = "1")\n#set($context.responseOverride.header.A = "2")',
    '#set($a = "409")\n#set($context.responseOverride.status = $a)',
    '#set($a = 99)\n#set($context.responseOverride.status = $a)',
    '#set($a = 600)\n#set($context.responseOverride.status = $a)',
  ])('refuses %j', (template) => {
    expect(() => render(template)).toThrow(TemplateError);
  });
});

describe('refuses what has a result that is not known', () => {
  it.each([
    ['a printed variable without a value', `\${x}`],
    ['a variable without a value in a string', `#set($x = "\${y}")`],
    ['a $context variable that does not exist', `\${context.nothing}`],
    ['#set to a missing value', "#set($x = $input.path('$.missing'))"],
    ['#set to null', "#set($x = $input.path('$.n'))"],
    ['a missing parameter', '#set($x = $input.params().get("path").get("nothing"))'],
    ['a printed map', `#set($x = $input.path('$.o'))\n\${x}`],
    ['a map as JSON', "$input.json('$.o')"],
  ])('%s', (_, template) => {
    expect(() => render(template)).toThrow(TemplateError);
  });

  it('a method of a missing value, or that the value does not have', () => {
    expect(() => render('#if($x.contains("a"))\n#end')).toThrow('get property contains of undefined');
    expect(() => render('#set($x = $input.path(\'$.a\'))\n#if($x.contains("a"))\n#end')).toThrow('is not method');
  });

  it('a body that is not JSON, where JSON is asked for', () => {
    expect(render(`${escaped}\${body}`, { body: 'oops' })).toBe('oops');
    expect(() => render("$input.json('$.a')", { body: 'oops' })).toThrow('the body is not JSON');
  });
});

describe('escapeJavaScript', () => {
  it('escapes as Commons Lang does', () => {
    expect(escapeJavaScript(`it's "q" \\ / \b\n\t\f\r \u0001\u001f\u007f\u0080\u00ff\u2028é😀`)).toBe(
      `it\\'s \\"q\\" \\\\ \\/ \\b\\n\\t\\f\\r \\u0001\\u001F\u007f\\u0080\\u00FF\\u2028\\u00E9\\uD83D\\uDE00`,
    );
  });

  it('is JSON once the apostrophes are repaired, for every string, well formed or not', () => {
    fc.assert(
      fc.property(fc.string({ unit: codePoints }), fc.array(fc.integer({ min: 0, max: 0xffff })), (text, units) => {
        for (const one of [text, String.fromCharCode(...units)]) {
          expect(JSON.parse(`"${escapeJavaScript(one).replaceAll("\\'", "'")}"`)).toBe(one);
        }
      }),
    );
  });

  it('is not JSON before that', () => {
    expect(() => JSON.parse(`"${escapeJavaScript("L'Aquila")}"`)).toThrow(SyntaxError);
  });
});
