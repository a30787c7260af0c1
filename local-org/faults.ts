import type { Fault } from './options';

/** The fault that a request meets, which is used up by it; undefined when none matches. */
export function takeFault(faults: Fault[], method: string, path: string): Fault | undefined {
	for (const [index, fault] of faults.entries()) {
		const matches = typeof fault.path === 'string' ? path.includes(fault.path) : fault.path.test(path);
		if (!matches || (fault.method !== undefined && fault.method.toUpperCase() !== method)) continue;
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
