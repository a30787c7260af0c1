import type { ApiRequest } from '../http';
import type { Org } from '../org';
import { COOKIE, Client, WITHOUT_EVENTS } from './client';
import { refused, unauthenticated, unknownClient } from './messages';
import type { Message } from './messages';

/** The oldest API version that streaming takes, and the address that its errors name. */
const OLDEST = 37;
const EXAMPLE = '/cometd/66.0';

/** The streaming clients of an org: who they are and whether they may still speak. */
export class Clients {
	private readonly known = new Map<string, Client>();

	constructor(private readonly org: Org) {}

	all(): Client[] {
		return [...this.known.values()];
	}

	/** The session of a request, whose user is being served from now on, or what is answered instead. */
	session(message: Message, { headers }: ApiRequest): { userId: string; token: string } | Message {
		const token = /^(?:Bearer|OAuth)\s+(\S+)\s*$/i.exec(headers.authorization ?? '')?.[1];
		const session = this.org.settings.answer401Always ? undefined : this.org.sessions.use(token ?? '');
		if (!session || token === undefined) return unauthenticated(message, token !== undefined);
		this.org.actingUserId = session.userId;
		return { userId: session.userId, token };
	}

	/** A new client for a handshake, or what is answered instead. */
	greet(message: Message, { path }: ApiRequest, userId: string, token: string): Client | Message {
		const version = /^\/cometd\/(\d+)\.0/.exec(path)?.[1];
		if (version === undefined)
			return refused(message, `400::API version in the URI is mandatory. URI format: '${EXAMPLE}'`);
		if (Number(version) < OLDEST) {
			return refused(
				message,
				`400::Unsupported API version. Only API versions '${OLDEST}.0' and above are supported. URI format: '${EXAMPLE}'`,
			);
		}
		const client = new Client(userId, token, this.org.clock().getTime() + WITHOUT_EVENTS);
		this.known.set(client.id, client);
		return client;
	}

	/** The client that a message names, or what is answered instead. */
	find(message: Message, { headers }: ApiRequest, userId: string): Client | Message {
		const client = this.known.get(String(message.clientId));
		if (client && client.expiresAt <= this.org.clock().getTime()) this.forget(client);
		if (!client || !this.has(client) || client.userId !== userId) return unknownClient(message);
		if (client.isIn(headers.cookie)) return client;
		return refused(message, `400::Client ${client.id} has established a session, but no ${COOKIE} cookie present`);
	}

	has(client: Client): boolean {
		return this.known.has(client.id);
	}

	/** Ends a client, and its connect that waits. */
	forget(client: Client): void {
		this.known.delete(client.id);
		client.wake();
	}
}
