import type { ApiResponse } from './http';
import type { Fault } from './options';

/**
 * The fault that a request meets, which is used up by it; undefined when none matches.
 *
 * @param inside whether it is a sub-request of a Composite call
 */
export function takeFault(faults: Fault[], method: string, path: string, inside = false): Fault | undefined {
	for (const [index, fault] of faults.entries()) {
		const matches = typeof fault.path === 'string' ? path.includes(fault.path) : fault.path.test(path);
		if (
			!matches ||
			inside !== (fault.inside ?? false) ||
			(fault.method !== undefined && fault.method.toUpperCase() !== method)
		)
			continue;
		if (fault.skip !== undefined && fault.skip > 0) {
			fault.skip--;
			continue;
		}
		const left = (fault.times ?? 1) - 1;
		if (left > 0) fault.times = left;
		else faults.splice(index, 1);
		return fault;
	}
	return undefined;
}

/** The answer that a fault gives in place of the org's; undefined when it leaves the answer alone. */
export function faultAnswer({ status, body, headers }: Fault): ApiResponse | undefined {
	if (status === undefined && body === undefined) return undefined;
	const content = typeof body === 'string' ? { text: body, contentType: 'text/html; charset=UTF-8' } : { body };
	return { status: status ?? 500, ...content, headers };
}
