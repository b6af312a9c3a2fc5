import { describe, expect, it } from 'vitest';
import { api } from '../edge/serve-edge.ts';
import { lintTemplate, TemplateError } from './lint-template.ts';

const templates = api.routes.flatMap(({ integration, httpMethod, path }) =>
  integration.type === 'AWS'
    ? [integration.requestTemplate, ...integration.responses.map((response) => response.template)].map(
        (template, index) => [`${httpMethod} ${path}, template ${index}`, template] as const,
      )
    : [],
);

it('finds the templates of the stack', () => {
  expect(templates).toHaveLength(10);
});

it.each(templates)('%s has only what velocityjs renders as Amazon does', (_, template) => {
  expect(() => lintTemplate(template)).not.toThrow();
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
    ['another method of an object', '#set($x = $util.urlDecode($input.body))'],
    ['an escaped reference', '{"a": "\\$x"}'],
    ['an escaped quote', '#set($x = "\\"")'],
    ['a printed value of the authorizer', '{"a": $context.authorizer.caller}'],
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
