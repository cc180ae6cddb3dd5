/** The execution was stopped from outside. Never retried, and never turned into an output item. */
export class CanceledError extends Error {
	override readonly name = 'CanceledError';

	constructor() {
		super('The execution was canceled');
	}
}
