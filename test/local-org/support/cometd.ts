import type { LocalOrg } from '../../../local-org';
import { signIn } from './client';

export type Message = Record<string, unknown> & { channel: string; successful?: boolean; error?: string };

/** A streaming client that speaks CometD by itself, so that a test sees every message. */
export class Listener {
	private cookie = '';
	private number = 0;
	clientId = '';

	private constructor(
		private readonly org: LocalOrg,
		public token: string,
		private readonly path: string,
	) {}

	/** A client that has shaken hands. */
	static async open(org: LocalOrg, path = '/cometd/66.0', token?: string): Promise<Listener> {
		const listener = new Listener(org, token ?? (await signIn(org)), path);
		await listener.handshake();
		return listener;
	}

	/** Sends messages in one request. */
	async send(messages: Record<string, unknown>[], init: RequestInit = {}): Promise<Message[]> {
		const response = await fetch(this.org.url + this.path, {
			method: 'POST',
			headers: {
				authorization: `Bearer ${this.token}`,
				'content-type': 'application/json',
				...(this.cookie === '' ? {} : { cookie: this.cookie }),
			},
			body: JSON.stringify(messages.map((message) => ({ id: String(++this.number), ...message }))),
			...init,
		});
		expect(response.status).toBe(200);
		this.cookie = response.headers.get('set-cookie')?.split(';')[0] ?? this.cookie;
		return (await response.json()) as Message[];
	}

	async handshake(): Promise<Message> {
		const version = { version: '1.0', minimumVersion: '1.0', supportedConnectionTypes: ['long-polling'] };
		const [answer] = await this.send([{ channel: '/meta/handshake', ...version }]);
		this.clientId = typeof answer?.clientId === 'string' ? answer.clientId : '';
		return answer as Message;
	}

	async meta(channel: string, more: Record<string, unknown> = {}): Promise<Message> {
		const answers = await this.send([{ channel: `/meta/${channel}`, clientId: this.clientId, ...more }]);
		return answers.at(-1) as Message;
	}

	/** Subscribes, behind a replay ID when one is given. */
	async subscribe(channel: string, replayId?: number): Promise<Message> {
		const ext = replayId === undefined ? {} : { ext: { replay: { [channel]: replayId } } };
		return await this.meta('subscribe', { subscription: channel, ...ext });
	}

	/** The events of one connect, and its own answer. */
	async connect(init: RequestInit = {}): Promise<{ events: EventMessage[]; answer: Message }> {
		const message = { channel: '/meta/connect', clientId: this.clientId, connectionType: 'long-polling' };
		const answers = await this.send([message], init);
		return { events: answers.slice(0, -1) as unknown as EventMessage[], answer: answers.at(-1) as Message };
	}
}

/** An event as a client receives it. */
export interface EventMessage {
	channel: string;
	data: {
		schema: string;
		payload: Record<string, unknown> & { ChangeEventHeader: ChangeHeader };
		event: { replayId: number };
	};
}

export interface ChangeHeader {
	entityName: string;
	recordIds: string[];
	changeType: string;
	changedFields: string[];
	changeOrigin: string;
	transactionKey: string;
	sequenceNumber: number;
	commitTimestamp: number;
	commitUser: string;
}
