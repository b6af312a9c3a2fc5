import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { api } from '../edge/serve-edge.ts';
import { lintTemplate, TemplateError } from './lint-template.ts';

const folder = new URL('../../../infra/src/api/templates/', import.meta.url);
const files = readdirSync(folder);

it('finds the templates of the stack', () => {
  expect(files.length).toBeGreaterThan(3);
});

describe.each(files)('%s', (file) => {
  const template = readFileSync(new URL(file, folder), 'utf8');

  it('has only what velocityjs renders as Amazon does', () => {
    expect(() => lintTemplate(template)).not.toThrow();
  });

  it('is used', () => {
    const used = api.routes.flatMap(({ integration }) =>
      integration.type === 'AWS'
        ? [integration.requestTemplate, ...integration.responses.map((response) => response.template)]
        : [],
    );
    const fixed = template.split('\n').filter((line) => !/@\w+@/.test(line));
    expect(used.some((text) => fixed.every((line) => text.split('\n').includes(line)))).toBe(true);
  });
});

describe('refuses', () => {
  it.each([
    ['a condition that is not true or false', '#if($x)\n#end'],
    ['a condition of a quiet reference', '#if("$!x")\n#end'],
    ['a comparison with a number', '#if($x == 0)\n#end'],
    ['a comparison with what may be null', '#if($x == "")\n#end'],
    ['a negation', '#if(!$x.contains("a"))\n#end'],
    ['a directive in a line of output', 'a#if($x.contains("a"))b#end'],
    ['#set to a value that may be null', "#set($x = $input.path('$'))"],
    ['#set of what API Gateway gave', '#set($context = "x")'],
    ['#set of another override', '#set($context.requestOverride.header.a = "x")'],
    ['a status that was not checked', '#set($context.responseOverride.status = "409")'],
    ['a difference', '#set($x = $y - 1)'],
    ['a printed reference that may have no value', '{"a": $x}'],
    ['a printed value of the body', '{"a": "$input.path(\'$.a\')"}'],
    ['an indefinite path', '{"a": $input.json(\'$..a\')}'],
    ['a nested path', '{"a": $input.json(\'$.a.b\')}'],
    ['a regular expression', '#set($x = $y.replaceAll("a+", ""))'],
    ['a class in a class', '#set($x = $y.replaceAll("[a[b]]", ""))'],
    ['a replacement', '#set($x = $y.replaceAll("[a]", "$0"))'],
    ['another method', '#set($x = $y.split(":"))'],
    ['another method of an object', '#set($x = $util.parseJson($input.body))'],
    ['an escaped reference', '{"a": "\\$x"}'],
    ['an escaped quote', '#set($x = "\\"")'],
    ['a macro', '#macro(a)\n#end'],
    ['a loop over anything but keys', '#foreach($x in $y)\n#end'],
    ['a block comment', '#* a *#'],
    ['a formal directive', '#{if}("a" == "a")\n#end'],
    ['an #if without #end', '#if("a" == "a")\na'],
    ['an #end too many', '#if("a" == "a")\n#end\n#end'],
  ])('%s', (_, template) => {
    expect(() => lintTemplate(template)).toThrow(TemplateError);
  });
});
