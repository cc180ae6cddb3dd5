/** An answer that came, was paid for, and is not the text that was asked for. */
export class TextError extends Error {
	override readonly name = 'TextError';

	constructor(
		message: string,
		/** What the user can do. */
		readonly description: string,
	) {
		super(message);
	}
}
