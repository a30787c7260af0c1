/**
 * A number that is no whole one by its field, as Salesforce's CSV writes it: as Java does, with a point always, and from
 * ten million on, or below a thousandth, with an exponent: `23.0`, `1.6147805824397E13`.
 */
export function javaDouble(value: number): string {
	const size = Math.abs(value);
	if (value === 0 || (size >= 1e-3 && size < 1e7)) {
		const text = String(value);
		return text.includes('.') ? text : `${text}.0`;
	}
	const [digits = '', exponent = ''] = value.toExponential().split('e');
	return `${digits.includes('.') ? digits : `${digits}.0`}E${Number(exponent)}`;
}
