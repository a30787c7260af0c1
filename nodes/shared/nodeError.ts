import { ExpressionError, NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { INode } from 'n8n-workflow';

import type { ErrorKind, Retry } from '../../salesforce/errorCodes';
import { OrgError } from '../../salesforce/errors';

/** An error in the parts that a person reads, whatever class it is of. */
export interface ReadableError {
	message: string;
	/** What to do next; empty where there is nothing to say. */
	remedy: string;
	/** Salesforce's code; empty where Salesforce was not asked. */
	code: string;
	/** API names of the fields that Salesforce names. */
	fields: string[];
	/** What sort of thing is wrong, and when the item may be sent again. */
	kind: ErrorKind;
	retry: Retry;
}

/** The readable parts of any error that a plan or a run gives. */
export function readable(error: Error): ReadableError {
	const { remedy, fields } = error as Error & Partial<ReadableError>;
	return {
		message: error.message,
		remedy: remedy ?? (error instanceof ExpressionError ? 'Correct the expressions among the parameters.' : ''),
		code: error instanceof OrgError ? error.shownCode : '',
		fields: fields ?? [],
		...(error instanceof OrgError ? { kind: error.kind, retry: error.retry } : { kind: 'input', retry: 'afterChange' }),
	};
}

/**
 * The error that n8n shows. It is made of words alone: the failed request, with the token in its headers, does not
 * come along.
 *
 * @param itemIndex the item it is about; undefined when it is about all
 * @param more a further sentence for the description, such as what was saved nevertheless
 */
export function nodeError(node: INode, error: Error, itemIndex?: number, more = ''): NodeApiError | NodeOperationError {
	const { message, remedy, code } = readable(error);
	const description = [remedy, more].filter(Boolean).join(' ');
	const where = itemIndex === undefined ? '' : `Item ${itemIndex}: `;
	const options = { message: `${where}${message}`, description, itemIndex };
	if (error instanceof OrgError) return new NodeApiError(node, { message: code }, options);
	return new NodeOperationError(node, options.message, options);
}
