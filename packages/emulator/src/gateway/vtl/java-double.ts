/** A number that the JSON text wrote with a fraction or an exponent. It prints as Java's `Double.toString` does. */
export class JavaDouble {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }

  toString(): string {
    const size = Math.abs(this.value);
    if (Object.is(this.value, -0)) return '-0.0';
    if (size === 0 || (size >= 1e-3 && size < 1e7)) return withFraction(String(this.value));
    const [digits = '', exponent = ''] = this.value.toExponential().split('e');
    return `${withFraction(digits)}E${Number(exponent)}`;
  }
}

const withFraction = (digits: string): string => (digits.includes('.') ? digits : `${digits}.0`);
