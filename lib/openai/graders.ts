import type { Finding } from '../dataset/types';
import type { Transport } from '../http/types';

import { SettingError } from './settingError';

/** Any grader of https://platform.openai.com/docs/guides/graders; `label_model` only inside `multi`. */
export type Grader = { type: GraderType; name?: string } & Record<string, unknown>;
export type GraderType =
	'string_check' | 'text_similarity' | 'python' | 'score_model' | 'label_model' | 'multi';

const REQUIRED_FIELDS: Record<GraderType, Record<string, 'text' | 'list' | 'graders'>> = {
	string_check: { name: 'text', input: 'text', reference: 'text', operation: 'text' },
	text_similarity: { name: 'text', input: 'text', reference: 'text', evaluation_metric: 'text' },
	python: { name: 'text', source: 'text' },
	score_model: { name: 'text', model: 'text', input: 'list' },
	label_model: {
		name: 'text',
		model: 'text',
		input: 'list',
		labels: 'list',
		passing_labels: 'list',
	},
	multi: { graders: 'graders', calculate_output: 'text' },
};
/** May be empty text: comparing with nothing is a sensible check. */
const MAY_BE_EMPTY = new Set(['input', 'reference']);
const ALLOWED_WORDS: Record<string, readonly string[]> = {
	operation: ['eq', 'ne', 'like', 'ilike'],
	evaluation_metric: [
		...['cosine', 'fuzzy_match', 'bleu', 'gleu', 'meteor'],
		...['rouge_1', 'rouge_2', 'rouge_3', 'rouge_4', 'rouge_5', 'rouge_l'],
	],
};
const MAX_GRADERS = 50;

/**
 * Reads a grader from JSON text or an object and makes sure that it has the shape the API asks for.
 *
 * @throws SettingError naming the first thing to mend.
 */
export function readGrader(entered: unknown): Grader {
	const value = parse(entered);
	const [finding] = checkGrader(value);
	if (finding) {
		const where = finding.path ? ` (${finding.path})` : '';
		throw new SettingError(`${finding.message}${where}`, finding.fix ?? '', 'Grader');
	}
	return value as Grader;
}

/** What is wrong with a grader's shape; empty when nothing is. Values are not judged, the server does that. */
export function checkGrader(value: unknown, path = ''): Finding[] {
	if (!isObject(value)) {
		return [
			finding(
				'not_an_object',
				path,
				'The grader is not a JSON object',
				'Enter an object with a "type".',
			),
		];
	}
	const inMulti = path !== '';
	const types = Object.keys(REQUIRED_FIELDS).filter(
		(type) => type !== (inMulti ? 'multi' : 'label_model'),
	);
	const type = value.type;
	if (typeof type !== 'string' || !types.includes(type)) {
		const message =
			type === 'label_model'
				? 'A label model grader works only inside a multi grader'
				: type === 'multi'
					? 'A multi grader cannot hold another one'
					: 'The grader has no known "type"';
		return [
			finding('unknown_type', join(path, 'type'), message, `Use one of ${types.join(', ')}.`),
		];
	}
	return Object.entries(REQUIRED_FIELDS[type as GraderType]).flatMap(([name, kind]) =>
		checkField(value, name, kind, path),
	);
}

/** Answer of `POST /fine_tuning/alpha/graders/run`, as far as it is relied on. */
export interface GraderRun {
	reward?: number;
	sub_rewards?: Record<string, unknown>;
	metadata?: {
		errors?: Record<string, unknown>;
		execution_time?: number;
		scores?: Record<string, unknown>;
		token_usage?: unknown;
		sampled_model_name?: string | null;
	};
	model_grader_token_usage_per_model?: Record<string, unknown>;
}

/** Grades one answer. `item` fills the grader's `{{item.…}}` places. Model graders cost tokens. */
export async function runGrader(
	transport: Transport,
	request: { grader: Grader; model_sample: string; item?: object },
): Promise<GraderRun> {
	const { data } = await transport<GraderRun>({
		method: 'POST',
		path: '/fine_tuning/alpha/graders/run',
		body: request,
		// Grading leaves nothing behind, so asking twice is harmless.
		retry: 'safe',
	});
	return data;
}

/** Asks the server whether it accepts a grader; gives back the grader as the server read it. */
export async function validateGrader(
	transport: Transport,
	grader: Grader,
): Promise<{ grader?: Grader }> {
	const { data } = await transport<{ grader?: Grader }>({
		method: 'POST',
		path: '/fine_tuning/alpha/graders/validate',
		body: { grader },
		retry: 'safe',
	});
	return data;
}

/** Names of the flags that the run raised, e.g. `model_grader_parse_error`. */
export function raisedFlags(run: GraderRun): string[] {
	return Object.entries(run.metadata?.errors ?? {})
		.filter(([, value]) => value === true)
		.map(([name]) => name);
}

function checkField(
	grader: Record<string, unknown>,
	name: string,
	kind: 'text' | 'list' | 'graders',
	path: string,
): Finding[] {
	const value = grader[name];
	const at = join(path, name);
	if (kind === 'graders') return checkMembers(value, at);
	const missing =
		kind === 'list'
			? !Array.isArray(value) || value.length === 0
			: typeof value !== 'string' || (value.trim() === '' && !MAY_BE_EMPTY.has(name));
	if (missing) {
		const what = kind === 'list' ? 'a list with at least one entry' : 'a text';
		return [finding('missing_field', at, `The grader's "${name}" is missing`, `Give it ${what}.`)];
	}
	const words = ALLOWED_WORDS[name];
	if (words && !words.includes(value as string)) {
		return [
			finding(
				'unknown_value',
				at,
				`The grader's "${name}" has an unknown value`,
				`Use one of ${words.join(', ')}.`,
			),
		];
	}
	return [];
}

/** The guide shows an object of named graders, the API reference a list: both are let through. */
function checkMembers(value: unknown, path: string): Finding[] {
	const members = Array.isArray(value)
		? value.map((member, index) => [`${path}[${index}]`, member] as const)
		: isObject(value)
			? Object.entries(value).map(([name, member]) => [`${path}.${name}`, member] as const)
			: [];
	if (members.length === 0 || members.length > MAX_GRADERS) {
		return [
			finding(
				'missing_graders',
				path,
				members.length === 0
					? 'The multi grader holds no graders'
					: `The multi grader holds ${members.length} graders`,
				`Give it between 1 and ${MAX_GRADERS}.`,
			),
		];
	}
	return members.flatMap(([at, member]) => checkGrader(member, at));
}

function parse(entered: unknown): unknown {
	if (typeof entered !== 'string') return entered;
	try {
		return JSON.parse(entered) as unknown;
	} catch (cause) {
		throw notJson(cause);
	}
}

function notJson(cause: unknown): SettingError {
	const detail = cause instanceof Error ? ` (${cause.message})` : '';
	return new SettingError(
		`The grader is not valid JSON${detail}`,
		'Enter one JSON object, e.g. {"type": "string_check", …}.',
		'Grader',
	);
}

function finding(code: string, path: string, message: string, fix: string): Finding {
	return { severity: 'error', code, ...(path && { path }), message, fix };
}

function join(path: string, name: string): string {
	return path === '' ? name : `${path}.${name}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
