import type { ApiRequest, ApiResponse } from '../http';

/** Calls that are kept whole, the newest ones; a client that reads a million records must not fill the memory. */
const KEPT = 100;
/** Above so many records, or characters of a request, a body is not kept. */
const MOST_RECORDS = 200;
const MOST_CHARACTERS = 200_000;

/** What goes to these holds passwords and secrets, and what comes back holds tokens. */
const SECRET = /^\/services\/(oauth2|Soap)\//i;

/** A body that can be shown, or why it cannot. */
export type ShownBody = { shown: unknown } | { notShown: string };

/** One call as the page shows it. */
export interface LoggedCall {
	/** Counts from 1, through all calls. */
	number: number;
	at: Date;
	milliseconds: number;
	method: string;
	path: string;
	/** 0 when the connection was cut. */
	status: number;
	records?: number;
	request: ShownBody;
	response: ShownBody;
}

/** The newest calls, with their bodies, for the org's page. */
export class CallLog {
	private readonly kept: LoggedCall[] = [];
	private count = 0;

	/**
	 * @param response undefined when the connection was cut
	 * @param at when the call came in
	 */
	add({ method, path, text }: ApiRequest, response: ApiResponse | undefined, at: Date, milliseconds: number): void {
		this.count += 1;
		const secret = SECRET.test(path);
		this.kept.push({
			...{ number: this.count, at, milliseconds, method, path },
			status: response?.status ?? 0,
			records: response?.records,
			request: secret ? HIDDEN : text.length > MOST_CHARACTERS ? TOO_LONG : { shown: text },
			response: secret ? HIDDEN : answerOf(response),
		});
		if (this.kept.length > KEPT) this.kept.shift();
	}

	/** The newest first. */
	newest(): LoggedCall[] {
		return this.kept.toReversed();
	}

	/** The call of this number, as long as it is kept. */
	find(number: number): LoggedCall | undefined {
		return this.kept.find((call) => call.number === number);
	}
}

const HIDDEN = { notShown: 'Not shown: it holds secrets.' };
const TOO_LONG = { notShown: 'Not kept: it is too long.' };

function answerOf(response: ApiResponse | undefined): ShownBody {
	if (response === undefined) return { notShown: 'None: the connection was cut.' };
	if ((response.records ?? 0) > MOST_RECORDS) return TOO_LONG;
	return { shown: response.text ?? response.body ?? '' };
}
