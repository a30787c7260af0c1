import type { IDataObject } from 'n8n-workflow';

/** A batch of items of which n8n has not said yet that it has made an execution. */
export interface Handing<State> {
	/** By which n8n knows the execution. */
	key: string;
	/** What was kept before the batch; absent where that was nothing. */
	from?: State;
}

/**
 * What a trigger keeps in n8n's static data of its node, as plain data. n8n stores it when it starts the execution of what
 * a trigger gave, and when it activates a workflow.
 */
export class Kept<State extends object> {
	/**
	 * @param data the node's static data
	 * @param subject what is watched, and in which org; what was kept of another one is of no use
	 */
	constructor(
		private readonly data: IDataObject,
		private readonly subject: string,
	) {}

	/** Undefined when nothing is kept yet. */
	get state(): State | undefined {
		return this.read('state');
	}

	/** The oldest first; none when n8n has made executions of all that was given. */
	get handing(): Array<Handing<State>> {
		return this.read('handing') ?? [];
	}

	keep(state: State | undefined, handing: ReadonlyArray<Handing<State>> = []): void {
		this.data.subject = this.subject;
		this.put('state', state);
		this.put('handing', handing.length === 0 ? undefined : handing);
	}

	/** What n8n gives watches itself being changed, so that plain data is made of it first. */
	private read<Value>(name: string): Value | undefined {
		const value = this.data.subject === this.subject ? this.data[name] : undefined;
		return value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as Value);
	}

	private put(name: string, value: object | undefined): void {
		if (value === undefined) delete this.data[name];
		else this.data[name] = value as IDataObject;
	}
}
