/** Asks for names of attachments as long as the organization lets itself be asked for them. */
import { ApiError } from '../../http/errors';

export class FileNames {
	/** Whether queries ask for them. */
	isAsked: boolean;

	/** Whether a query was refused with them and answered without. */
	isRefused = false;

	constructor(isAsked: boolean) {
		this.isAsked = isAsked;
	}

	/** Calls `ask` with names of files, and once more without where only those are refused. */
	async ask<T>(ask: (files: boolean) => Promise<T>): Promise<T> {
		if (!this.isAsked) return await ask(false);
		const result = await attempt(async () => await ask(true));
		if (!(result instanceof Refused)) return result;
		const answer = await ask(false);
		this.isAsked = false;
		this.isRefused = true;
		return answer;
	}
}

class Refused {}

async function attempt<T>(ask: () => Promise<T>): Promise<T | Refused> {
	try {
		return await ask();
	} catch (cause) {
		return refused(cause);
	}
}

function refused(cause: unknown): Refused {
	if (cause instanceof ApiError && QUERY_FAULTS.has(cause.details.code ?? '')) return new Refused();
	throw cause;
}

const QUERY_FAULTS = new Set(['INVALID_FIELD', 'INVALID_TYPE', 'MALFORMED_QUERY']);
