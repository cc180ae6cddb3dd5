import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { counted } from '../../../../lib/counted';
import { FieldPath } from '../../../../lib/dataset/fieldPath';
import type { JsonObject, JsonValue } from '../../../../lib/dataset/types';
import { SettingError } from '../../../../lib/openai/settingError';
import { mapExampleTexts, mapItemTexts } from '../../../../lib/privacy/exampleTexts';
import { ItemFields } from '../../../../lib/privacy/itemFields';
import { mapJsonl } from '../../../../lib/privacy/jsonl';
import { Unmasker, type UnmaskReport } from '../../../../lib/privacy/unmask';
import { isOfOneRun, isSealed, VaultOpener } from '../../../../lib/privacy/vault';
import { JSONL_MIME_TYPE, writeBinary } from '../../../shared/binary';
import { hint } from '../../../shared/hint';
import { runEachItem, type TwoOutputs } from '../../operation';
import { openSource, readOptions, renamed } from '../../source';
import { readPassphrase } from '../redact/vaultCredential';

/** Puts the values of vaults back, and reports on the placeholders of each item or file. */
export async function unmask(ctx: IExecuteFunctions): Promise<TwoOutputs> {
	const vaults = new Vaults(ctx);
	const isFile = ctx.getNodeParameter('inputType', 0) === 'binary';
	return await runEachItem(ctx, async (_, itemIndex) => {
		const options = ctx.getNodeParameter('options', itemIndex, {}) as IDataObject;
		const unmasker = new Unmasker(await vaults.open(itemIndex, options, isFile), {
			tolerant: options.tolerant !== false,
			...(Array.isArray(options.types) && options.types.length > 0
				? { types: options.types as string[] }
				: {}),
		});
		const item = isFile
			? await unmaskFile(ctx, itemIndex, unmasker, options)
			: unmaskItem(ctx, itemIndex, unmasker);
		if (isFile && unmasker.isOfOtherTexts) throw otherVault();
		const report = unmasker.report();
		explain(ctx, unmasker, report);
		return [[item], [{ json: { ...report } }]];
	});
}

function unmaskItem(
	ctx: IExecuteFunctions,
	itemIndex: number,
	unmasker: Unmasker,
): INodeExecutionData {
	const { json, binary } = ctx.getInputData()[itemIndex];
	const vaultField = ctx.getNodeParameter('vaultField', itemIndex) as string;
	const { [vaultField]: _vault, ...rest } = json;
	const fields = new ItemFields(String(ctx.getNodeParameter('fields', itemIndex, '') ?? ''));
	const restore = (value: JsonValue) => mapItemTexts(value, ({ text }) => unmasker.unmask(text));
	const restored = fields.isLimited
		? fields.put(
				rest as JsonObject,
				restore(fields.take(rest as JsonObject)) as { [path: string]: JsonValue },
			)
		: restore(rest as JsonObject);
	return { json: restored as IDataObject, ...(binary ? { binary } : {}) };
}

async function unmaskFile(
	ctx: IExecuteFunctions,
	itemIndex: number,
	unmasker: Unmasker,
	options: IDataObject,
): Promise<INodeExecutionData> {
	const outputField = ctx.getNodeParameter('outputField', itemIndex) as string;
	const vaultField = ctx.getNodeParameter('vaultField', itemIndex) as string;
	const source = await openSource(ctx, itemIndex);
	const plainName = renamed(source.fileName, '').replace(/-redacted$/, '');
	const fileName = String(options.fileName ?? '') || `${plainName}.jsonl`;
	const restore = (example: JsonObject) => {
		let isChanged = false;
		const value = mapExampleTexts(example, ({ text }) => {
			const restored = unmasker.unmask(text);
			isChanged ||= restored !== text;
			return restored;
		});
		return { value, isChanged };
	};
	const { output, report } = mapJsonl(await source.open(), restore, readOptions(ctx, options));
	const file = await writeBinary(ctx, output, { fileName, mimeType: JSONL_MIME_TYPE });
	const { examples, leftOut } = report();
	const { [vaultField]: _vault, ...binary } = ctx.getInputData()[itemIndex].binary ?? {};
	return { json: { fileName, examples, leftOut }, binary: { ...binary, [outputField]: file } };
}

/** Vaults of a run: opened with one passphrase. */
class Vaults {
	private opener: VaultOpener | undefined;

	constructor(private readonly ctx: IExecuteFunctions) {}

	async open(
		itemIndex: number,
		options: IDataObject,
		isFile: boolean,
	): Promise<Map<string, string>> {
		const given = String(options.vault ?? '').trim();
		if (given !== '' && !isFile) this.refuseOtherRun(given, itemIndex);
		const sealed = given || (await this.sealed(itemIndex, isFile));
		this.opener ??= new VaultOpener(await readPassphrase(this.ctx, itemIndex));
		return await this.opener.open(sealed);
	}

	/** The same placeholder stands for somebody else in another run. */
	private refuseOtherRun(given: string, itemIndex: number): void {
		const field = this.ctx.getNodeParameter('vaultField', itemIndex) as string;
		const own = new FieldPath(field).read(this.ctx.getInputData()[itemIndex].json);
		if (typeof own !== 'string' || !isSealed(own) || !isSealed(given) || isOfOneRun(own, given))
			return;
		throw new SettingError(
			"The vault in the option 'Vault' is of another run of Redact than the item",
			`The item has its own vault in the field '${field}', and the same placeholder stands for something else in another run. Remove the option to use the vault of the item, or remove the field when the other vault is the right one.`,
			'Vault',
		);
	}

	private async sealed(itemIndex: number, isFile: boolean): Promise<string> {
		const { ctx } = this;
		const field = ctx.getNodeParameter('vaultField', itemIndex) as string;
		if (isFile) return (await ctx.helpers.getBinaryDataBuffer(itemIndex, field)).toString('utf8');
		const value = new FieldPath(field).read(ctx.getInputData()[itemIndex].json);
		if (typeof value === 'string' && value !== '') return value;
		throw new SettingError(
			`The item has no vault in the field '${field}'`,
			"Enter the field that Redact put it in, or give the vault itself in the option 'Vault', e.g. {{ $('Redact').item.json.vault }}.",
			'Vault Field',
		);
	}
}

function explain(ctx: IExecuteFunctions, unmasker: Unmasker, { unknown }: UnmaskReport): void {
	if (unmasker.isOfOtherTexts)
		hint(
			ctx,
			'Nothing was restored: none of the placeholders of the item is in the vault. Most likely it is the vault of another item or of another run of Redact, which cannot be told from placeholders that a model invented.',
		);
	else if (unknown.length > 0)
		hint(
			ctx,
			`${counted(unknown.length, 'placeholder')} are not in the vault and were left as they are, as a model invented them or the vault is of another run: see 'unknown' of the output "Report".`,
		);
}

/** Of all the placeholders of a file, a model cannot have invented every one. */
function otherVault(): SettingError {
	return new SettingError(
		'None of the placeholders of the file is in the vault: it is the vault of another file or run',
		'Nothing was restored. Use the vault that Redact put out together with this file: each run of Redact has a vault of its own, also in the same workflow and with the same passphrase.',
		'Vault Field',
	);
}
