import { isObject } from '../http';
import type { ApiRequest, ApiResponse } from '../http';
import type { Org } from '../org';
import { AFTER_EVENTS, COOKIE, Client, WITHOUT_EVENTS } from './client';
import { Clients } from './clients';
import { deliver } from './delivery';
import { done, messagesIn, refused, unauthenticated } from './messages';
import type { Message } from './messages';
import { refusalOf, startOf } from './subscription';

/** Longest body, in bytes; 413 beyond (docs:streaming-api, how the client connects). */
const MAX_BODY = 32_768;
/** What cannot be answered by messages. */
const plain = (status: number, text: string): ApiResponse => ({ status, text, contentType: 'text/plain' });
const RETRY = { interval: 0, timeout: WITHOUT_EVENTS, reconnect: 'retry' };

/**
 * The Streaming API under `/cometd/NN.0`: CometD by long polling, with the replay extension. Every request that can be
 * read is answered with status 200, and what went wrong stands in the messages: clients read the reasons there.
 */
export class Streaming {
	private readonly clients: Clients;
	private isClosed = false;

	constructor(private readonly org: Org) {
		this.clients = new Clients(org);
		org.storage.afterCommit = () => this.wakeSoon();
		org.sessions.onEnd = () => this.wakeSoon();
	}

	/** Whether a path is one of streaming's. */
	static serves(path: string): boolean {
		return /^\/cometd(\/|\?|$)/.test(path);
	}

	/** Answers a request; `gone` says that its client has hung up. A connect may wait for events. */
	async answer(request: ApiRequest, gone: AbortSignal): Promise<ApiResponse> {
		if (request.method !== 'POST') return plain(405, 'Method Not Allowed');
		if (Buffer.byteLength(request.text) > MAX_BODY) return plain(413, 'Maximum Request Size Exceeded');
		const messages = messagesIn(request.text);
		if (!messages) return plain(400, 'Invalid Bayeux message');
		const headers: Record<string, string> = {};
		const replies: Message[] = [];
		for (const message of messages) {
			if (message.channel === '/meta/connect') replies.push(...(await this.connect(message, request, gone)));
			else replies.push(this.act(message, request, headers));
		}
		return { status: 200, body: replies, headers };
	}

	/** Lets go of every client: the org closes. */
	close(): void {
		this.isClosed = true;
		for (const client of this.clients.all()) this.clients.forget(client);
	}

	private wakeSoon(): void {
		if (this.clients.all().length === 0) return;
		// Not inside the call whose transaction ended: it goes on as its own user.
		setImmediate(() => {
			if (this.isClosed) return;
			for (const client of this.clients.all()) if (this.isDue(client)) client.wake();
		});
	}

	/** Whether a client has something to be told. */
	private isDue({ token, subscriptions }: Client): boolean {
		if (!this.org.sessions.peek(token)) return true;
		return [...subscriptions.values()].some(
			({ channel, after }) => this.org.events.after(channel, after, 1).length > 0,
		);
	}

	private act(message: Message, request: ApiRequest, headers: Record<string, string>): Message {
		const session = this.clients.session(message, request);
		if (!isSession(session)) return session;
		if (message.channel === '/meta/handshake') return this.handshake(message, request, session, headers);
		const client = this.clients.find(message, request, session.userId);
		if (!(client instanceof Client)) return client;
		switch (message.channel) {
			case '/meta/subscribe':
				return this.subscribe(message, client);
			case '/meta/unsubscribe':
				client.subscriptions.delete(String(message.subscription));
				return done(message, { subscription: message.subscription });
			case '/meta/disconnect':
				this.clients.forget(client);
				return done(message);
			default:
				return refused(message, '403:denied_by_security_policy:publish_denied', { clientId: client.id });
		}
	}

	private handshake(
		message: Message,
		request: ApiRequest,
		{ userId, token }: Session,
		headers: Record<string, string>,
	): Message {
		const client = this.clients.greet(message, request, userId, token);
		if (!(client instanceof Client)) return client;
		headers['Set-Cookie'] = `${COOKIE}=${client.cookie}; path=/; HttpOnly`;
		// Recorded by kdcllc/CometD.NetCore.Salesforce#43.
		return {
			ext: { replay: true, 'payload.format': true },
			minimumVersion: '1.0',
			supportedConnectionTypes: ['long-polling'],
			version: '1.0',
			...done({ ...message, clientId: client.id }),
		};
	}

	private subscribe(message: Message, client: Client): Message {
		const channel = String(message.subscription ?? '');
		const start = refusalOf(this.org, channel) ?? startOf(this.org, message, channel);
		if (typeof start === 'string') return refused(message, start, { clientId: client.id, subscription: channel });
		client.subscriptions.set(channel, { channel, after: start });
		return done(message, { subscription: channel });
	}

	private async connect(message: Message, request: ApiRequest, gone: AbortSignal): Promise<Message[]> {
		const session = this.clients.session(message, request);
		if (!isSession(session)) return [session];
		const client = this.clients.find(message, request, session.userId);
		if (!(client instanceof Client)) return [client];
		const type = message.connectionType ?? 'long-polling';
		if (type !== 'long-polling')
			return [refused(message, `400::Invalid connection type {${String(type)}}`, { clientId: client.id })];
		client.token = session.token;
		client.wake();
		const isFirst = !client.hasConnected;
		client.hasConnected = true;
		const ready = this.take(client);
		const events = ready.length > 0 || isFirst ? ready : await this.waitFor(client, gone);
		// A client that waits keeps its session alive (docs:streaming-api, handling errors); one that was ended is told.
		if (this.org.settings.answer401Always || !this.org.sessions.use(session.token)) {
			this.clients.forget(client);
			return [unauthenticated(message, true)];
		}
		client.expiresAt = this.org.clock().getTime() + (events.length > 0 ? AFTER_EVENTS : WITHOUT_EVENTS);
		return [...events, done(message, isFirst ? { advice: RETRY } : {})];
	}

	/** The events that come while a connect waits; none when its time is over or it has lost its client. */
	private async waitFor(client: Client, gone: AbortSignal): Promise<Message[]> {
		if (this.isClosed || gone.aborted) return [];
		await client.wait(this.org.settings.longPollMs, gone);
		const isLost = this.isClosed || gone.aborted || !this.clients.has(client);
		return isLost || !this.org.sessions.peek(client.token) ? [] : this.take(client);
	}

	/** The events that a client has not been sent, in the order of their making. */
	private take({ userId, subscriptions }: Client): Message[] {
		this.org.actingUserId = userId;
		return [...subscriptions.values()]
			.flatMap((subscription) => deliver(this.org, subscription))
			.sort((a, b) => replayIdOf(a) - replayIdOf(b));
	}
}

/** Whose session a request has. */
interface Session {
	userId: string;
	token: string;
}

const isSession = (found: Session | Message): found is Session => 'userId' in found;

function replayIdOf({ data }: Message): number {
	return isObject(data) && isObject(data.event) ? Number(data.event.replayId) : 0;
}
