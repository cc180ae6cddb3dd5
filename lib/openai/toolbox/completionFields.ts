/** The options of a completion as fields of either endpoint. */
import { isPlainObject, readJsonSetting } from '../chat/json';
import { type ChatOptions, samplingFields } from '../chat/sampling';
import { mergeFields } from '../mergeFields';
import { SettingError } from '../settingError';

/** As the interface hands them over; what is absent or blank is not sent. */
export interface CompletionOptions extends Pick<
	ChatOptions,
	| 'frequencyPenalty'
	| 'logitBias'
	| 'maxTokens'
	| 'presencePenalty'
	| 'reasoningEffort'
	| 'seed'
	| 'stop'
	| 'temperature'
	| 'topP'
> {
	/** Completions to choose the best of, at the server. */
	bestOf?: unknown;
	/** The prompt stands before the completion. */
	echo?: boolean;
	/** Further fields for the body, as JSON text or value; they win. */
	extraBody?: unknown;
	/** Likeliest tokens to return at each place. */
	logprobs?: unknown;
	numberOfChoices?: unknown;
	/** Text that comes after the completion. */
	suffix?: unknown;
	/** Stands for the end user. */
	user?: unknown;
}

/** The endpoint's own 16 would cut almost every text. */
const MAX_TOKENS = 256;
const RESERVED = ['model', 'prompt', 'messages', 'stream', 'stream_options'];

/** For `POST /completions`. @throws SettingError naming the first setting the API would refuse. */
export function completionFields(options: CompletionOptions): Record<string, unknown> {
	const { bestOf, echo, logprobs, suffix, user, extraBody, reasoningEffort } = options;
	if (isSet(reasoningEffort)) {
		throw new SettingError(
			"'Reasoning Effort' does not exist at the completions endpoint",
			"Remove the option, or set the option 'Endpoint' to Chat.",
			'Reasoning Effort',
		);
	}
	const fields: Record<string, unknown> = {
		...shared({
			maxTokensField: 'max_tokens',
			...options,
			maxTokens: isSet(options.maxTokens) ? options.maxTokens : MAX_TOKENS,
		}),
		...(isSet(bestOf) ? { best_of: whole(bestOf, 'Best Of', 1, 20) } : {}),
		...(echo ? { echo: true } : {}),
		...(isSet(logprobs) ? { logprobs: whole(logprobs, 'Log Probabilities', 0, 5) } : {}),
		...(isSet(suffix) ? { suffix: String(suffix) } : {}),
		...(isSet(user) ? { user: String(user) } : {}),
	};
	const [best, count] = [Number(fields.best_of ?? Infinity), Number(fields.n ?? 1)];
	if (best < count) {
		throw new SettingError(
			`'Best Of' (${best}) is less than 'Number of Choices' (${count})`,
			"Raise 'Best Of': that many are written, and the best of them returned.",
			'Best Of',
		);
	}
	return withExtra(fields, extraBody);
}

/** For `POST /chat/completions`. @throws SettingError for what chat does not have, rather than leaving it out. */
export function chatFields(options: CompletionOptions): Record<string, unknown> {
	for (const [value, setting] of [
		[options.suffix, 'Suffix'],
		[options.bestOf, 'Best Of'],
	]) {
		if (!isSet(value)) continue;
		throw new SettingError(
			`'${String(setting)}' does not exist in chat, which the prompt is sent to`,
			'Remove the option, or use a server with a completions endpoint (e.g. vLLM, llama.cpp).',
			String(setting),
		);
	}
	const { logprobs, user, extraBody } = options;
	const fields = {
		...shared({ ...options, ...(isSet(logprobs) ? { topLogprobs: logprobs } : {}) }),
		...(isSet(user) ? { safety_identifier: String(user) } : {}),
	};
	return withExtra(fields, extraBody);
}

function shared(options: ChatOptions): Record<string, unknown> {
	const { frequencyPenalty, logitBias, maxTokens, maxTokensField, numberOfChoices } = options;
	const { presencePenalty, reasoningEffort, seed, stop, temperature, topLogprobs, topP } = options;
	return samplingFields({
		frequencyPenalty,
		logitBias,
		maxTokens,
		maxTokensField,
		numberOfChoices,
		presencePenalty,
		reasoningEffort,
		seed,
		stop,
		temperature,
		topLogprobs,
		topP,
	});
}

function withExtra(fields: Record<string, unknown>, extraBody: unknown): Record<string, unknown> {
	const setting = 'Extra Body Fields';
	const extra = readJsonSetting(extraBody, setting);
	if (extra === undefined) return fields;
	const reserved = isPlainObject(extra) && RESERVED.find((name) => Object.hasOwn(extra, name));
	if (isPlainObject(extra) && reserved === undefined) return mergeFields(fields, extra);
	throw new SettingError(
		reserved ? `'${setting}' cannot set '${reserved}'` : `'${setting}' is not an object`,
		reserved
			? "Use the node's own parameters for model and prompt; answers are not streamed."
			: 'Enter {"name": value, …}.',
		setting,
	);
}

function whole(value: unknown, setting: string, min: number, max: number): number {
	const read = typeof value === 'string' ? Number(value) : value;
	if (Number.isSafeInteger(read) && (read as number) >= min && (read as number) <= max) {
		return read as number;
	}
	throw new SettingError(
		`'${setting}' cannot be '${String(value).slice(0, 40)}'`,
		`Enter a whole number from ${min} to ${max}, or remove the option.`,
		setting,
	);
}

function isSet(value: unknown): boolean {
	return value !== undefined && value !== null && String(value).trim() !== '';
}
