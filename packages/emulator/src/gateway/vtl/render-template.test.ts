import { describe, expect, it } from 'vitest';
import recorded from './recorded/velocity-1.7.json' with { type: 'json' };
import type { TemplateContext } from './render-template.ts';
import { renderTemplate } from './render-template.ts';
import { TemplateError } from './template-error.ts';

const given: TemplateContext = {
  body: recorded.body,
  parameters: {
    path: { 'Key-path': 'v-path' },
    querystring: { 'Key-querystring': 'v-querystring' },
    header: { 'Key-header': 'v-header' },
  },
  context: {
    path: '/prod/order',
    requestTimeEpoch: 1764019200123,
    extendedRequestId: 'ab+/c=',
    httpMethod: 'POST',
    identity: { sourceIp: '127.0.0.1', user: null },
  },
};

const render = (template: string, changes: Partial<TemplateContext> = {}): string =>
  renderTemplate(template, { ...given, ...changes }).text;

describe('what Velocity 1.7 printed, with Commons Lang 2.6 and json-smart 2.2', () => {
  it.each(recorded.rendered as [string, string][])('%s', (template, expected) => {
    expect(render(template)).toBe(expected);
  });

  it.each(recorded.refused)('refused here: %s', (template) => {
    expect(() => render(template)).toThrow(TemplateError);
  });
});

describe('$input', () => {
  it('searches path, query string and header in this order, and tells names apart by case', () => {
    const parameters = {
      path: { a: 'path' },
      querystring: { a: 'query', b: 'query' },
      header: { b: 'header', C: 'h' },
    };
    const template = "$input.params('a') $input.params('b') $input.params('C') [$input.params('c')]";
    expect(render(template, { parameters })).toBe('path query h []');
  });

  it('takes an empty body as an empty object', () => {
    expect(render("$input.body $input.json('$') [$!input.path('$.a')]", { body: '' })).toBe('{} {} []');
  });

  it('tells a JSON null from a missing value in json(), not in path()', () => {
    expect(render("$input.json('$.n') $input.json('$.missing')")).toBe('null ""');
    expect(render("#if($input.path('$.n'))y#else n#end#if($input.path('$.missing'))y#else n#end")).toBe(' n n');
  });

  it.each(["$input.json('$..a')", "$input.json('$.c[*]')", "$input.json('$.c[0:1]')", "$input.json('a')"])(
    'refuses an indefinite path: %s',
    (template) => {
      expect(() => render(template)).toThrow(TemplateError);
    },
  );

  it('refuses a body that is not JSON only where JSON is asked for', () => {
    expect(render('$input.body', { body: 'oops' })).toBe('oops');
    expect(() => render("$input.json('$')", { body: 'oops' })).toThrow('the body is not JSON');
  });
});

describe('overrides', () => {
  it('collects status and headers', () => {
    const { responseOverride, requestOverride } = renderTemplate(
      `#set($context.responseOverride.status = 409)
       #set($context.responseOverride.header.Retry-After = "1")
       #set($context.responseOverride.header['Location'] = "\${context.path}/x")
       #set($context.requestOverride.header.X-Y = "z")`,
      given,
    );
    expect(responseOverride).toEqual({ status: 409, header: { 'Retry-After': '1', Location: '/prod/order/x' } });
    expect(requestOverride).toEqual({ header: { 'X-Y': 'z' }, path: {}, querystring: {} });
  });

  it.each([
    '#set($context.responseOverride.status = 400)#set($context.responseOverride.status = 401)',
    "#set($context.responseOverride.header.a = '1')#set($context.responseOverride.header.A = '2')",
    "#set($context.responseOverride.status = '409')",
    '#set($context.responseOverride.status = 99)',
    "#set($context.responseOverride.body = 'x')",
    "#set($context.path = '/x')",
    "#set($context = 'x')",
    "#set($input.body = 'x')",
  ])('refuses %s', (template) => {
    expect(() => render(template)).toThrow(TemplateError);
  });
});

describe('what is refused because its result is not known', () => {
  it.each([
    ['a $context variable that does not exist', '$!context.nothing'],
    ['a printed map', "$input.path('$.o')"],
    ['a printed list', "$input.path('$.c')"],
    ['an escaped null', "$util.escapeJavaScript($input.path('$.missing'))"],
    ['a function of AppSync', '$util.autoId()'],
    ['a null argument', '#if($context.path.contains($nothing))x#end'],
    ['an index outside a list', "$!input.path('$.c').get(9)"],
  ])('%s', (_, template) => {
    expect(() => render(template)).toThrow(TemplateError);
  });

  it('prints a $context value that is null only quietly', () => {
    expect(render('[$!context.identity.user]')).toBe('[]');
    expect(() => render('$context.identity.user')).toThrow('has no value');
  });
});

it('renders a body of 256 KiB that JSON gives back', () => {
  const order = { order: { city: `L'Aquila "x" \\ \n @@ 😀 \u2028 $5 #if ${'é'.repeat(130_000)}` } };
  const body = JSON.stringify(order);
  const text = render('{"input": "$util.escapeJavaScript($input.body).replaceAll("\\\\\'", "\'")"}', { body });
  expect(JSON.parse(JSON.parse(text).input)).toEqual(order);
});
