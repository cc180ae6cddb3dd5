import { SettingError } from './settingError';

export type FineTuningMethod = 'supervised' | 'dpo' | 'reinforcement';

export type HyperparameterRule = {
	/** As the interface names it. */
	label: string;
	/** What it does, for the interface. */
	description?: string;
} & (
	| { kind: 'integer'; min: number; max?: number }
	| { kind: 'number'; above: number; max?: number }
	| { kind: 'share'; max?: number }
	| { kind: 'word'; words: readonly string[] }
	| { kind: 'flag' }
	| { kind: 'text' }
);

type Rule = HyperparameterRule;
type Sent = number | string | boolean;

const SHARED = {
	batch_size: { label: 'Batch Size', kind: 'integer', min: 1, max: 256 },
	learning_rate_multiplier: { label: 'Learning Rate Multiplier', kind: 'number', above: 0 },
	n_epochs: { label: 'Epochs', kind: 'integer', min: 1, max: 50 },
} as const satisfies Record<string, Rule>;

/** Ranges of OpenAI's own schema, https://platform.openai.com/docs/api-reference/fine-tuning/create. */
export const HYPERPARAMETER_RULES: Record<FineTuningMethod, Record<string, Rule>> = {
	supervised: SHARED,
	dpo: { ...SHARED, beta: { label: 'Beta', kind: 'number', above: 0, max: 2 } },
	reinforcement: {
		...SHARED,
		compute_multiplier: { label: 'Compute Multiplier', kind: 'number', above: 0.00001, max: 10 },
		eval_interval: { label: 'Evaluation Interval', kind: 'integer', min: 1 },
		eval_samples: { label: 'Evaluation Samples', kind: 'integer', min: 1 },
		reasoning_effort: {
			label: 'Reasoning Effort',
			kind: 'word',
			words: ['default', 'low', 'medium', 'high'],
		},
	},
};

/**
 * Turns what was entered into what is sent. Blank, `auto` and absent all mean "the service decides" and are
 * left out, because several compatible servers read numbers only.
 *
 * @param entered - API name of each hyperparameter -> number, numeric text, `auto` or blank.
 * @param rules - what the server at hand reads; OpenAI's by default.
 * @param provider - its name, for texts.
 * @throws SettingError for an unknown name, something that is no number, or a number outside the documented range.
 */
export function readHyperparameters(
	method: FineTuningMethod,
	entered: Readonly<Record<string, unknown>>,
	rules: Readonly<Record<string, Rule>> = HYPERPARAMETER_RULES[method],
	provider = '',
): Record<string, Sent> {
	const sent: Record<string, Sent> = {};
	for (const [name, value] of Object.entries(entered)) {
		if (isAutomatic(value)) continue;
		if (!Object.hasOwn(rules, name)) {
			throw new SettingError(
				`'${name.slice(0, 80)}' is not a hyperparameter of the ${method} method${provider && ` at ${provider}`}`,
				`Remove it, or use one of ${Object.keys(rules).join(', ')}.`,
				name,
			);
		}
		sent[name] = read(rules[name], value);
	}
	return sent;
}

function isAutomatic(value: unknown): boolean {
	if (value === undefined || value === null) return true;
	return typeof value === 'string' && ['', 'auto'].includes(value.trim().toLowerCase());
}

function read(rule: Rule, value: unknown): Sent {
	if (rule.kind === 'flag') {
		const word = String(value).trim().toLowerCase();
		if (word !== 'true' && word !== 'false') throw outside(rule, value);
		return word === 'true';
	}
	if (rule.kind === 'text') {
		if (typeof value === 'object') throw outside(rule, value);
		return String(value).trim();
	}
	if (rule.kind === 'word') {
		const word = String(value).trim().toLowerCase();
		if (!rule.words.includes(word)) throw outside(rule, value);
		return word;
	}
	// Number('') is 0 and Number([5]) is 5: only numbers and their text are taken.
	const number =
		typeof value === 'number' ? value : typeof value === 'string' ? Number(value.trim()) : NaN;
	const fits =
		Number.isFinite(number) &&
		(rule.kind === 'integer'
			? Number.isSafeInteger(number) && number >= rule.min
			: rule.kind === 'share'
				? number >= 0
				: number > rule.above) &&
		number <= (rule.max ?? (rule.kind === 'share' ? 1 : Infinity));
	if (!fits) throw outside(rule, value);
	return number;
}

function outside(rule: Rule, value: unknown): SettingError {
	return new SettingError(
		`'${rule.label}' cannot be ${describe(value)}`,
		`Enter ${range(rule)}, or leave it empty for automatic.`,
		rule.label,
	);
}

function range(rule: Rule): string {
	if (rule.kind === 'word') return `one of ${rule.words.join(', ')}`;
	if (rule.kind === 'flag') return 'true or false';
	if (rule.kind === 'text') return 'a text';
	if (rule.kind === 'share') return `a number from 0 to ${rule.max ?? 1}`;
	const upTo = rule.max === undefined ? '' : ` and at most ${rule.max}`;
	return rule.kind === 'integer'
		? `a whole number of at least ${rule.min}${upTo}`
		: `a number above ${rule.above}${upTo}`;
}

function describe(value: unknown): string {
	const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
	return `"${text.length > 40 ? `${text.slice(0, 40)}…` : text}"`;
}
