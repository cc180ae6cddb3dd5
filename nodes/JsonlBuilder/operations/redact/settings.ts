import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { FieldPath } from '../../../../lib/dataset/fieldPath';
import { SettingError } from '../../../../lib/openai/settingError';
import { Detector } from '../../../../lib/privacy/detector';
import { ItemFields } from '../../../../lib/privacy/itemFields';
import type { OwnPattern } from '../../../../lib/privacy/ownPatterns';
import { type RedactAction, Redactor } from '../../../../lib/privacy/redactor';
import { type BuiltInType, PRIVATE_TYPES } from '../../../../lib/privacy/types';

/** Where the vault of pseudonyms goes; undefined when there is none, or it is thrown away. */
export interface VaultTarget {
	field: string;
}

/** The parameters of an item. */
export interface RedactSettings {
	types: BuiltInType[];
	action: RedactAction;
	fields: string;
	vault?: VaultTarget;
	options: IDataObject;
}

/** What the parameters of an item come to; the same object for the same parameters, so that it is built once. */
export interface Redaction {
	redactor: Redactor;
	fields: ItemFields;
	people: FieldPath | undefined;
	vault?: VaultTarget;
	options: IDataObject;
}

/** Reads the parameters of items; a run has one redactor for all items with the same ones. */
export class Redactions {
	private readonly byParameters = new Map<string, Redaction>();

	private fixed: Redaction | undefined;

	constructor(private readonly ctx: IExecuteFunctions) {}

	get all(): Redaction[] {
		return [...this.byParameters.values()];
	}

	/** Parameters without expressions are the same for all items, and reading them costs more than redacting. */
	of(itemIndex: number): Redaction {
		if (this.fixed) return this.fixed;
		const settings = readSettings(this.ctx, itemIndex);
		const name = JSON.stringify(settings);
		let redaction = this.byParameters.get(name);
		if (!redaction) this.byParameters.set(name, (redaction = build(settings)));
		if (!hasExpression(this.ctx)) this.fixed = redaction;
		return redaction;
	}
}

function readSettings(ctx: IExecuteFunctions, itemIndex: number): RedactSettings {
	const action = ctx.getNodeParameter('replacement', itemIndex) as RedactAction;
	const isSealed =
		action === 'pseudonym' && ctx.getNodeParameter('vaultStorage', itemIndex) === 'sealed';
	return {
		types: readTypes(ctx.getNodeParameter('types', itemIndex)),
		action,
		fields: String(ctx.getNodeParameter('fields', itemIndex, '') ?? ''),
		...(isSealed
			? { vault: { field: ctx.getNodeParameter('vaultField', itemIndex) as string } }
			: {}),
		options: ctx.getNodeParameter('options', itemIndex, {}) as IDataObject,
	};
}

/** A misspelt type of an expression must not leave values where they are. */
function readTypes(value: unknown): BuiltInType[] {
	const names = (Array.isArray(value) ? value : String(value ?? '').split(','))
		.map((name) => String(name).trim())
		.filter((name) => name !== '');
	const unknown = names.find((name) => !PRIVATE_TYPES.includes(name as BuiltInType));
	if (unknown === undefined) return names as BuiltInType[];
	throw new SettingError(
		`'Types' knows no '${unknown.slice(0, 80)}'`,
		`Choose from the list, or give some of these: ${PRIVATE_TYPES.join(', ')}.`,
		'Types',
	);
}

function build({ types, action, fields, vault, options }: RedactSettings): Redaction {
	const { values = [] } = (options.patterns ?? {}) as { values?: OwnPattern[] };
	const patterns = values.filter(({ pattern }) => String(pattern ?? '') !== '');
	const words = linesOf(options.words);
	if (types.length + patterns.length + words.length === 0)
		throw new SettingError(
			'There is nothing to look for',
			"Choose at least one of 'Types', or add own words or patterns in the options.",
			'Types',
		);
	const detector = new Detector({
		types,
		patterns,
		words,
		allow: linesOf(options.allow),
		cuedNames: options.cuedNames !== false,
	});
	const redactor = new Redactor(detector, {
		action,
		numbering: options.numbering === 'run' ? 'run' : 'example',
		ownLabels: patterns.map(({ name }) => name),
	});
	const people = String(options.peopleField ?? 'people').trim();
	return {
		redactor,
		fields: new ItemFields(fields),
		people: people === '' ? undefined : new FieldPath(people),
		vault,
		options,
	};
}

function hasExpression(ctx: IExecuteFunctions): boolean {
	return JSON.stringify(ctx.getNode().parameters ?? {}).includes('"=');
}

function linesOf(text: unknown): string[] {
	return String(text ?? '')
		.split('\n')
		.map((line) => line.trim())
		.filter((line) => line !== '');
}

/** @throws SettingError where the vault would replace something that is there */
export function refuseTaken(holder: object | undefined, vault: VaultTarget | undefined): void {
	if (!vault || !holder || !Object.hasOwn(holder, vault.field)) return;
	throw new SettingError(
		`The item already has a field '${vault.field}'`,
		"Enter another name in 'Put Vault in Field'.",
		'Put Vault in Field',
	);
}
