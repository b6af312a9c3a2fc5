import { escapeJavaScript } from './escape-javascript.ts';
import { parseJson } from './json.ts';
import { TemplateError } from './template-error.ts';
import type { Value } from './value.ts';
import { JavaObject, textOf } from './value.ts';

/** `$util`. */
export class UtilObject extends JavaObject {
  override readonly reference = '$util';

  override call(method: string, args: readonly Value[]): Value {
    const [value = null] = args;
    if (args.length !== 1) return super.call(method, args);
    const text = textOf(value, `the argument of $util.${method}()`);
    switch (method) {
      case 'escapeJavaScript':
        return escapeJavaScript(text);
      case 'parseJson':
        return parseJson(text, 'the argument of $util.parseJson()');
      case 'urlEncode':
        return urlEncode(text);
      case 'urlDecode':
        return urlDecode(text);
      case 'base64Encode':
        return Buffer.from(text, 'utf8').toString('base64');
      case 'base64Decode':
        return Buffer.from(text, 'base64').toString('utf8');
      default:
        return super.call(method, args);
    }
  }
}

/** `java.net.URLEncoder`: form encoding, which keeps `.`, `-`, `*` and `_`. */
function urlEncode(text: string): string {
  if (!text.isWellFormed()) throw new TemplateError('$util.urlEncode() of a lone surrogate is not modelled');
  return encodeURIComponent(text).replace(/%20|[!'()~]/g, (found) =>
    found === '%20' ? '+' : `%${found.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function urlDecode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch (error) {
    throw new TemplateError(`$util.urlDecode() of ${text}`, { cause: error });
  }
}
