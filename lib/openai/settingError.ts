/** A setting that cannot be sent: what is wrong with which one, and what to enter instead. */
export class SettingError extends Error {
	override readonly name = 'SettingError';

	constructor(
		message: string,
		/** What the user can do, as an imperative sentence. */
		readonly description: string,
		/** Display name of the setting, where there is one. */
		readonly setting?: string,
	) {
		super(message);
	}
}
