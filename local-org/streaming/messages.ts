import { isObject } from '../http';

/** A message of the Bayeux protocol, as a client sends it or as it is answered. */
export type Message = Record<string, unknown>;

/** Advice to begin anew: the org has forgotten the client (recorded, kdcllc/CometD.NetCore.Salesforce#43). */
export const HANDSHAKE = { interval: 0, reconnect: 'handshake' };
/** Advice to stop: the session has ended (docs:streaming-api, handling errors). */
export const STOP = { reconnect: 'none', interval: 0 };

/** The messages of a request's body: a list, or one by itself. Undefined when it is neither. */
export function messagesIn(text: string): Message[] | undefined {
	try {
		const body: unknown = JSON.parse(text);
		const list: unknown[] = Array.isArray(body) ? body : [body];
		return list.every(isObject) ? list : undefined;
	} catch {
		return undefined;
	}
}

/** The answer to a message that did what it asked. */
export const done = ({ channel, id, clientId }: Message, more: Message = {}): Message => ({
	clientId,
	channel,
	...(id === undefined ? {} : { id }),
	...more,
	successful: true,
});

/** The answer to one that did not: `403::Unknown client`. */
export const refused = ({ channel, id }: Message, error: string, more: Message = {}): Message => ({
	...more,
	channel,
	...(id === undefined ? {} : { id }),
	error,
	successful: false,
});

/** The org does not know the client, or not any more. */
export const unknownClient = (message: Message): Message =>
	refused(message, '403::Unknown client', { advice: HANDSHAKE });

/**
 * The session of a message has ended, or none was sent; a handshake says so by another error and tells why in its
 * extension (docs:streaming-api, handling errors).
 */
export function unauthenticated(message: Message, hasToken: boolean): Message {
	const reason = hasToken ? '401::Authentication invalid' : '401::Request requires authentication';
	if (message.channel !== '/meta/handshake')
		return refused(message, reason, { clientId: message.clientId, advice: STOP });
	return refused(message, '403::Handshake denied', {
		ext: { sfdc: { failureReason: reason }, replay: true, 'payload.format': true },
		advice: { reconnect: 'none' },
	});
}
