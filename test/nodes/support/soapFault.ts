import type { Fault } from '../../../local-org';

/** A fault of the local org: what SOAP answers to the next call that it refuses as a whole. */
export function soapFault(code: string, status = 500): Pick<Fault, 'path' | 'status' | 'body'> {
	const fault = `<faultcode>sf:${code}</faultcode><faultstring>${code}: No</faultstring>`;
	return { path: '/services/Soap', status, body: `<Envelope><Body><Fault>${fault}</Fault></Body></Envelope>` };
}

/** What SOAP answers to a token that it does not take: deleted records are made anew then. */
export const noSoap = soapFault('INVALID_SESSION_ID');
