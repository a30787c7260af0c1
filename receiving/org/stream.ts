import { unexpectedAnswer } from '../../salesforce/answers';
import { OrgError } from '../../salesforce/errors';
import { API_VERSION } from '../../salesforce/org';
import type { Org } from '../../salesforce/org';
import type { OrgResponse } from '../../salesforce/orgAccess';
import { isObject } from '../../salesforce/shapes';

/** An event as it was received. */
export interface StreamEvent {
	/** Where it stands among the events of its channel; later ones have larger numbers (Platform Events guide, replay). */
	replayId: number;
	payload: Record<string, unknown>;
}

/** Which events come: those from now on, all that Salesforce still has, or those behind a replay ID. */
export const FROM_NOW = -1;
export const ALL_KEPT = -2;

/** A message of CometD's protocol, Bayeux. */
type Message = Record<string, unknown>;

const PATH = `/cometd/${API_VERSION}`;

/**
 * One channel of Salesforce's Streaming API, by CometD's long polling: each call is an ordinary one of the org's, which
 * Salesforce answers when there are events, or after 110 seconds.
 */
export class Stream {
	private readonly cookies = new Map<string, string>();
	private clientId = '';
	private after: number = FROM_NOW;
	/** Whether nothing is missing between the event that was asked for and those that come. */
	isWhole = true;

	private constructor(
		private readonly org: Org,
		private readonly channel: string,
	) {}

	/**
	 * @param channel `/data/CaseChangeEvent`, `/event/Seat_Freed__e`
	 * @param after a replay ID, `FROM_NOW` or `ALL_KEPT`. Behind one that Salesforce has no more all that it has come.
	 * @throws OrgError; with status 401 when the session has ended, which no call of the stream's renews
	 */
	static async open(org: Org, channel: string, after: number): Promise<Stream> {
		const stream = new Stream(org, channel);
		const { clientId } = await stream.ask('handshake', {
			version: '1.0',
			minimumVersion: '1.0',
			supportedConnectionTypes: ['long-polling'],
			ext: { replay: true },
		});
		stream.clientId = String(clientId);
		await stream.subscribe(after);
		return stream;
	}

	/**
	 * The next events; none when none came for a while.
	 * @throws OrgError when the stream has to be opened anew
	 */
	async next(): Promise<StreamEvent[]> {
		const messages = await this.send('connect', { connectionType: 'long-polling' });
		checked(messages, 'connect', this.channel);
		return messages.flatMap(({ channel, data }) => {
			if (channel !== this.channel || !isObject(data) || !isObject(data.payload)) return [];
			const replayId = isObject(data.event) ? Number(data.event.replayId) : NaN;
			return replayId > this.after ? [{ replayId, payload: data.payload }] : [];
		});
	}

	/** Ends it, and the call that waits for events. */
	async close(): Promise<void> {
		await this.ask('disconnect', {});
	}

	private async subscribe(after: number): Promise<void> {
		const from = async (replayId: number): Promise<Message> =>
			await this.ask('subscribe', { subscription: this.channel, ext: { replay: { [this.channel]: replayId } } });
		try {
			await from(after);
		} catch (error) {
			if (after < 0 || !(error instanceof OrgError && error.status === 400)) throw error;
			// Salesforce keeps events for three days, and refuses to begin behind one that is gone.
			await from(ALL_KEPT);
			this.isWhole = false;
		}
		this.after = after;
	}

	private async ask(name: string, message: Message): Promise<Message> {
		return checked(await this.send(name, message), name, this.channel);
	}

	private async send(name: string, message: Message): Promise<Message[]> {
		const client = this.clientId === '' ? {} : { clientId: this.clientId };
		const cookie = [...this.cookies].map(([key, value]) => `${key}=${value}`).join('; ');
		const response = await this.org.post(
			PATH,
			[{ channel: `/meta/${name}`, ...client, ...message }],
			cookie === '' ? {} : { cookie },
		);
		this.keepCookies(response);
		return messagesIn(response);
	}

	/** Salesforce knows a client by cookies beside its ID, and refuses it without (Streaming API guide). */
	private keepCookies({ headers }: OrgResponse): void {
		// Of this header alone there may be several, which n8n's helper gives as a list.
		const given: unknown = headers['set-cookie'];
		for (const cookie of Array.isArray(given) ? given : [given]) {
			const [, key, value] = /^([^=;]+)=([^;]*)/.exec(String(cookie ?? '')) ?? [];
			if (key !== undefined && value !== undefined) this.cookies.set(key.trim(), value);
		}
	}
}

function messagesIn({ status, body }: OrgResponse): Message[] {
	try {
		const messages: unknown = JSON.parse(body);
		if (Array.isArray(messages) && messages.every(isObject)) return messages;
	} catch {
		// Told below: a page of a proxy, say.
	}
	throw unexpectedAnswer(status);
}

/**
 * The answer to a message. Salesforce says with status 200 what went wrong, as `403::Unknown client`, and of a session
 * that has ended in an extension of the handshake's answer.
 *
 * @throws OrgError with the number before the colons as its status
 */
function checked(messages: readonly Message[], name: string, channel: string): Message {
	const answer = messages.find((message) => message.channel === `/meta/${name}`);
	if (answer?.successful === true) return answer;
	const sfdc = isObject(answer?.ext) && isObject(answer.ext.sfdc) ? answer.ext.sfdc : {};
	const reason = sfdc.failureReason ?? answer?.error;
	if (typeof reason !== 'string') throw unexpectedAnswer(200);
	throw new OrgError(
		'REFUSED',
		`Salesforce sends no events of ${channel}: ${reason}.`,
		'Check that the channel exists, and that the API user may read the object and all its records.',
		{ status: Number.parseInt(reason, 10), harmless: true },
	);
}
