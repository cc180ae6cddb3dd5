/** What can be set at the start and over POST /__sandbox/settings. */
export interface Settings {
	/** How many times faster than OpenAI jobs run; `Infinity` (in JSON: 0) ends them at once. */
	speed: number;
	/** How long an uploaded file stays `uploaded` before it is `processed`, in ms of sandbox time. */
	fileProcessingMs: number;
	/** Whether result files are handed out base64-encoded, as OpenAI does. */
	resultFileBase64: boolean;
	/** Whether a job without a failure carries `error: {code: null, …}`, as OpenAI does, or `error: null`, as its specification says. */
	emptyErrorObject: boolean;
	maxFileBytes: number;
	maxPartBytes: number;
	maxUploadBytes: number;
}

const MIB = 1024 * 1024;

export const STANDARD_SETTINGS: Settings = {
	speed: 60,
	fileProcessingMs: 0,
	resultFileBase64: true,
	emptyErrorObject: false,
	maxFileBytes: 512 * MIB,
	maxPartBytes: 64 * MIB,
	maxUploadBytes: 8192 * MIB,
};

/** @throws TypeError for a name or a value that is not one of the settings' */
export function changeSettings(settings: Settings, changes: object): void {
	for (const [name, value] of Object.entries(changes)) {
		const current = (settings as unknown as Record<string, unknown>)[name];
		if (!Object.hasOwn(STANDARD_SETTINGS, name)) throw new TypeError(`unknown setting: ${name}`);
		if (typeof value !== typeof current) throw new TypeError(`${name} is a ${typeof current}`);
		if (typeof value === 'number' && !(value >= 0)) throw new TypeError(`${name} is not below 0`);
		Object.assign(settings, { [name]: name === 'speed' && value === 0 ? Infinity : value });
	}
}
