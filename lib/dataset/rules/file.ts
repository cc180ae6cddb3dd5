import {
	ADVISED_EXAMPLES,
	MAX_FILE_BYTES,
	MAX_IMAGE_EXAMPLES,
	MAX_UPLOAD_BYTES,
	MIN_EXAMPLES,
} from '../limits';
import type { DatasetFormat, Severity } from '../types';

/** What the rules for a whole file look at. */
export interface FileFacts {
	format?: DatasetFormat;
	bytes: number;
	/** Lines that hold something. */
	examples: number;
	imageExamples: number;
	/** Examples that begin with a system or developer message, and examples that do not. */
	withInstructions: number;
	withoutInstructions: number;
	byteOrderMark: boolean;
	windowsLines: number;
	endedWithLineFeed: boolean;
	minExamples: number;
}

export interface FileRule {
	code: string;
	severity: Severity;
	check(facts: FileFacts): [message: string, fix: string] | undefined;
}

/** Every rule for a file as a whole; duplicates, leaks and balance are looked for elsewhere. */
export const FILE_RULES: readonly FileRule[] = [
	{
		code: 'too_few_examples',
		severity: 'error',
		check({ examples, minExamples }) {
			if (examples >= minExamples) return undefined;
			const is = examples === 1 ? 'is 1 example' : `are ${number(examples)} examples`;
			return [
				`There ${is}; at least ${number(minExamples)} are needed.`,
				'Add examples; 50 to 100 good ones are a sensible start.',
			];
		},
	},
	{
		code: 'few_examples',
		severity: 'warning',
		check({ examples, minExamples }) {
			const isEnough = examples >= ADVISED_EXAMPLES || examples < minExamples;
			if (isEnough || minExamples < MIN_EXAMPLES) return undefined;
			return [
				`There are ${number(examples)} examples; with fewer than ${ADVISED_EXAMPLES} the model often learns little.`,
				'Add examples if there are any; 50 to 100 good ones are a sensible start.',
			];
		},
	},
	{
		code: 'file_over_upload_limit',
		severity: 'error',
		check({ bytes }) {
			if (bytes <= MAX_UPLOAD_BYTES) return undefined;
			return [`The file has ${gigabytes(bytes)}; OpenAI takes at most 8 GB.`, 'Split the file.'];
		},
	},
	{
		code: 'file_over_request_limit',
		severity: 'warning',
		check({ bytes }) {
			if (bytes <= MAX_FILE_BYTES || bytes > MAX_UPLOAD_BYTES) return undefined;
			return [
				`The file has ${gigabytes(bytes)}; the Files API takes at most 512 MB.`,
				'Upload it in parts (the File Upload operation does so by itself), or split it.',
			];
		},
	},
	{
		code: 'too_many_image_examples',
		severity: 'error',
		check({ imageExamples }) {
			if (imageExamples <= MAX_IMAGE_EXAMPLES) return undefined;
			return [
				`${number(imageExamples)} examples have images; ${number(MAX_IMAGE_EXAMPLES)} are allowed.`,
				'Leave some of them out.',
			];
		},
	},
	{
		code: 'images_in_some_examples',
		severity: 'info',
		check({ imageExamples, examples }) {
			if (imageExamples === 0 || imageExamples === examples) return undefined;
			return [
				`${number(imageExamples)} of ${number(examples)} examples have images; OpenAI accepts that, Together wants all or none.`,
				'For Together, put examples with images into a file of their own.',
			];
		},
	},
	{
		code: 'instructions_in_some_examples',
		severity: 'warning',
		check({ format, withInstructions, withoutInstructions }) {
			const isMixed = withInstructions > 0 && withoutInstructions > 0;
			if (!isMixed || format === undefined || format === 'completion') return undefined;
			return [
				`${number(withoutInstructions)} of ${number(withInstructions + withoutInstructions)} examples have no system message; the others have one.`,
				'Give all examples the system message that the model will be asked with.',
			];
		},
	},
	{
		code: 'legacy_format',
		severity: 'warning',
		check({ format }) {
			if (format !== 'completion') return undefined;
			return [
				'The examples are prompt/completion pairs, which no chat model can be trained on.',
				'Run the Convert operation for chat; keep the pairs only for a base model of another server.',
			];
		},
	},
	{
		code: 'byte_order_mark',
		severity: 'warning',
		check({ byteOrderMark }) {
			if (!byteOrderMark) return undefined;
			return [
				'The file begins with a byte order mark, which some servers take for part of line 1.',
				'Run the Repair operation, or save the file as “UTF-8” and not “UTF-8 with BOM”.',
			];
		},
	},
	{
		code: 'windows_line_ends',
		severity: 'info',
		check({ windowsLines }) {
			if (windowsLines === 0) return undefined;
			return [
				`${number(windowsLines)} lines end with CR LF, as on Windows; servers accept that.`,
				'Run the Repair operation if another tool is disturbed by it.',
			];
		},
	},
	{
		code: 'missing_last_line_feed',
		severity: 'info',
		check({ endedWithLineFeed, examples }) {
			if (endedWithLineFeed || examples === 0) return undefined;
			return [
				'The last line has no line feed; a file appended to this one would begin on the same line.',
				'Run the Repair operation.',
			];
		},
	},
];

function number(count: number): string {
	return count.toLocaleString('en');
}

function gigabytes(bytes: number): string {
	return bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
