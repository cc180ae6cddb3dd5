import type { ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions';

import { SettingError } from '../settingError';
import { isPlainObject, plainText, readJsonSetting } from './json';

/** What goes into the request's body besides model, messages, tools and response format. */
export type SamplingFields = Partial<
	Omit<
		ChatCompletionCreateParamsNonStreaming,
		'model' | 'messages' | 'tools' | 'tool_choice' | 'response_format' | 'stream'
	>
>;

/**
 * The chat options as the interface hands them over. Everything is `unknown` because an expression can give anything;
 * what is absent, null or blank is not sent.
 */
export interface ChatOptions {
	frequencyPenalty?: unknown;
	logitBias?: unknown;
	logprobs?: unknown;
	maxTokens?: unknown;
	/** Body field that carries `maxTokens`; older compatible servers only know `max_tokens`. */
	maxTokensField?: unknown;
	metadata?: unknown;
	numberOfChoices?: unknown;
	parallelToolCalls?: unknown;
	presencePenalty?: unknown;
	promptCacheKey?: unknown;
	reasoningEffort?: unknown;
	safetyIdentifier?: unknown;
	seed?: unknown;
	serviceTier?: unknown;
	stop?: unknown;
	store?: unknown;
	temperature?: unknown;
	topLogprobs?: unknown;
	topP?: unknown;
	verbosity?: unknown;
}

/**
 * Builds the sampling part of a chat completion body: only the fields that were set, each checked against the
 * documented range, https://platform.openai.com/docs/api-reference/chat/create.
 *
 * @throws SettingError naming the first setting the API would refuse
 */
export function samplingFields(options: ChatOptions): SamplingFields {
	const topLogprobs = wholeNumber(options.topLogprobs, 'Top Log Probabilities', 0, 20);
	const maxTokens = wholeNumber(options.maxTokens, 'Max Tokens', 1);
	return withoutUnset({
		frequency_penalty: number(options.frequencyPenalty, 'Frequency Penalty', -2, 2),
		logit_bias: logitBias(options.logitBias),
		// The API takes top_logprobs only together with logprobs.
		logprobs: topLogprobs === undefined ? flag(options.logprobs) : true,
		[options.maxTokensField === 'max_tokens' ? 'max_tokens' : 'max_completion_tokens']: maxTokens,
		metadata: metadata(options.metadata),
		n: wholeNumber(options.numberOfChoices, 'Number of Choices', 1, 128),
		parallel_tool_calls: flag(options.parallelToolCalls),
		presence_penalty: number(options.presencePenalty, 'Presence Penalty', -2, 2),
		prompt_cache_key: text(options.promptCacheKey),
		reasoning_effort: text(options.reasoningEffort) as SamplingFields['reasoning_effort'],
		safety_identifier: text(options.safetyIdentifier),
		seed: wholeNumber(options.seed, 'Seed', Number.MIN_SAFE_INTEGER),
		service_tier: text(options.serviceTier) as SamplingFields['service_tier'],
		stop: stopSequences(options.stop),
		store: flag(options.store),
		temperature: number(options.temperature, 'Temperature', 0, 2),
		top_logprobs: topLogprobs,
		top_p: number(options.topP, 'Top P', 0, 1),
		verbosity: text(options.verbosity) as SamplingFields['verbosity'],
	});
}

function withoutUnset(fields: SamplingFields): SamplingFields {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function isUnset(value: unknown): boolean {
	return (
		value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
	);
}

function number(value: unknown, setting: string, min: number, max = Infinity): number | undefined {
	if (isUnset(value)) return undefined;
	const read = typeof value === 'string' ? Number(value) : value;
	if (typeof read === 'number' && read >= min && read <= max) return read;
	const range = max === Infinity ? `of at least ${min}` : `from ${min} to ${max}`;
	throw new SettingError(
		`'${setting}' cannot be ${shown(value)}`,
		`Enter a number ${range}, or remove the option to use the server's own value.`,
		setting,
	);
}

function wholeNumber(
	value: unknown,
	setting: string,
	min: number,
	max?: number,
): number | undefined {
	const read = number(value, setting, min, max);
	if (read === undefined || Number.isSafeInteger(read)) return read;
	throw new SettingError(
		`'${setting}' cannot be ${shown(value)}`,
		'Enter a whole number.',
		setting,
	);
}

function flag(value: unknown): boolean | undefined {
	if (isUnset(value)) return undefined;
	return value === true || value === 'true';
}

function text(value: unknown): string | undefined {
	return isUnset(value) ? undefined : plainText(value);
}

/** Up to four sequences; `\n`, `\r` and `\t` typed into a one-line field stand for the characters they name. */
function stopSequences(value: unknown): string[] | undefined {
	const given = (Array.isArray(value) ? value : [value]).filter(
		(one) => one !== undefined && one !== null && one !== '',
	);
	if (given.length === 0) return undefined;
	if (given.length > 4) {
		throw new SettingError(
			`'Stop Sequences' has ${given.length} entries`,
			'Keep at most 4; the API takes no more.',
			'Stop Sequences',
		);
	}
	const escapes: Record<string, string> = { '\\n': '\n', '\\r': '\r', '\\t': '\t' };
	return given.map((one) => plainText(one).replace(/\\[nrt]/g, (escape) => escapes[escape]));
}

function logitBias(value: unknown): Record<string, number> | undefined {
	const setting = 'Logit Bias';
	const read = readJsonSetting(value, setting);
	if (read === undefined) return undefined;
	const valid =
		isPlainObject(read) &&
		Object.entries(read).every(
			([id, bias]) => /^\d+$/.test(id) && typeof bias === 'number' && Math.abs(bias) <= 100,
		);
	if (!valid) {
		throw new SettingError(
			`'${setting}' has to map token IDs to numbers`,
			'Enter an object such as {"50256": -100}: token IDs with a bias from -100 to 100.',
			setting,
		);
	}
	if (Object.keys(read as object).length === 0) return undefined;
	return read as Record<string, number>;
}

/** Rows `{key, value}` or a plain object; limits: https://platform.openai.com/docs/api-reference/chat/create#chat-create-metadata */
function metadata(value: unknown): Record<string, string> | undefined {
	const setting = 'Metadata';
	const rows = metadataRows(readJsonSetting(value, setting)).filter(([name]) => name !== '');
	if (rows.length === 0) return undefined;
	const tooLong = rows.find(([name, content]) => name.length > 64 || content.length > 512);
	if (rows.length > 16 || tooLong) {
		throw new SettingError(
			tooLong
				? `'${setting}' entry '${tooLong[0].slice(0, 64)}' is too long`
				: `'${setting}' has ${rows.length} entries`,
			'Keep at most 16 entries, names of at most 64 and values of at most 512 characters.',
			setting,
		);
	}
	return Object.fromEntries(rows);
}

function metadataRows(value: unknown): Array<[string, string]> {
	if (isPlainObject(value)) {
		return Object.entries(value).map(([name, content]) => [name, plainText(content)]);
	}
	return (Array.isArray(value) ? value : [])
		.filter(isPlainObject)
		.map((row) => [plainText(row.key), plainText(row.value)]);
}

function shown(value: unknown): string {
	return typeof value === 'object' ? 'an object' : `'${String(value).slice(0, 40)}'`;
}
