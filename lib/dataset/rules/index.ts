import type { DatasetFormat, Finding } from '../types';
import { completionRules } from './completion';
import { contentRules } from './content';
import { conversationRules } from './conversation';
import { dpoRules } from './dpo';
import { imageRules } from './images';
import { lengthRule } from './length';
import { messageRules } from './messages';
import { rftRules } from './rft';
import { specialTokenRules } from './specialTokens';
import { structureRules } from './structure';
import { toolAnswerRules } from './toolAnswers';
import { toolCallRules } from './toolCalls';
import { toolRules } from './tools';
import type { ExampleView, Rule } from './types';

/** Every rule for one example, in the order its findings are listed. */
export const RULES: readonly Rule[] = [
	...structureRules,
	...dpoRules,
	...completionRules,
	...messageRules,
	...contentRules,
	...conversationRules,
	...rftRules,
	...toolRules,
	...toolCallRules,
	...toolAnswerRules,
	...imageRules,
	...specialTokenRules,
	lengthRule,
];

const RULES_BY_FORMAT: Record<DatasetFormat, Rule[]> = {
	chat: rulesFor('chat'),
	dpo: rulesFor('dpo'),
	rft: rulesFor('rft'),
	completion: rulesFor('completion'),
};

/** A rule that is broken a thousand times in one example needs no thousand findings. */
const MAX_FINDINGS_A_RULE = 20;

/** What all rules of its format have to say about an example. */
export function applyRules(
	example: ExampleView,
	line?: number,
	rules: readonly Rule[] = RULES_BY_FORMAT[example.format],
): Finding[] {
	const findings: Finding[] = [];
	for (const { code, severity, check } of rules) {
		const before = findings.length;
		check(example, (path, message, fix) => {
			if (findings.length - before >= MAX_FINDINGS_A_RULE) return;
			findings.push({ severity, code, ...place(line, path), message, fix });
		});
	}
	return findings;
}

function place(line: number | undefined, path: string): Pick<Finding, 'line' | 'path'> {
	return { ...(line === undefined ? {} : { line }), ...(path === '' ? {} : { path }) };
}

function rulesFor(format: DatasetFormat): Rule[] {
	return RULES.filter(({ formats }) => formats === undefined || formats.includes(format));
}
