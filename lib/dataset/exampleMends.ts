import { detectFormat } from './examples';
import { decodeHtmlText } from './htmlText';
import { ROLES } from './rules/messages';
import { EXAMPLE_SETTINGS } from './rules/structure';
import { isObject, OUTPUT_NAMES } from './rules/view';
import { suggest } from './suggest';
import type { DatasetFormat, JsonObject, JsonValue } from './types';
import { isWellFormed } from './wellFormed';

export type ExampleMend =
	| 'prompt_completion_to_chat'
	| 'old_output_name'
	| 'unknown_key'
	| 'role_spelling'
	| 'html_escaped'
	| 'lone_surrogate';

export interface ExampleMendOptions {
	/** Turn `{prompt, completion}` into a chat example. Default true. */
	promptCompletionToChat?: boolean;
	/** Decode `&amp;`, `&#39;` and the like in all texts. Default false: some training data is about HTML. */
	unescapeHtml?: boolean;
	/** Whether texts may hold half characters, which then are taken out. Default false. */
	hasLoneSurrogates?: boolean;
}

const MESSAGE_KEYS = [
	'role',
	'content',
	'name',
	'weight',
	'tool_calls',
	'function_call',
	'tool_call_id',
	'refusal',
];
const MESSAGE_LISTS = ['messages', ...Object.values(OUTPUT_NAMES).map(([name]) => name)];
/** The two ways in which OpenAI's legacy guide ended prompts; completions began with a space. */
const PROMPT_END = /(?:\n\n###\n\n| ->)$/;

/**
 * The example without the faults of content that have one cure only. The value is not changed.
 * What is doubtful (a misspelt key, an unknown role) stays, for the rules to refuse.
 */
export function mendExample(
	value: JsonObject,
	options: ExampleMendOptions = {},
): { example: JsonObject; mends: Set<ExampleMend> } {
	const mends = new Set<ExampleMend>();
	const needsTexts = options.unescapeHtml === true || options.hasLoneSurrogates === true;
	let example = needsTexts
		? (mendTexts(value, options.unescapeHtml ?? false, mends) as JsonObject)
		: value;
	let format = detectFormat(example);
	if (format === 'completion' && options.promptCompletionToChat !== false) {
		const chat = completionToChat(example);
		if (chat) {
			example = chat;
			format = 'chat';
			mends.add('prompt_completion_to_chat');
		}
	}
	if (format) example = mendShape(example, format, mends);
	return { example, mends };
}

/** Undefined when prompt or completion is no text. */
export function completionToChat({ prompt, completion }: JsonObject): JsonObject | undefined {
	if (typeof prompt !== 'string' || typeof completion !== 'string') return undefined;
	return {
		messages: [
			{ role: 'user', content: prompt.replace(PROMPT_END, '') },
			{ role: 'assistant', content: completion.replace(/^ /, '') },
		],
	};
}

function mendShape(value: JsonObject, format: DatasetFormat, mends: Set<ExampleMend>): JsonObject {
	if (format === 'completion') return withoutUnknown(value, ['prompt', 'completion'], mends);
	if (format === 'dpo') {
		const renamed = renameOutputs(value, mends);
		const known = withoutUnknown(renamed, ['input', ...MESSAGE_LISTS.slice(1)], mends);
		if (isObject(known.input)) {
			known.input = mendMessages(
				withoutUnknown(known.input, ['messages', ...EXAMPLE_SETTINGS], mends),
				mends,
			);
		}
		return mendMessages(known, mends);
	}
	// A reinforcement example may carry any key for its grader.
	const known =
		format === 'rft' ? value : withoutUnknown(value, ['messages', ...EXAMPLE_SETTINGS], mends);
	return mendMessages(known, mends);
}

function renameOutputs(value: JsonObject, mends: Set<ExampleMend>): JsonObject {
	const names = new Map<string, string>(
		Object.values(OUTPUT_NAMES).map(([name, old]) => [old, name]),
	);
	return mapEntries(value, (key, member) => {
		const name = names.get(key);
		if (name === undefined || Object.hasOwn(value, name)) return [key, member];
		mends.add('old_output_name');
		return [name, member];
	});
}

function mendMessages(value: JsonObject, mends: Set<ExampleMend>): JsonObject {
	return mapEntries(value, (key, member) => {
		if (!MESSAGE_LISTS.includes(key) || !Array.isArray(member)) return [key, member];
		return [
			key,
			member.map((message) => (isObject(message) ? mendMessage(message, mends) : message)),
		];
	});
}

function mendMessage(message: JsonObject, mends: Set<ExampleMend>): JsonObject {
	const known = withoutUnknown(message, MESSAGE_KEYS, mends);
	const { role } = known;
	if (typeof role !== 'string' || (ROLES as readonly string[]).includes(role)) return known;
	const meant = role.trim().toLowerCase();
	if (!(ROLES as readonly string[]).includes(meant)) return known;
	mends.add('role_spelling');
	return mapEntries(known, (key, member) => [key, key === 'role' ? meant : member]);
}

/** Leaves out what the server does not know, unless it looks like a known key that is missing. */
function withoutUnknown(
	value: JsonObject,
	known: readonly string[],
	mends: Set<ExampleMend>,
): JsonObject {
	if (Object.keys(value).every((key) => known.includes(key))) return value;
	return mapEntries(value, (key, member) => {
		if (known.includes(key)) return [key, member];
		const meant = suggest(key, known);
		if (meant !== undefined && !Object.hasOwn(value, meant)) return [key, member];
		mends.add('unknown_key');
		return undefined;
	});
}

/** Every string of the value, keys aside, decoded and freed of half characters; the same value when none needs it. */
function mendTexts(value: JsonValue, unescapeHtml: boolean, mends: Set<ExampleMend>): JsonValue {
	if (typeof value === 'string') {
		let text = value;
		if (unescapeHtml) text = decodeHtmlText(text);
		if (text !== value) mends.add('html_escaped');
		if (isWellFormed(text)) return text;
		mends.add('lone_surrogate');
		return text.replace(/\p{Surrogate}/gu, '');
	}
	if (Array.isArray(value)) return value.map((item) => mendTexts(item, unescapeHtml, mends));
	if (!isObject(value)) return value;
	return mapEntries(value, (key, member) => [key, mendTexts(member, unescapeHtml, mends)]);
}

function mapEntries(
	value: JsonObject,
	map: (key: string, member: JsonValue) => [string, JsonValue] | undefined,
): JsonObject {
	// fromEntries defines properties, so a "__proto__" key stays a key.
	return Object.fromEntries(
		Object.entries(value).flatMap(([key, member]) => {
			const entry = map(key, member);
			return entry ? [entry] : [];
		}),
	);
}
