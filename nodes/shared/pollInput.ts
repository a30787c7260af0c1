import { DateTime } from 'luxon';
import type { IPollFunctions, ITriggerFunctions } from 'n8n-workflow';

import { Reading } from './reading';
import type { Declared } from './reading';

/** The parameters of a trigger, which has no items. */
export class PollInput extends Reading {
	/** In the workflow's time zone. */
	readonly now: DateTime;

	constructor(private readonly host: IPollFunctions | ITriggerFunctions) {
		super();
		this.now = DateTime.now().setZone(host.getTimezone());
	}

	override value({ name }: Pick<Declared, 'name'>): unknown {
		return this.host.getNodeParameter(name, null) as unknown;
	}

	override typed({ name }: Pick<Declared, 'name'>): unknown {
		return this.host.getNodeParameter(name, null, { rawExpressions: true }) as unknown;
	}

	/** Every parameter of the description is there: n8n puts the default where none was saved. */
	override has(): boolean {
		return true;
	}
}
